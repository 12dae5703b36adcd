"""Input types made from what moves take."""

from collections.abc import Mapping
from dataclasses import MISSING
from typing import Any
from uuid import UUID

import strawberry

from domain.engine.lifecycle import Lifecycle, Transition
from schema.derive.naming import mutation_name, subject_field
from schema.derive.surface import Surface
from schema.derive.taken import Taken, taken
from schema.shared.spelling import capital

VERSION = "The version of the object that was seen; refused when it has changed since. Left out: not checked."
KEY = "Any text chosen by the caller. Sent again with the same arguments, nothing happens twice; kept seven days."


class Inputs:
    """The input types of one schema, with the fields that its callers choose."""

    def __init__(self, surface: Surface) -> None:
        self._left_out, self._listings = surface.left_out, surface.listings
        self._nested: dict[type, type] = {}

    def of(self, lifecycle: Lifecycle, move: Transition) -> type:
        """`OrderConfirmInput`: which row, which version, the key, then what the move takes."""
        members: dict[str, tuple[Any, Any]] = {}
        subject = subject_field(lifecycle, move)
        if subject:
            about = move.parent_noun if move.creates else lifecycle.noun
            members["subject"] = (strawberry.ID, strawberry.field(name=subject, description=f"Which {_plain(about)}."))
            members["expected_version"] = (int | None, _optional(None, VERSION))
        members["idempotency_key"] = (str | None, _optional(None, KEY))
        for item in self.fields(lifecycle, move):
            members[item.name] = self._member(item)
        name = capital(mutation_name(lifecycle, move)) + "Input"
        return _input(name, f"What `{mutation_name(lifecycle, move)}` takes.", members)

    def fields(self, lifecycle: Lifecycle, move: Transition) -> tuple[Taken, ...]:
        """What callers of this schema give to a move."""
        hidden = self._left_out.get(lifecycle.event_name(move), frozenset())
        return tuple(item for item in taken(move.input) if item.name not in hidden)

    def _member(self, item: Taken) -> tuple[Any, Any]:
        kind: Any = strawberry.ID if item.kind is UUID else item.kind
        if item.kind in self._listings:
            kind = self._listings[item.kind].filters
        elif item.is_nested:
            kind = self._nested_input(item.kind)
        if item.is_list:
            kind = list[kind]
        if item.is_nullable:
            kind = kind | None
        if item.default is MISSING:
            return kind, strawberry.field(description=item.doc)
        return kind, _optional(item.default, item.doc)

    def _nested_input(self, kind: type) -> type:
        if kind not in self._nested:
            members = {item.name: self._member(item) for item in taken(kind)}
            name = kind.__name__.removesuffix("Entry") + "Input"
            self._nested[kind] = _input(name, kind.__doc__ or "", members)
        return self._nested[kind]


def _optional(default: Any, doc: str) -> Any:
    if isinstance(default, tuple):
        return strawberry.field(default_factory=lambda: list(default), description=doc)
    return strawberry.field(default=default, description=doc)


def _input(name: str, description: str, members: Mapping[str, tuple[Any, Any]]) -> type:
    """Required fields first, because a dataclass wants them so; GraphQL knows no order."""
    first = sorted(members.items(), key=lambda member: _has_default(member[1][1]))
    body: dict[str, Any] = {field: value for field, (_, value) in first}
    body["__annotations__"] = {field: kind for field, (kind, _) in first}
    body["__module__"] = __name__
    body["__doc__"] = description
    made: type = strawberry.input(type(name, (), body), name=name, description=description)
    return made


def _has_default(field: Any) -> bool:
    return field.default is not MISSING or field.default_factory is not MISSING


def _plain(noun: str) -> str:
    return "".join(f" {sign.lower()}" if sign.isupper() else sign for sign in noun)
