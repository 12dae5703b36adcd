"""The clock: the database's instant, read in one place, which development may move."""

from datetime import datetime, timedelta

from tortoise.backends.base.client import BaseDBAsyncClient
from tortoise.transactions import in_transaction


async def now(connection: BaseDBAsyncClient) -> datetime:
    """The instant of this statement, aware and in UTC."""
    rows = await connection.execute_query_dict("SELECT app_now() AS now")
    instant: datetime = rows[0]["now"]
    return instant


async def travel(delta: timedelta) -> datetime:
    """Move the clock by `delta` on top of earlier travels and return the new now. For development only."""
    async with in_transaction() as connection:
        await connection.execute_query(
            "UPDATE clock SET shift_seconds = shift_seconds + $1", [int(delta.total_seconds())]
        )
        return await now(connection)


async def reset() -> datetime:
    """Undo every travel and every freeze: the clock shows real time again."""
    return await _set("UPDATE clock SET shift_seconds = 0, frozen_at = NULL", [])


async def freeze(instant: datetime) -> datetime:
    """Hold the clock at one instant until it is moved again. For tests."""
    return await _set("UPDATE clock SET frozen_at = $1", [instant])


async def _set(statement: str, values: list[object]) -> datetime:
    async with in_transaction() as connection:
        await connection.execute_query(statement, values)
        return await now(connection)
