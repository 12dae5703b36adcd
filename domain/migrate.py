"""Bring a database to the current schema; running it again changes nothing."""

import asyncpg
from tortoise.context import TortoiseContext
from tortoise.migrations.api import migrate as apply_migrations

from domain.core.database import credentials, tortoise_config

ONE_AT_A_TIME = 7_266_001


async def migrate(database_url: str) -> None:
    """Apply what is missing. Several processes may call this at once: one works, the others wait."""
    guard = await asyncpg.connect(**credentials(database_url))
    try:
        await guard.execute("SELECT pg_advisory_lock($1)", ONE_AT_A_TIME)
        async with TortoiseContext() as context:
            await context.init(config=tortoise_config(database_url, pool_size=2))
            await apply_migrations(config=tortoise_config(database_url, pool_size=2))
    finally:
        await guard.close()
