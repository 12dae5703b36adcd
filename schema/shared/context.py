"""What resolvers know about the request they answer."""

from collections.abc import AsyncIterator
from dataclasses import dataclass
from typing import Any, Protocol
from uuid import UUID

from domain.database.read_sessions import ReadSessions
from domain.kernel.actors import Actor
from schema.execution.plan_runner import PlanRunner
from schema.execution.raw_json import RawJsonPlaceholders
from settings import Settings


class ChangeFeed(Protocol):
    """What changes from now on, as far as the actor may see it."""

    def orders(self, *, only: UUID | None = None) -> AsyncIterator[UUID]:
        """Ids of orders with a new event that the actor may read; ends when the actor's session has ended."""
        ...

    def statuses(self) -> AsyncIterator[UUID | None]:
        """Ids of client statuses that changed or came into sight, None when some went; ends likewise."""
        ...

    def ticks(self) -> AsyncIterator[None]:
        """Now, and again several times a second, until the actor's session has ended."""
        ...


@dataclass(kw_only=True)
class Context:
    """One per request, and one per connection that subscribes. `language` is the viewer's, de or en.

    `reader` runs compiled reads, `reads` are the sessions beneath it. With `stand_ins` the response becomes text.
    """

    actor: Actor
    language: str
    request_id: str
    settings: Settings
    plan_runner: PlanRunner
    read_sessions: ReadSessions
    change_feed: ChangeFeed
    connection_params: dict[str, Any] | None = None
    raw_json_placeholders: RawJsonPlaceholders | None = None
