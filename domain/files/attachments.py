"""Attaching uploaded files to what belongs to an order: only whole ones, and only one's own."""

from collections.abc import Iterable, Sequence
from uuid import UUID

from domain.engine.transition import TransitionContext
from domain.files.owners import IS_OWNED, owner_of
from domain.files.quotas import require_order_room
from domain.kernel.errors import Refused, invalid

UPLOAD = "upload"
LOCK_FILES = f"""SELECT f.id, f.state FROM files f WHERE f.id = ANY($1::uuid[]) AND {IS_OWNED.format(t="f", owner="$2")}
    AND f.state <> 'REMOVED' ORDER BY f.id FOR UPDATE"""
REASON_OF_STATE = {"CHECKING": "file_being_checked", "QUARANTINED": "file_infected"}
COUNT_FOR_ORDER = """UPDATE files SET for_order_id = $2 WHERE id = ANY($1::uuid[]) AND for_order_id IS NULL
    RETURNING id"""


async def attach(move: TransitionContext, order_id: UUID | None, file_ids: Sequence[UUID], *path: str) -> None:
    """Lock files before they are attached to something, and count them in the quota of its order, if it has one.

    Raises `Refused` for a file that has not arrived as a whole, and for one of another owner as for one that does not
    exist. `path` leads to the input
    that names the files. The caller holds the order's lock and writes the rows that name the files.
    """
    rows = await move.connection.execute_query_dict(LOCK_FILES, [list(file_ids), owner_of(move.context.actor)])
    states = {row["id"]: row["state"] for row in rows}
    for position, file_id in enumerate(file_ids):
        if file_id not in states:
            raise Refused(invalid("file_unknown", *path, "file_ids", str(position)))
        if states[file_id] != "FINISHED":
            reason = REASON_OF_STATE.get(states[file_id], "file_incomplete")
            raise Refused(invalid(reason, *path, "file_ids", str(position)))
    if order_id and await move.connection.execute_query_dict(COUNT_FOR_ORDER, [list(file_ids), order_id]):
        await require_order_room(move.connection, order_id)
    follow(move, file_ids)


def follow(move: TransitionContext, file_ids: Iterable[UUID]) -> None:
    """Let the deadlines of files follow what they are attached to."""
    for file_id in file_ids:
        move.work.touch(UPLOAD, file_id, None)
