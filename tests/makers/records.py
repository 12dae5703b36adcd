"""Records about a row: its events, its messages, its deadlines."""

from datetime import datetime
from uuid import UUID

from domain.engine.model import Deadline, DeadlineState, Event
from domain.outbox.model import OutboxMessage


async def the_events_of(subject_id: UUID) -> list[str]:
    """Names of a row's events, in order."""
    events = await Event.filter(subject_id=subject_id).order_by("id")
    return [event.name for event in events]


async def the_messages(name: str) -> list[str]:
    """The roles that messages of this name were written to, in order."""
    messages = await OutboxMessage.filter(name=name).order_by("recipient_role")
    return [message.recipient_role.value for message in messages]


async def what_is_due(kind: str, subject_id: UUID) -> datetime | None:
    """When the armed deadline of this kind fires; nothing when none is armed."""
    deadline = await Deadline.get_or_none(subject_id=subject_id, kind=kind, state=DeadlineState.PENDING)
    return deadline.due_at if deadline else None
