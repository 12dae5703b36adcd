"""GraphQL input types made from the input classes of moves."""

from collections.abc import Mapping
from dataclasses import MISSING
from typing import Any
from uuid import UUID

import strawberry

from domain.engine.lifecycle import Lifecycle, Transition
from schema.derivation.api_profile import ApiProfile
from schema.derivation.input_fields import InputField, input_fields
from schema.derivation.mutation_names import mutation_name, subject_field
from schema.shared.camel_case import capitalize_first

EXPECTED_VERSION_DESCRIPTION = (
    "The version of the object that was seen; refused when it has changed since. Left out: not checked."
)
IDEMPOTENCY_KEY_DESCRIPTION = (
    "Any text chosen by the caller. Sent again with the same arguments, nothing happens twice; kept seven days."
)
UNCHANGED_WHEN_ABSENT = "Left out: stays as it is; null: emptied."


class InputTypes:
    """The input types of one schema, with the fields that its callers choose."""

    def __init__(self, profile: ApiProfile) -> None:
        self._profile = profile
        self._nested: dict[type, type] = {}

    def input_type(self, lifecycle: Lifecycle, move: Transition) -> type:
        """`OrderConfirmInput`: the row, the expected version, the idempotency key, then the input of the move."""
        members: dict[str, tuple[Any, Any]] = {}
        subject = subject_field(lifecycle, move)
        if subject:
            subject_noun = move.parent_noun if move.creates else lifecycle.noun
            members["subject"] = (
                strawberry.ID,
                strawberry.field(name=subject, description=f"Which {_spaced(subject_noun)}."),
            )
            members["expected_version"] = (int | None, _optional(None, EXPECTED_VERSION_DESCRIPTION))
        members["idempotency_key"] = (str | None, _optional(None, IDEMPOTENCY_KEY_DESCRIPTION))
        for item in self._profile.input_fields(lifecycle, move):
            members[item.name] = self._member(item)
        name = capitalize_first(mutation_name(lifecycle, move)) + "Input"
        return _input(name, f"What `{mutation_name(lifecycle, move)}` takes.", members)

    def _member(self, item: InputField) -> tuple[Any, Any]:
        kind: Any = strawberry.ID if item.python_type is UUID else item.python_type
        if item.python_type in self._profile.searchable_lists:
            kind = self._profile.searchable_lists[item.python_type].filters
        elif item.is_nested:
            kind = self._nested_input(item.python_type)
        if item.is_list:
            kind = list[kind]
        if item.is_nullable:
            kind = kind | None
        if item.unchanged_when_absent:
            return kind, _optional(strawberry.UNSET, f"{item.description} {UNCHANGED_WHEN_ABSENT}")
        if item.default is MISSING:
            return kind, strawberry.field(description=item.description)
        return kind, _optional(item.default, item.description)

    def _nested_input(self, kind: type) -> type:
        if kind not in self._nested:
            members = {item.name: self._member(item) for item in input_fields(kind)}
            name = kind.__name__.removesuffix("Entry") + "Input"
            self._nested[kind] = _input(name, kind.__doc__ or "", members)
        return self._nested[kind]


def _optional(default: Any, doc: str) -> Any:
    if isinstance(default, tuple):
        return strawberry.field(default_factory=lambda: list(default), description=doc)
    return strawberry.field(default=default, description=doc)


def _input(name: str, description: str, members: Mapping[str, tuple[Any, Any]]) -> type:
    """Required fields come first, because a dataclass demands it; GraphQL knows no order."""
    first = sorted(members.items(), key=lambda member: _has_default(member[1][1]))
    body: dict[str, Any] = {field: value for field, (_, value) in first}
    body["__annotations__"] = {field: kind for field, (kind, _) in first}
    body["__module__"] = __name__
    body["__doc__"] = description
    made: type = strawberry.input(type(name, (), body), name=name, description=description)
    return made


def _has_default(field: Any) -> bool:
    return field.default is not MISSING or field.default_factory is not MISSING


def _spaced(noun: str) -> str:
    return "".join(f" {sign.lower()}" if sign.isupper() else sign for sign in noun)
