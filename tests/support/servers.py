"""The servers of one test run: started when the first test needs them, ended with the run.

The process that runs pytest starts a keeper; the keeper waits until any worker asks, then starts PostgreSQL
and Valkey, makes a migrated template database, and says where everything is. Workers copy the template.
"""

import asyncio
import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Awaitable, Callable, Mapping
from pathlib import Path
from types import TracebackType

import asyncpg

from workers.errors import CommandError
from workers.supervision.child_process import die_with_parent
from workers.supervision.embedded import postgres
from workers.supervision.embedded.servers import EmbeddedServers
from workers.supervision.env_files import ensure_secrets
from workers.supervision.process_monitor import ProcessMonitor, StopRequested
from workers.supervision.var_folder import prepare_var_folder

FOLDER = "WERKSTAND_TEST_SERVERS"
SECONDS_TO_START = 300.0
UNSAFE_BUT_FAST = {
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "max_connections": "200",
}
TEMPLATE = "werkstand"
KEEP_FILLED_TABLES = """
CREATE SCHEMA {schema};
DO $$
DECLARE item text; filled boolean;
BEGIN
    FOR item IN SELECT tablename FROM pg_tables WHERE schemaname = 'public' LOOP
        EXECUTE format('SELECT EXISTS (SELECT FROM public.%I)', item) INTO filled;
        IF filled THEN EXECUTE format('CREATE TABLE {schema}.%I AS TABLE public.%I', item, item); END IF;
    END LOOP;
END $$
"""
EMPTY_IF_FILLED = 'IF EXISTS (SELECT FROM public."{table}") THEN DELETE FROM public."{table}"; END IF;'
RESTORE = 'INSERT INTO public."{table}" ({columns}) OVERRIDING SYSTEM VALUE SELECT {columns} FROM {schema}."{table}";'
PUT_BACK = "CREATE FUNCTION {schema}.put_back() RETURNS void LANGUAGE plpgsql AS $$ BEGIN {statements} END $$"
WRITABLE_COLUMNS = """
SELECT t.table_name, string_agg(format('%I', t.column_name), ', ')
FROM information_schema.columns t
WHERE t.table_schema = $1 AND NOT EXISTS (
    SELECT FROM information_schema.columns g
    WHERE g.table_schema = 'public' AND g.table_name = t.table_name AND g.column_name = t.column_name
        AND g.is_generated = 'ALWAYS')
GROUP BY 1 ORDER BY 1
"""


class Keeper:
    """Holds the keeper process for as long as pytest runs; no server starts before a test needs it."""

    def __init__(self) -> None:
        self.folder = Path(tempfile.mkdtemp(prefix="werkstand-tests-"))
        self._process = subprocess.Popen(
            [sys.executable, "-m", "tests.support.servers", str(self.folder)],
            start_new_session=True,
            preexec_fn=die_with_parent(signal.SIGTERM),
        )
        os.environ[FOLDER] = str(self.folder)

    def end(self) -> None:
        self._process.terminate()
        self._process.wait(30)
        shutil.rmtree(self.folder, ignore_errors=True)


def the_addresses() -> dict[str, str]:
    """Ask the keeper for servers and wait until they run."""
    folder = Path(os.environ[FOLDER])
    (folder / "wanted").touch()
    give_up_at = time.monotonic() + SECONDS_TO_START
    while not (folder / "ready").exists():
        if (folder / "failed").exists():
            raise CommandError((folder / "failed").read_text(encoding="utf-8"))
        if time.monotonic() > give_up_at:
            raise CommandError(f"The test servers did not start within {SECONDS_TO_START:.0f} seconds.")
        time.sleep(0.02)
    addresses: dict[str, str] = json.loads((folder / "ready").read_text(encoding="utf-8"))
    return addresses


class TestDatabase:
    """One worker's copy of the template, and the way back to its first state."""

    __test__ = False

    def __init__(self, addresses: Mapping[str, str], *, name: str) -> None:
        self.url, self.owner_url = (
            addresses[role].replace(f"/{TEMPLATE}?", f"/{name}?") for role in ("DATABASE_URL", "DATABASE_OWNER_URL")
        )
        self._administrator_url = administrator_url = addresses["ADMINISTRATOR_URL"]
        self._own_url = administrator_url.replace("/postgres?", f"/{name}?")
        self._name = name

    async def __aenter__(self) -> "TestDatabase":
        administrator = await asyncpg.connect(self._administrator_url)
        await administrator.execute(f"CREATE DATABASE {self._name} TEMPLATE {TEMPLATE} OWNER {TEMPLATE}")
        await administrator.close()
        self._connection = await asyncpg.connect(self._own_url, server_settings={"session_replication_role": "replica"})
        self._worlds = {"pristine"}
        await self._learn_the_way_back_to("pristine")
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self._connection.close()

    async def clean(self) -> None:
        """Empty every table and put the reference data back; triggers and foreign keys do not look."""
        await self._put_back("pristine")

    async def fill(self, world: str, make: Callable[[], Awaitable[object]]) -> None:
        """Make the rows of a world the first time, and put copies of them back from then on; `clean` ends it."""
        if world in self._worlds:
            await self._put_back(world)
            return
        await make()
        await self._connection.execute(KEEP_FILLED_TABLES.format(schema=world))
        await self._learn_the_way_back_to(world)
        self._worlds.add(world)

    async def _put_back(self, world: str) -> None:
        await self._connection.execute(f"SELECT {world}.put_back()")

    async def _learn_the_way_back_to(self, schema: str) -> None:
        """Make a function of it, since its statements are planned once in a session."""
        tables = await self._connection.fetch("SELECT tablename FROM pg_tables WHERE schemaname = 'public' ORDER BY 1")
        kept = await self._connection.fetch(WRITABLE_COLUMNS, schema)
        emptied = [EMPTY_IF_FILLED.format(table=row[0]) for row in tables]
        restored = [RESTORE.format(table=table, columns=columns, schema=schema) for table, columns in kept]
        await self._connection.execute(PUT_BACK.format(schema=schema, statements="\n".join([*emptied, *restored])))


def keep(folder: Path) -> None:
    """Wait until asked, start the servers, and watch them until the run ends."""
    watch = ProcessMonitor(lambda sentence: None)
    watch.stop_on_signals()
    try:
        while not (folder / "wanted").exists():
            watch.poll()
        _publish(folder, "ready", json.dumps(_start(watch, folder)))
        watch.run()
    except StopRequested:
        pass
    except Exception as problem:
        _publish(folder, "failed", f"The test servers could not be started: {problem}")
        raise
    finally:
        watch.stop_all()


def _start(watch: ProcessMonitor, folder: Path) -> dict[str, str]:
    prepare_var_folder(folder)
    secrets = ensure_secrets(folder)
    embedded = EmbeddedServers(monitor=watch, var_dir=folder, secrets=secrets)
    redis_url = embedded.start_valkey()
    databases = embedded.start_postgres(**UNSAFE_BUT_FAST)
    administrator = postgres.database_url(
        embedded.paths, secrets["WERKSTAND_POSTGRES_PASSWORD"], user="postgres", database="postgres"
    )
    asyncio.run(_make_template(databases, administrator))
    return databases | {"ADMINISTRATOR_URL": administrator, "REDIS_URL": redis_url}


async def _make_template(databases: Mapping[str, str], administrator_url: str) -> None:
    from domain.database.installation.migration import migrate

    await migrate(databases["DATABASE_OWNER_URL"], runtime_url=databases["DATABASE_URL"])
    connection = await asyncpg.connect(administrator_url.replace("/postgres?", f"/{TEMPLATE}?"))
    await connection.execute(KEEP_FILLED_TABLES.format(schema="pristine"))
    await connection.close()


def _publish(folder: Path, name: str, text: str) -> None:
    unfinished = folder / f"{name}.part"
    unfinished.write_text(text, encoding="utf-8")
    unfinished.rename(folder / name)


if __name__ == "__main__":
    keep(Path(sys.argv[1]))
