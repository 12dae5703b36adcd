"""The interface of everything that has an identifier of its own."""

from typing import Any

import strawberry

from schema.shared.translated_fields import add_status_help

NODES_DESCRIPTION = "Objects of any types, in the order of their identifiers; null for what does not exist."


@strawberry.interface(
    description="Something with an identifier of its own, which no other object of any type has. `node` reads it again."
)
class Node:
    """An object that clients may keep by its identifier."""

    id: strawberry.ID = strawberry.field(description="The identifier; its prefix says of which type the object is.")

    def __init_subclass__(cls, **arguments: Any) -> None:
        """Every type that shows a status explains it."""
        super().__init_subclass__(**arguments)
        add_status_help(cls)

    @classmethod
    def is_type_of(cls, _value: Any, _info: Any) -> bool:
        """True: loaded values have no class, and a field's declaration says of which type its rows are."""
        return True

    @classmethod
    def resolve_type(cls, value: Any, _info: Any, _interface: Any) -> str:
        """The name of the type of a loaded object."""
        name: str = value.type_name
        return name
