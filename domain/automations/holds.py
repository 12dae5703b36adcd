"""A text written by hand that wins until the order's next move loses its hold when the order moves."""

from collections.abc import Iterable

from tortoise.backends.base.client import BaseDBAsyncClient

from domain.automations.triggers import HOLD_RELEASING_EVENTS
from domain.engine.unit_of_work import RecordedEvent

RELEASE = """WITH told AS (UPDATE client_statuses SET kept_until = NULL
    WHERE id = ANY($1::uuid[]) AND kept_until = 'NEXT_MOVE')
UPDATE pending_statuses SET kept_until = NULL WHERE id = ANY($1::uuid[]) AND kept_until = 'NEXT_MOVE'"""


async def release_text_holds(connection: BaseDBAsyncClient, events: Iterable[RecordedEvent]) -> None:
    """End the holds of the orders that have just moved, before automations follow that very move."""
    moved = sorted({each.subject_id for each in events if each.name in HOLD_RELEASING_EVENTS})
    if moved:
        await connection.execute_query(RELEASE, [moved])
