"""The profile of one schema: its roles, the types of its nouns, and its typed errors."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from typing import Any

from domain.engine.lifecycle import Lifecycle, Transition
from domain.engine.registry import Registry
from domain.kernel.actors import Role
from domain.kernel.errors import Refusal
from schema.declarations.types import FilteredList
from schema.derivation.input_fields import InputField, input_fields
from schema.shared.errors import ErrorContext, UserError


@dataclass(frozen=True, kw_only=True)
class ApiProfile:
    """The part of the lifecycles that one schema offers.

    `entities` are the types of payloads by noun, `payload_fields` the fields that hold them where
    these are not named like the noun, `hidden_input_fields` the input fields, by event, that callers do not
    choose, `searchable_lists` the lists whose `where` callers give as a search, by the class of that search.
    """

    registry: Registry
    roles: frozenset[Role]
    entities: Mapping[str, Any]
    to_error: Callable[[Refusal, ErrorContext], UserError]
    payload_fields: Mapping[str, str] = field(default_factory=dict)
    hidden_input_fields: Mapping[str, frozenset[str]] = field(default_factory=dict)
    searchable_lists: Mapping[type, FilteredList] = field(default_factory=dict)

    def moves(self) -> list[tuple[Lifecycle, Transition]]:
        """The moves that some role of this schema may make, in the order of its entities."""
        place = {noun: index for index, noun in enumerate(self.entities)}
        offered = [found for found in self.registry.events.values() if self.offers(found[1].roles)]
        return sorted(offered, key=lambda found: place.get(found[0].noun, len(place)))

    def input_fields(self, lifecycle: Lifecycle, transition: Transition) -> tuple[InputField, ...]:
        """The input fields that callers of this schema choose, in their declared order."""
        hidden = self.hidden_input_fields.get(lifecycle.event_name(transition), frozenset())
        return tuple(item for item in input_fields(transition.input) if item.name not in hidden)

    def entity(self, noun: str) -> Any:
        """The type of a noun; raises `TypeError` for a noun whose moves this schema offers and that has none."""
        if noun not in self.entities:
            raise TypeError(f"the schema of {sorted(self.roles)} has no type for {noun}: add it to its ENTITIES")
        return self.entities[noun]

    def offers(self, roles: Collection[Role]) -> bool:
        """Whether a move that these roles may make belongs to this schema."""
        return not self.roles.isdisjoint(roles)
