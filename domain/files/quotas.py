"""Quotas of storage: how many bytes the files of an order and of an owner may have together."""

from uuid import UUID

from tortoise.backends.base.client import BaseDBAsyncClient

import settings
from domain.files.owners import IS_OWNED
from domain.kernel.errors import Code, Refusal, Refused

# Another upload of the same owner waits until this one is counted.
TAKE_TURN = "SELECT pg_advisory_xact_lock(hashtextextended('quota of files ' || $1, 0))"
USED_BY_OWNER = f"""SELECT coalesce(sum(f.size), 0)::bigint AS bytes FROM files f
    WHERE {IS_OWNED.format(t="f", owner="$1")} AND f.state <> 'REMOVED'"""
USED_BY_ORDER = """SELECT coalesce(sum(f.size), 0)::bigint AS bytes FROM files f
    WHERE f.for_order_id = $1 AND f.state <> 'REMOVED'"""


async def require_room(connection: BaseDBAsyncClient, *, owner_id: UUID, order_id: UUID | None, size: int) -> None:
    """Raise `Refused` with the remaining room when a new file of this size does not fit; in a transaction."""
    quotas = settings.load()
    await connection.execute_query(TAKE_TURN, [str(owner_id)])
    _require(size, quotas.member_file_bytes - await _used(connection, USED_BY_OWNER, owner_id), "member_files_full")
    if order_id is not None:
        _require(size, quotas.order_file_bytes - await _used(connection, USED_BY_ORDER, order_id), "order_files_full")


async def require_order_room(connection: BaseDBAsyncClient, order_id: UUID) -> None:
    """Raise `Refused` when the files for an order, those counted just now included, are more than its quota."""
    _require(0, settings.load().order_file_bytes - await _used(connection, USED_BY_ORDER, order_id), "order_files_full")


async def _used(connection: BaseDBAsyncClient, statement: str, owner_id: UUID) -> int:
    (row,) = await connection.execute_query_dict(statement, [owner_id])
    used: int = row["bytes"]
    return used


def _require(size: int, room: int, reason: str) -> None:
    if size > room:
        left = max(0, room)
        params = {"left": f"{left / 1_000_000:.1f} MB", "left_bytes": left}
        raise Refused(Refusal(Code.LIMIT_EXCEEDED, reason, params, ("size",)))
