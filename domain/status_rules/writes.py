"""What is written when the rules for client statuses change."""

from dataclasses import fields

from domain.client_status.stale import KIND, RUNNING, follow_staleness
from domain.core.locks import lock_orders
from domain.core.move import Move

# Whoever was told already is not told a second time of the same silence.
NOT_TOLD_YET = f"""SELECT s.id FROM client_statuses s WHERE s.visibility = 'SHOWN' AND {RUNNING.replace("{t}", "s")}
    AND NOT EXISTS (SELECT 1 FROM deadlines d WHERE d.subject_id = s.id AND d.kind = '{KIND}'
        AND d.state = 'FIRED' AND d.fired_at >= s.changed_at)"""


def amend(move: Move) -> None:
    """Replace the rules; the event says what became what."""
    for item in fields(move.takes):
        old, new = getattr(move.row, item.name), getattr(move.takes, item.name)
        if old != new:
            move.note[item.name] = {"from": old, "to": new}
        setattr(move.row, item.name, new)


async def move_what_is_due(move: Move) -> None:
    """Statuses become stale by the new rule, as far as nobody was told of them by the old one."""
    if "stale_after_days" not in move.note:
        return
    ids = [row["id"] for row in await move.connection.execute_query_dict(NOT_TOLD_YET)]
    await lock_orders(move.connection, ids)
    await follow_staleness(move.connection, ids)
