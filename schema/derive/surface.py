"""What one schema offers: to which roles, which nouns it knows, and how it says no."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from typing import Any

from domain.engine.lifecycle import Lifecycle, Transition
from domain.engine.registry import Registry
from domain.kernel.actors import Role
from domain.kernel.errors import Refusal
from schema.compiled.matching import Listing
from schema.shared.errors import Telling, UserError


@dataclass(frozen=True, kw_only=True)
class Surface:
    """One schema's side of the lifecycles.

    `entities` are the types of payloads by noun, `left_out` the input fields, by event, that callers do not choose,
    `listings` the lists whose `where` callers give for a search that a move takes, by the class of that search.
    """

    book: Registry
    roles: frozenset[Role]
    entities: Mapping[str, Any]
    error: Callable[[Refusal, Telling], UserError]
    left_out: Mapping[str, frozenset[str]] = field(default_factory=dict)
    listings: Mapping[type, Listing] = field(default_factory=dict)

    def moves(self) -> list[tuple[Lifecycle, Transition]]:
        """The moves that some role of this schema may make; the clock's own are in none."""
        return [found for found in self.book.events.values() if self.offers(found[1].roles)]

    def offers(self, by: Collection[Role]) -> bool:
        """Whether a move that these roles may make belongs into this schema."""
        return not self.roles.isdisjoint(by)
