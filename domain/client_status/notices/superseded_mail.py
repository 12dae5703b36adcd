"""Messages about one client status that are superseded before they are sent.

Each message shows the status at the time of sending, so an earlier one would repeat a later one.
"""

from uuid import UUID

from tortoise import connections

# A change and its message have one id.
IS_SUPERSEDED = """SELECT EXISTS (SELECT 1 FROM client_status_changes h JOIN outbox later ON later.id = h.id
    WHERE h.order_id = $1 AND h.id > $2 AND later.contact_id = $3 AND later.digest_at IS NULL
        AND later.state IN ('PENDING', 'SENT')) AS is_told"""


async def is_superseded(message_id: UUID, *, order_id: UUID, contact_id: UUID | None) -> bool:
    """Whether the same contact gets, or got, an undelayed message about a later change of the same status."""
    rows = await connections.get("default").execute_query_dict(IS_SUPERSEDED, [order_id, message_id, contact_id])
    return bool(rows[0]["is_told"])
