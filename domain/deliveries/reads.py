"""Reads about deliveries beyond their scope."""

from uuid import UUID

from tortoise import connections

IS_OF_EARLIER_VERSION = """SELECT 1 FROM events e JOIN deliveries d ON d.id = e.subject_id
    WHERE e.id = $1 AND e.subject_kind = 'delivery' AND (e.body->>'number')::int < d.current_number"""


async def is_of_current_version(event_id: UUID | None) -> bool:
    """Whether the version that an event is about was not replaced meanwhile."""
    return not await connections.get("default").execute_query_dict(IS_OF_EARLIER_VERSION, [event_id])
