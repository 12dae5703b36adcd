"""Messages about client statuses that are superseded before they are sent.

Each message shows the status at the time of sending, so an earlier one would repeat a later one.
"""

from collections.abc import Mapping
from uuid import UUID

from tortoise import connections

# A change and its message have one id.
SELECT_SUPERSEDED = """SELECT told.order_id FROM unnest($1::uuid[], $2::uuid[]) AS told (order_id, message_id)
    WHERE EXISTS (SELECT 1 FROM client_status_changes h JOIN outbox later ON later.id = h.id
        WHERE h.order_id = told.order_id AND h.id > told.message_id AND later.contact_id = $3
            AND later.digest_at IS NULL AND later.state IN ('PENDING', 'SENT'))"""


async def superseded_orders(latest: Mapping[UUID, UUID], *, contact_id: UUID | None) -> set[UUID]:
    """The orders of whose status the same contact gets, or got, an undelayed message about a later change.

    `latest` is the latest message about each order in the mail that is to be sent.
    """
    values: list[object] = [[*latest.keys()], [*latest.values()], contact_id]
    return {row["order_id"] for row in await connections.get("default").execute_query_dict(SELECT_SUPERSEDED, values)}
