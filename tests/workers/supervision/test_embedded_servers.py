"""The embedded PostgreSQL and Valkey, killed and repaired."""

import asyncio
import os
import re
import shutil
import signal
import tempfile
from collections.abc import Iterator
from pathlib import Path

import asyncpg
import pytest
from redis import Redis

from workers.supervision.child_process import ChildProcess
from workers.supervision.embedded.paths import resolve_paths
from workers.supervision.embedded.postgres import accepts_connections
from workers.supervision.embedded.servers import EmbeddedServers
from workers.supervision.embedded.valkey import accepts_connections as valkey_accepts_connections
from workers.supervision.env_files import ensure_secrets
from workers.supervision.process_monitor import ProcessMonitor
from workers.supervision.var_folder import prepare_var_folder


@pytest.fixture
def var_dir() -> Iterator[Path]:
    """A folder near the root, because the way to a socket must be short."""
    folder = Path(tempfile.mkdtemp(prefix="werkstand-"))
    prepare_var_folder(folder)
    yield folder
    shutil.rmtree(folder)


@pytest.fixture
def watch(var_dir: Path) -> Iterator[ProcessMonitor]:
    """Set up after the folder, so that everything has ended when the folder goes."""
    watch = ProcessMonitor(lambda sentence: None)
    yield watch
    watch.stop_all()


def embedded(watch: ProcessMonitor, var_dir: Path) -> EmbeddedServers:
    return EmbeddedServers(monitor=watch, var_dir=var_dir, secrets=ensure_secrets(var_dir))


async def say(url: str, statement: str) -> object:
    connection = await asyncpg.connect(url)
    try:
        return await connection.fetchval(statement)
    finally:
        await connection.close()


def server(watch: ProcessMonitor) -> ChildProcess:
    return next(child for child in watch.children if child.name == "postgres")


def until_restarted(watch: ProcessMonitor, first: int, url: str) -> None:
    watch.wait_for(
        "PostgreSQL",
        lambda: server(watch).pid not in {None, first} and accepts_connections(url),
        seconds=60,
        log=Path(),
    )


def pid_of(watch: ProcessMonitor) -> int:
    pid = server(watch).pid
    assert pid is not None
    return pid


def test_data_survive_a_killed_server(watch: ProcessMonitor, var_dir: Path) -> None:
    url = embedded(watch, var_dir).start_postgres()["DATABASE_OWNER_URL"]
    asyncio.run(say(url, "CREATE TABLE kept AS SELECT 'Größe' AS word"))

    first = pid_of(watch)
    os.kill(first, signal.SIGKILL)
    until_restarted(watch, first, url)

    assert asyncio.run(say(url, "SELECT word FROM kept WHERE word ILIKE 'GRÖSSE' OR word ILIKE 'GRÖßE'")) == "Größe"


def test_a_pid_file_that_names_a_stranger_is_repaired(watch: ProcessMonitor, var_dir: Path) -> None:
    url = embedded(watch, var_dir).start_postgres()["DATABASE_OWNER_URL"]
    asyncio.run(say(url, "CREATE TABLE kept AS SELECT 7 AS number"))
    pid_file = resolve_paths(var_dir, "x").data / "postmaster.pid"
    left_behind = pid_file.read_text(encoding="utf-8").splitlines(keepends=True)
    watch.stop_all()

    pid_file.write_text("".join([f"{os.getppid()}\n", *left_behind[1:]]), encoding="utf-8")
    embedded(watch, var_dir).start_postgres()

    assert asyncio.run(say(url, "SELECT number FROM kept")) == 7


def test_a_start_that_was_cut_short_is_begun_anew(watch: ProcessMonitor, var_dir: Path) -> None:
    (var_dir / "postgres.unfinished").mkdir()
    (var_dir / "postgres.unfinished" / "half").touch()

    url = embedded(watch, var_dir).start_postgres()["DATABASE_URL"]

    assert asyncio.run(say(url, "SELECT current_user")) == "werkstand_runtime"


def test_both_roles_need_their_password_and_are_no_superusers(watch: ProcessMonitor, var_dir: Path) -> None:
    for url in embedded(watch, var_dir).start_postgres().values():
        assert not accepts_connections(re.sub(r":([^/@]+)@", r":not-\1@", url))
        assert asyncio.run(say(url, "SELECT rolsuper FROM pg_roles WHERE rolname = current_user")) is False


def test_a_long_path_gets_a_short_folder_for_sockets(var_dir: Path) -> None:
    deep = var_dir / ("long" * 20)
    prepare_var_folder(deep)

    places = resolve_paths(deep, "0123456789abcdef")

    assert places.sockets == Path("/tmp/werkstand-0123456789abcdef")
    shutil.rmtree(places.sockets)


def test_a_path_with_a_blank_gets_a_plain_folder_for_sockets(var_dir: Path) -> None:
    prepare_var_folder(var_dir / "My Projects")

    places = resolve_paths(var_dir / "My Projects", "fedcba9876543210")

    assert places.sockets == Path("/tmp/werkstand-fedcba9876543210")
    shutil.rmtree(places.sockets)


def test_valkey_keeps_its_queue_over_a_kill(watch: ProcessMonitor, var_dir: Path) -> None:
    url = embedded(watch, var_dir).start_valkey()
    with Redis.from_url(url) as redis:
        redis.set("kept", "7")
    (child,) = watch.children
    first = child.pid
    assert first is not None

    os.kill(first, signal.SIGKILL)
    sockets = resolve_paths(var_dir, "x").sockets
    watch.wait_for(
        "Valkey", lambda: child.pid not in {None, first} and valkey_accepts_connections(sockets), seconds=60, log=Path()
    )

    with Redis.from_url(url) as redis:
        assert redis.get("kept") == b"7"
