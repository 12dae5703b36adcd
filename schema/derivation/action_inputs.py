"""The inputs of a move as a page needs them for a form: labels, types, bounds, options, defaults."""

import json
from collections.abc import Iterable
from dataclasses import MISSING
from datetime import date, datetime
from decimal import Decimal
from enum import Enum
from typing import Any
from uuid import UUID

from domain.engine.lifecycle import Lifecycle, Transition
from domain.kernel import i18n
from domain.kernel.i18n import translate
from schema.derivation.api_profile import ApiProfile
from schema.derivation.input_fields import InputField, input_fields
from schema.shared.actions import ActionField, ActionInput, ActionInputType, ActionOption
from schema.shared.camel_case import to_camel_case

INPUT_TYPES = {
    str: ActionInputType.STRING,
    int: ActionInputType.INT,
    bool: ActionInputType.BOOLEAN,
    Decimal: ActionInputType.DECIMAL,
    date: ActionInputType.DATE,
    datetime: ActionInputType.DATETIME,
    UUID: ActionInputType.ID,
}
MAX_SINGLE_LINE_LENGTH = 500


class ActionInputs:
    """The inputs of moves, built once per move and language."""

    def __init__(self, profile: ApiProfile) -> None:
        self._profile = profile
        self._cache: dict[tuple[str, str], list[ActionInput]] = {}

    def inputs(self, lifecycle: Lifecycle, move: Transition, language: str) -> list[ActionInput]:
        """The inputs that callers of this schema choose, in the order of the fields."""
        event = lifecycle.event_name(move)
        if (event, language) not in self._cache:
            self._cache[event, language] = describe(self._profile.input_fields(lifecycle, move), event, language)
        return self._cache[event, language]


def describe(fields: Iterable[InputField], event: str, language: str) -> list[ActionInput]:
    """The inputs of the move that this event names."""
    return [_input(item, event, language) for item in fields]


def _input(item: InputField, event: str, language: str) -> ActionInput:
    places = (f"in.{item.name}", event)
    inside = [ActionField(**_attributes(inner, language, *places)) for inner in _nested_fields(item)]
    return ActionInput(**_attributes(item, language, event), fields=inside)


def _nested_fields(item: InputField) -> tuple[InputField, ...]:
    return input_fields(item.python_type) if item.is_nested else ()


def _attributes(item: InputField, language: str, *places: str) -> dict[str, Any]:
    bounds = item.bounds
    return {
        "name": to_camel_case(item.name),
        "label": _translation("field", item, language, places) or item.name,
        "hint": _translation("hint", item, language, places),
        "description": item.description,
        "type": _type(item),
        "is_list": item.is_list,
        "required": item.is_required and not item.is_nullable,
        "multiline": item.python_type is str
        and not item.is_list
        and (bounds.get("longest") or 0) > MAX_SINGLE_LINE_LENGTH,
        "default": None if item.default is MISSING else json.dumps(_json_value(item.default), ensure_ascii=False),
        "shortest": bounds.get("shortest"),
        "longest": bounds.get("longest") if item.python_type is str or item.is_list else None,
        "unchanged_when_absent": item.unchanged_when_absent,
        "least": bounds.get("least"),
        "most": bounds.get("most"),
        "id_kind": item.id_prefix,
        "options": _options(item.python_type, language) if item.is_enum else [],
    }


def _translation(kind: str, item: InputField, language: str, places: Iterable[str]) -> str | None:
    """The word of a field in the list or of the move that it belongs to, else the word all of this name share."""
    for key in (*(f"{kind}.{place}.{item.name}" for place in places), f"{kind}.{item.name}"):
        if i18n.has_translation(language, key):
            return translate(language, key)
    return None


def _type(item: InputField) -> ActionInputType:
    if item.is_nested:
        return ActionInputType.OBJECT
    return ActionInputType.ENUM if item.is_enum else INPUT_TYPES.get(item.python_type, ActionInputType.OBJECT)


def _options(kind: type, language: str) -> list[ActionOption]:
    assert issubclass(kind, Enum)
    return [ActionOption(value=each.name, label=i18n.format_value(each, language)) for each in kind]


def _json_value(value: Any) -> Any:
    if isinstance(value, Enum):
        return value.name
    if isinstance(value, tuple):
        return [_json_value(entry) for entry in value]
    return str(value) if isinstance(value, (Decimal, date)) else value
