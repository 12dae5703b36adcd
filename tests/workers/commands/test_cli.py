"""The command `werkstand`, run as a person runs it."""

import os
import subprocess
import sys
from datetime import timedelta
from pathlib import Path

import asyncpg
import pytest

from settings import Settings
from tests.makers.orders import an_order
from tests.support.polling import PATIENCE_SECONDS
from tests.support.tampering import tamper
from workers.commands.database import parse_time_shift
from workers.errors import CommandError
from workers.supervision.listening_sockets import listen, port_of

Ended = subprocess.CompletedProcess[str]


def werkstand(*arguments: str, **environment: str) -> Ended:
    command = [sys.executable, "-m", "workers.commands.cli", *arguments]
    return subprocess.run(
        command, env={**os.environ, **environment}, capture_output=True, text=True, timeout=PATIENCE_SECONDS
    )


@pytest.mark.parametrize(
    ("text", "distance"),
    [
        ("+3d", timedelta(days=3)),
        ("-2h", timedelta(hours=-2)),
        ("+90m", timedelta(minutes=90)),
        ("+1w", timedelta(weeks=1)),
    ],
)
def test_distances_in_time_are_read(text: str, distance: timedelta) -> None:
    assert parse_time_shift(text) == distance


@pytest.mark.parametrize("text", ["3d", "+d", "+3y", "tomorrow", "+999999d"])
def test_what_is_no_distance_in_time_is_refused(text: str) -> None:
    with pytest.raises(CommandError, match="is no distance in time"):
        parse_time_shift(text)


@pytest.mark.database
async def test_time_travel_moves_the_clock_and_comes_back(settings: Settings) -> None:
    there, back = werkstand("time-travel", "+3d"), werkstand("time-travel", "reset")

    assert there.stdout.startswith("It is now ")
    assert back.stdout < there.stdout


async def test_time_travel_is_refused_in_production(settings: Settings) -> None:
    ended = werkstand(
        "time-travel",
        "+3d",
        WERKSTAND_ENVIRONMENT="production",
        WERKSTAND_BASE_URL="https://werkstand.example",
    )

    assert ended.returncode == 1
    assert ended.stderr == "Time travel is for development only; this environment is production.\n"


async def test_no_token_for_an_unknown_address(database: str) -> None:
    ended = werkstand("token", "nobody@werkstand.example")

    assert ended.returncode == 1
    assert ended.stderr == "There is no active account with the address nobody@werkstand.example.\n"


def test_a_database_that_does_not_answer_is_one_sentence() -> None:
    ended = werkstand("migrate", DATABASE_OWNER_URL="postgresql://x:y@127.0.0.1:9/z")

    assert ended.returncode == 1
    assert ended.stderr.startswith("PostgreSQL cannot be reached (")
    assert ended.stderr.count("\n") == 1


def test_a_command_without_any_database_says_how_to_get_one(tmp_path: Path) -> None:
    ended = werkstand("migrate", DATABASE_URL="", WERKSTAND_VAR_DIR=str(tmp_path))

    assert ended.stderr == "There is no database: start `make run` in another terminal, or set DATABASE_URL.\n"


def test_a_taken_port_is_one_sentence(tmp_path: Path) -> None:
    with listen("127.0.0.1", 0) as taken:
        port = port_of(taken)
        ended = werkstand("up", PORT=str(port), WERKSTAND_VAR_DIR=str(tmp_path))

    assert ended.returncode == 1
    assert ended.stderr.startswith(f"Port {port} is taken by another program")
    assert ended.stderr.count("\n") == 1


def test_an_unfinished_production_does_not_start(tmp_path: Path) -> None:
    ended = werkstand("up", WERKSTAND_ENVIRONMENT="production", WERKSTAND_VAR_DIR=str(tmp_path))

    assert ended.returncode == 1
    assert ended.stderr.startswith("The settings cannot be used: ")
    assert not list(tmp_path.iterdir())


async def test_the_doctor_finds_what_runs_and_what_does_not(database: str, redis_url: str) -> None:
    lines = werkstand("doctor").stdout.splitlines()

    found = {line.split(":")[0].split(maxsplit=1)[1]: line.split()[0] for line in lines}
    assert found["PostgreSQL"] == found["Migrations"] == found["Redis"] == found["Storage"] == "ok"
    assert found["Clock"] == "FAIL"


@pytest.mark.database
async def test_the_history_is_verified(settings: Settings, owner: asyncpg.Connection) -> None:
    case = await an_order()
    assert werkstand("verify").stdout == "The history is intact.\n"

    await tamper(owner, "UPDATE events SET actor_name = 'another' WHERE order_id = $1", case.order.id)

    changed = werkstand("verify")
    assert changed.returncode == 1
    assert "do not fit their hashes" in changed.stderr
    assert f"(order {case.order.id}): CHANGED" in changed.stderr


@pytest.mark.database
async def test_the_history_is_compared_with_lines_that_were_kept(
    settings: Settings, owner: asyncpg.Connection, tmp_path: Path
) -> None:
    kept = tmp_path / "anchors.txt"
    kept.write_text(werkstand("verify", "--print-anchor").stdout)
    assert werkstand("verify", "--against", str(kept)).stdout == "The history is intact.\n"

    kept.write_text(kept.read_text().replace(" 0 ", " 3 ", 1))

    rewritten = werkstand("verify", "--against", str(kept))
    assert (rewritten.returncode, "fewer rows than the 3 of" in rewritten.stderr) == (1, True)


@pytest.mark.database
async def test_migrating_for_a_role_that_does_not_exist_names_it(settings: Settings) -> None:
    ended = werkstand("migrate", DATABASE_URL="postgresql://stranger@127.0.0.1/werkstand")

    assert ended.returncode == 1
    assert ended.stderr.startswith('role "stranger" does not exist: create the role that DATABASE_URL names')


@pytest.mark.database
async def test_an_unknown_migration_is_refused(settings: Settings) -> None:
    ended = werkstand("migrate", "--to", "7777")

    assert ended.returncode == 1
    assert "There is no migration 7777" in ended.stderr
