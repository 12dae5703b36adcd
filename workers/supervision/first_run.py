"""The address at which an installation without accounts is set up, as start-up prints it."""

import asyncio

import asyncpg

from domain.accounts.first_setup import IS_NEW, KEY_PURPOSE, setup_token
from settings import Settings

TIMEOUT_SECONDS = 5


def first_run_address(settings: Settings, database_url: str) -> str | None:
    """The address with its token; nothing once there is an account, or while the database cannot say."""
    try:
        is_new = asyncio.run(_is_new(database_url))
    except (OSError, asyncpg.PostgresError):
        return None
    return f"{settings.base_url}/first-run/{setup_token(settings.key(KEY_PURPOSE))}" if is_new else None


async def _is_new(database_url: str) -> bool:
    connection = await asyncpg.connect(database_url, timeout=TIMEOUT_SECONDS)
    try:
        return bool(await connection.fetchval(IS_NEW))
    finally:
        await connection.close()
