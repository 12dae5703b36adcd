"""What one schema offers: to which roles, which nouns it knows, and how it says no."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from typing import Any

from domain.engine.lifecycle import Lifecycle, Transition
from domain.engine.registry import Registry
from domain.kernel.actors import Role
from domain.kernel.errors import Refusal
from schema.declarations.types import FilteredList
from schema.shared.errors import ErrorContext, UserError


@dataclass(frozen=True, kw_only=True)
class ApiProfile:
    """One schema's side of the lifecycles.

    `entities` are the types of payloads by noun, `left_out` the input fields, by event, that callers do not choose,
    `listings` the lists whose `where` callers give for a search that a move takes, by the class of that search.
    """

    registry: Registry
    roles: frozenset[Role]
    entities: Mapping[str, Any]
    to_error: Callable[[Refusal, ErrorContext], UserError]
    hidden_input_fields: Mapping[str, frozenset[str]] = field(default_factory=dict)
    searchable_lists: Mapping[type, FilteredList] = field(default_factory=dict)

    def moves(self) -> list[tuple[Lifecycle, Transition]]:
        """The moves that some role of this schema may make, in the order of its entities."""
        place = {noun: index for index, noun in enumerate(self.entities)}
        offered = [found for found in self.registry.events.values() if self.offers(found[1].roles)]
        return sorted(offered, key=lambda found: place.get(found[0].noun, len(place)))

    def offers(self, roles: Collection[Role]) -> bool:
        """Whether a move that these roles may make belongs into this schema."""
        return not self.roles.isdisjoint(roles)
