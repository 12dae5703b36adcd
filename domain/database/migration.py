"""Migration of a database to the current schema; running it again changes nothing."""

import io
from contextlib import redirect_stdout

import asyncpg
from tortoise.context import TortoiseContext
from tortoise.migrations.api import migrate as apply_migrations
from tortoise.migrations.api import plan

from domain.database.pools import MIGRATION_SESSION, credentials, tortoise_config

ONE_AT_A_TIME = 7_266_001


async def migrate(database_url: str) -> None:
    """Apply what is missing. Several processes may call this at once: one works, the others wait."""
    guard = await asyncpg.connect(**credentials(database_url))
    try:
        await guard.execute("SELECT pg_advisory_lock($1)", ONE_AT_A_TIME)
        async with TortoiseContext() as context:
            config = tortoise_config(database_url, pool_size=2, session=MIGRATION_SESSION)
            await context.init(config=config)
            await apply_migrations(config=config)
    finally:
        await guard.close()


async def missing(database_url: str) -> list[str]:
    """The names of the migrations that this database still lacks, in order."""
    config = tortoise_config(database_url, pool_size=1)
    async with TortoiseContext() as context:
        await context.init(config=config)
        with redirect_stdout(io.StringIO()):
            lines = await plan(config=config)
    return [line.removeprefix("+ ") for line in lines if line.startswith("+ ")]
