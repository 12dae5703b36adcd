"""Publication of committed changes to listeners, after the commit and never before."""

from collections.abc import Awaitable, Callable
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

import structlog

log = structlog.get_logger()

# Other processes receive a notice of each commit on this channel.
CHANGES_CHANNEL = "werkstand:changes"
# Messages and deadlines in greater numbers are left to the scheduler, which finds them.
MAX_PUBLISHED = 250


@dataclass
class CommittedChanges:
    """The changes of one transaction: ids only, and the nouns whose rows were moved."""

    nouns: set[str] = field(default_factory=set)
    order_ids: set[UUID] = field(default_factory=set)
    deadlines: dict[UUID, datetime] = field(default_factory=dict)
    message_ids: list[UUID] = field(default_factory=list)
    started_operations: set[UUID] = field(default_factory=set)


Listener = Callable[[CommittedChanges], Awaitable[None]]
_listeners: list[Listener] = []


def subscribe(listener: Listener) -> Callable[[], None]:
    """Call `listener` after every commit that changed something; the returned function ends that."""
    _listeners.append(listener)

    def unsubscribe() -> None:
        with suppress(ValueError):
            _listeners.remove(listener)

    return unsubscribe


async def publish(changes: CommittedChanges) -> None:
    """Call every listener. A listener that fails is logged and changes nothing for the caller."""
    for listener in list(_listeners):
        try:
            await listener(changes)
        except Exception:
            log.exception("announcement failed")
