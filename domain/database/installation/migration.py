"""Migration of a database to the current schema; running it again changes nothing."""

import io
from contextlib import redirect_stdout

import asyncpg
from tortoise.context import TortoiseContext
from tortoise.migrations.api import migrate as apply_migrations
from tortoise.migrations.api import plan

from domain.database.installation.fresh_schema import APP, create_tables, migration_names
from domain.database.installation.privileges import grant_runtime
from domain.database.pools import MIGRATION_SESSION, credentials, tortoise_config

ONE_AT_A_TIME = 7_266_001


async def migrate(owner_url: str, *, runtime_url: str = "", to: str | None = None) -> None:
    """Apply what is missing, or go to the migration `to`, back where later ones are applied.

    An empty database gets all tables from one script, and the migrations it contains are recorded as applied.

    The role of `runtime_url`, where it is another one, is given what the application needs. Several processes may call
    this at once: one works, the others wait. `to` is a name or its number; raises `LookupError` when there is no such
    migration.
    """
    target = f"{APP}.{_full_name(to)}" if to else None
    guard = await asyncpg.connect(**credentials(owner_url))
    try:
        await guard.execute("SELECT pg_advisory_lock($1)", ONE_AT_A_TIME)
        async with TortoiseContext() as context:
            config = tortoise_config(owner_url, pool_size=2, session=MIGRATION_SESSION)
            await context.init(config=config)
            if target is None and (last := await create_tables(guard)):
                await apply_migrations(config=config, target=f"{APP}.{last}", fake=True)
            await apply_migrations(config=config, target=target)
        if runtime_url and (role := credentials(runtime_url)["user"]) != credentials(owner_url)["user"]:
            await grant_runtime(guard, role)
    finally:
        await guard.close()


def _full_name(name: str) -> str:
    """The name of the migration that has this name or number."""
    known = migration_names()
    for each in known:
        if name in (each, each.partition("_")[0]):
            return each
    raise LookupError(f"There is no migration {name}; the newest is {known[-1]}.")


async def missing(database_url: str) -> list[str]:
    """The names of the migrations that this database still lacks, in order."""
    config = tortoise_config(database_url, pool_size=1)
    async with TortoiseContext() as context:
        await context.init(config=config)
        with redirect_stdout(io.StringIO()):
            lines = await plan(config=config)
    return [line.removeprefix("+ ") for line in lines if line.startswith("+ ")]
