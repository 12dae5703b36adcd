"""`werkstand import`, run as a person runs it, and killed in the middle."""

import asyncio
import signal
import sys
from pathlib import Path

import asyncpg
import pytest
from tortoise import connections

from domain.imports.inputs import MAX_FILE_BYTES
from domain.imports.model import DataImport, DataImportStatus
from domain.parties.model import Member
from domain.receivables.model import Receivable
from tests.makers.imports import EXAMPLES
from tests.support.polling import it_happens
from tests.workers.commands.test_cli import werkstand

pytestmark = pytest.mark.database
WAITS = "SELECT 1 FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND datname = current_database()"
MANY = 450


async def test_a_dry_run_enters_nothing_and_the_import_everything() -> None:
    rehearsed = werkstand("import", "members", str(EXAMPLES / "members.csv"), "--dry-run")
    entered = await Member.all().count()

    done = werkstand("import", "members", str(EXAMPLES / "members.csv"))

    assert rehearsed.stdout == "members.csv has no fault: 2 members would be imported. Nothing was entered.\n"
    assert entered == 0
    assert done.stdout == "2 members are imported.\n"
    assert await Member.all().count() == 2


async def test_every_fault_is_one_line_and_nothing_is_entered(tmp_path: Path) -> None:
    file = tmp_path / "members.csv"
    file.write_text("number,name\n1,\nx,Tom\n3,Drei\n", "utf-8")

    refused = werkstand("import", "members", str(file))

    assert refused.returncode == 1
    assert refused.stderr.splitlines() == [
        "Line 2, column name: A value is missing here. Enter it.",
        "Line 3, column number: This is not a whole number. Write digits only, like 12.",
    ]
    assert await Member.all().count() == 0


async def test_all_faults_are_named_beyond_the_first_hundred_where_that_is_wanted(tmp_path: Path) -> None:
    file = tmp_path / "members.csv"
    file.write_text("number,name\n" + "".join(f"{n},\n" for n in range(1, 131)), "utf-8")

    first = werkstand("import", "members", str(file)).stderr.splitlines()
    all_of_them = werkstand("import", "members", str(file), "--all-faults").stderr.splitlines()

    assert (len(first), len(all_of_them)) == (101, 130)
    assert first[-1].startswith("There are 30 more faults.")
    assert all_of_them[-1] == "Line 131, column name: A value is missing here. Enter it."


async def test_a_file_of_a_hundred_megabytes_is_not_read(tmp_path: Path) -> None:
    file = tmp_path / "large.csv"
    with file.open("wb") as sparse:
        sparse.truncate(100_000_000)

    refused = werkstand("import", "members", str(file))

    assert refused.returncode == 1
    assert refused.stderr == f"{file} is larger than {MAX_FILE_BYTES // 1_000_000} MB: split it.\n"


async def test_an_import_that_is_killed_in_the_middle_has_entered_nothing(
    tmp_path: Path, owner: asyncpg.Connection
) -> None:
    file = tmp_path / "members.csv"
    file.write_text("number,name\n" + "".join(f"{n},Mitglied {n}\n" for n in range(1, MANY + 1)), "utf-8")
    transaction = owner.transaction()
    await transaction.start()
    await owner.execute(
        "INSERT INTO members (id, number, name, status, last_order_number) VALUES (uuidv7(), $1, 'x', 'ACTIVE', 0)",
        MANY,
    )
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "workers.commands.cli", "import", "members", str(file)
    )

    # Two portions are written, and the third one waits for the number that another transaction holds.
    await it_happens(_is_waiting)
    process.send_signal(signal.SIGKILL)
    await process.wait()
    await transaction.rollback()

    assert await Member.all().count() == 0
    assert (await DataImport.get()).status is DataImportStatus.CHECKED
    assert werkstand("import", "members", str(file)).stdout == f"{MANY} members are imported.\n"


async def _is_waiting() -> bool:
    return bool(await connections.get("default").execute_query_dict(WAITS))


async def test_open_invoices_are_rehearsed_and_imported() -> None:
    for kind in ("members", "customers"):
        werkstand("import", kind, str(EXAMPLES / f"{kind}.csv"))
    file = str(EXAMPLES / "open_invoices.csv")

    rehearsed = werkstand("import", "open-invoices", file, "--dry-run")
    entered = await Receivable.all().count()
    done = werkstand("import", "open-invoices", file)

    assert rehearsed.stdout.startswith("open_invoices.csv has no fault: 3 open invoices would be imported.")
    assert entered == 0
    assert done.stdout == "3 open invoices are imported.\n"
    assert await Receivable.all().count() == 3
