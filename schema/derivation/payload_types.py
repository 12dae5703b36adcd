"""The payload types of mutations: the entity read again, the errors, and whether the answer was replayed."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

import strawberry

from domain.engine.lifecycle import Lifecycle, Transition
from schema.declarations.fields import loaded_by_id
from schema.derivation.mutation_names import mutation_name
from schema.shared.camel_case import capitalize_first
from schema.shared.errors import UserError

PRIVATE: Any = strawberry.Private
RENAMED = "Renamed to `{name}`; removed after 2027-06-30."
DELETED_ID = "The identifier of what was deleted, which can no longer be read; null when nothing was."


def payload_names(noun: str, payload_fields: Mapping[str, str]) -> Mapping[str, str | None]:
    """The fields that hold the entity, each with the reason why it is deprecated or None.

    A field that is named otherwise than the noun once had the noun's name, which stays beside it for a while.
    """
    name = payload_fields.get(noun, noun)
    return {name: None} if name == noun else {name: None, noun: RENAMED.format(name=name)}


def payload_type(lifecycle: Lifecycle, move: Transition, entity: Any, names: Mapping[str, str | None]) -> type:
    """`OrderConfirmPayload`, with the entity in the fields of these `names`."""
    members: dict[str, Any] = {
        name: loaded_by_id(
            lifecycle.read_scope or lifecycle.scope,
            "subject_id",
            description="As it is now, on refusal too; null when this viewer may not see it.",
            deprecation_reason=reason,
        )
        for name, reason in names.items()
    }
    annotations: dict[str, Any] = {"subject_id": PRIVATE[UUID | None]} | dict.fromkeys(names, entity | None)
    if move.deletes:
        members["deleted_id"] = strawberry.field(default=None, description=DELETED_ID)
        annotations["deleted_id"] = strawberry.ID | None
    members["errors"] = strawberry.field(description="Why nothing was changed; empty when all went well.")
    members["replayed"] = strawberry.field(description="True when the same key had already done it.")
    annotations |= {"errors": list[UserError], "replayed": bool}
    name = capitalize_first(mutation_name(lifecycle, move)) + "Payload"
    description = f"What became of `{mutation_name(lifecycle, move)}`."
    body = {**members, "__annotations__": annotations, "__module__": __name__}
    made: type = strawberry.type(type(name, (), body), name=name, description=description)
    return made
