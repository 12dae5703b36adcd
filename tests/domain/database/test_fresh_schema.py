"""The script for an empty database leads to what the migrations lead to, one after the other."""

import asyncio
import re
from collections.abc import AsyncIterator, Sequence

import asyncpg
import pytest
import pytest_asyncio

from domain.database.installation.fresh_schema import migration_names
from domain.database.installation.migration import migrate, missing
from tests.support.servers import TEMPLATE
from workers.supervision.embedded.paths import installed_binaries

NAMES = ("made_by_the_script", "made_by_migrations")
# Random in every dump, as identifiers and moments of rows are in every database.
LEFT_OUT = ("\\restrict", "\\unrestrict")
OF_A_ROW = re.compile(r"'([0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}|\d{4}-\d\d-\d\d \d\d:\d\d:[\d.]+\+00)'")


@pytest_asyncio.fixture(loop_scope="session")
async def empty_databases(addresses: dict[str, str]) -> AsyncIterator[Sequence[str]]:
    """The addresses of two databases without a table."""
    administrator = await asyncpg.connect(addresses["ADMINISTRATOR_URL"])
    for name in NAMES:
        await administrator.execute(f"CREATE DATABASE {name} TEMPLATE template0 OWNER {TEMPLATE}")
    yield [addresses["DATABASE_OWNER_URL"].replace(f"/{TEMPLATE}?", f"/{name}?") for name in NAMES]
    for name in NAMES:
        await administrator.execute(f"DROP DATABASE {name} WITH (FORCE)")
    await administrator.close()


@pytest.mark.long
@pytest.mark.thorough
async def test_both_ways_lead_to_the_same_tables_and_rows(empty_databases: Sequence[str]) -> None:
    by_script, by_migrations = empty_databases

    await migrate(by_script)
    await migrate(by_migrations, to=migration_names()[-1])

    assert await missing(by_script) == []
    assert await _dump(by_script) == await _dump(by_migrations)


async def _dump(url: str) -> list[str]:
    command = (installed_binaries() / "pg_dump", "--inserts", "--exclude-table-data=tortoise_migrations", url)
    process = await asyncio.create_subprocess_exec(*command, stdout=asyncio.subprocess.PIPE)
    output, _ = await process.communicate()
    assert process.returncode == 0
    return [OF_A_ROW.sub("...", line) for line in output.decode().splitlines() if not line.startswith(LEFT_OUT)]
