"""The payload types of mutations: the entity read again, the errors, and whether the answer was replayed."""

from typing import Any
from uuid import UUID

import strawberry

from domain.engine.lifecycle import Lifecycle, Transition
from schema.declarations.fields import loaded_by_id
from schema.derivation.mutation_names import mutation_name
from schema.shared.camel_case import capitalize_first
from schema.shared.errors import UserError

PRIVATE: Any = strawberry.Private


def payload_type(lifecycle: Lifecycle, move: Transition, entity: Any) -> type:
    """`OrderConfirmPayload`, with the entity in a field named like the noun."""
    attribute = lifecycle.noun
    members: dict[str, Any] = {
        attribute: loaded_by_id(
            lifecycle.scope,
            "subject_id",
            description="As it is now, on refusal too; null when this viewer may not see it.",
        ),
        "errors": strawberry.field(description="Why nothing was changed; empty when all went well."),
        "replayed": strawberry.field(description="True when the same key had already done it."),
    }
    body: dict[str, Any] = {
        **members,
        "__annotations__": {
            "subject_id": PRIVATE[UUID | None],
            attribute: entity | None,
            "errors": list[UserError],
            "replayed": bool,
        },
        "__module__": __name__,
    }
    name = capitalize_first(mutation_name(lifecycle, move)) + "Payload"
    description = f"What became of `{mutation_name(lifecycle, move)}`."
    made: type = strawberry.type(type(name, (), body), name=name, description=description)
    return made
