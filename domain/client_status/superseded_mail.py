"""Letters about one client status that meet on their way: each would say what is true when it is sent."""

from uuid import UUID

from tortoise import connections

# A change and its letter have one id.
IS_SUPERSEDED = """SELECT EXISTS (SELECT 1 FROM client_status_changes h JOIN outbox later ON later.id = h.id
    WHERE h.order_id = $1 AND h.id > $2 AND later.contact_id = $3 AND later.digest_at IS NULL
        AND later.state IN ('PENDING', 'SENT')) AS is_told"""


async def is_superseded(message_id: UUID, *, order_id: UUID, contact_id: UUID | None) -> bool:
    """Whether a later change of the same status is, or was, told to the same contact at once."""
    rows = await connections.get("default").execute_query_dict(IS_SUPERSEDED, [order_id, message_id, contact_id])
    return bool(rows[0]["is_told"])
