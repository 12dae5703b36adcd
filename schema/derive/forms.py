"""What a move takes, told so that a page can draw a form of it: labels, kinds, bounds, options, defaults."""

import json
from dataclasses import MISSING
from datetime import date, datetime
from decimal import Decimal
from enum import Enum
from typing import Any
from uuid import UUID

from domain.engine.lifecycle import Lifecycle, Transition
from domain.kernel import i18n
from domain.kernel.i18n import translate
from schema.derive.surface import Surface
from schema.derive.taken import Taken, taken
from schema.shared.actions import ActionField, ActionInput, ActionInputType, ActionOption
from schema.shared.spelling import camel

TYPES = {
    str: ActionInputType.STRING,
    int: ActionInputType.INT,
    bool: ActionInputType.BOOLEAN,
    Decimal: ActionInputType.DECIMAL,
    date: ActionInputType.DATE,
    datetime: ActionInputType.DATETIME,
    UUID: ActionInputType.ID,
}
ONE_LINE = 500


class Forms:
    """The inputs of moves, drawn up once per move and language."""

    def __init__(self, surface: Surface) -> None:
        self._surface = surface
        self._drawn: dict[tuple[str, str], list[ActionInput]] = {}

    def inputs(self, lifecycle: Lifecycle, move: Transition, language: str) -> list[ActionInput]:
        """What callers of this schema give to a move, in the order of its fields."""
        event = lifecycle.event_name(move)
        if (event, language) not in self._drawn:
            hidden = self._surface.left_out.get(event, frozenset())
            chosen = [item for item in taken(move.input) if item.name not in hidden]
            self._drawn[event, language] = [_input(item, event, language) for item in chosen]
        return self._drawn[event, language]


def _input(item: Taken, event: str, language: str) -> ActionInput:
    inside = [ActionField(**_told(inner, event, language)) for inner in _inside(item)]
    return ActionInput(**_told(item, event, language), fields=inside)


def _inside(item: Taken) -> tuple[Taken, ...]:
    return taken(item.kind) if item.is_nested else ()


def _told(item: Taken, event: str, language: str) -> dict[str, Any]:
    bounds = item.bounds
    return {
        "name": camel(item.name),
        "label": _word("field", item, event, language) or item.name,
        "hint": _word("hint", item, event, language),
        "description": item.doc,
        "type": _type(item),
        "is_list": item.is_list,
        "required": item.is_required and not item.is_nullable,
        "multiline": item.kind is str and not item.is_list and (bounds.get("longest") or 0) > ONE_LINE,
        "default": None if item.default is MISSING else json.dumps(_plain(item.default), ensure_ascii=False),
        "shortest": bounds.get("shortest"),
        "longest": bounds.get("longest") if item.kind is str or item.is_list else None,
        "least": bounds.get("least"),
        "most": bounds.get("most"),
        "id_kind": item.id_prefix,
        "options": _options(item.kind, language) if item.is_enum else [],
    }


def _word(kind: str, item: Taken, event: str, language: str) -> str | None:
    """The word of this move's field, else the word all fields of this name share."""
    for key in (f"{kind}.{event}.{item.name}", f"{kind}.{item.name}"):
        if i18n.has_translation(language, key):
            return translate(language, key)
    return None


def _type(item: Taken) -> ActionInputType:
    if item.is_nested:
        return ActionInputType.OBJECT
    return ActionInputType.ENUM if item.is_enum else TYPES.get(item.kind, ActionInputType.OBJECT)


def _options(kind: type, language: str) -> list[ActionOption]:
    assert issubclass(kind, Enum)
    return [ActionOption(value=each.name, label=i18n.format_value(each, language)) for each in kind]


def _plain(value: Any) -> Any:
    if isinstance(value, Enum):
        return value.name
    if isinstance(value, tuple):
        return [_plain(entry) for entry in value]
    return str(value) if isinstance(value, (Decimal, date)) else value
