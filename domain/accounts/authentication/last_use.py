"""The last use of sessions and tokens, written at most once in a few minutes."""

from datetime import UTC, datetime, timedelta
from typing import Literal
from uuid import UUID

from tortoise.transactions import in_transaction

INTERVAL = timedelta(minutes=5)
TABLES = {"session": "sessions", "token": "api_tokens"}
WRITE = """UPDATE {table} SET last_used_at = clock_timestamp()
    WHERE id = $1 AND coalesce(last_used_at, '-infinity') < clock_timestamp() - $2::interval"""


async def record_use(kind: Literal["session", "token"], credential_id: UUID, last_used_at: datetime | None) -> None:
    """Write that a session or token is in use, unless that was written a short while ago."""
    if last_used_at is not None and datetime.now(UTC) - last_used_at < INTERVAL:
        return
    async with in_transaction() as connection:
        await connection.execute_query(WRITE.format(table=TABLES[kind]), [credential_id, INTERVAL])
