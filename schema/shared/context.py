"""The context of a request, as resolvers get it."""

from collections.abc import AsyncIterator
from dataclasses import dataclass
from typing import Any, Protocol
from uuid import UUID

from domain.database.read_sessions import ReadSessions
from domain.kernel.actors import Actor
from schema.execution.plan_runner import PlanRunner
from schema.execution.raw_json import RawJsonPlaceholders
from settings import Settings


class VisibleChanges(Protocol):
    """The changes from now on that are visible to the actor."""

    def orders(self, *, only: UUID | None = None) -> AsyncIterator[UUID]:
        """Ids of orders with a new event that the actor may read; ends when the actor's session has ended."""
        ...

    def statuses(self) -> AsyncIterator[UUID | None]:
        """Ids of client statuses that changed, became visible or ceased to be, None for many; ends likewise."""
        ...

    def notifications(self) -> AsyncIterator[UUID]:
        """Ids of notifications that were written for the actor; ends likewise."""
        ...

    def ticks(self) -> AsyncIterator[None]:
        """Now, and again several times a second, until the actor's session has ended."""
        ...


@dataclass(kw_only=True)
class Context:
    """One per request, and one per connection that subscribes.

    `language` is the viewer's, de or en. `plan_runner` runs compiled reads on `read_sessions`. With
    `raw_json_placeholders` the response becomes text.
    """

    actor: Actor
    language: str
    request_id: str
    settings: Settings
    plan_runner: PlanRunner
    read_sessions: ReadSessions
    visible_changes: VisibleChanges
    connection_params: dict[str, Any] | None = None
    raw_json_placeholders: RawJsonPlaceholders | None = None
