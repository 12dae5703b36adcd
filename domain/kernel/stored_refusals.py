"""Refusals as they are kept with a result, so that they can be told in any language later."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from typing import Any

from domain.kernel import i18n
from domain.kernel.errors import Code, Refusal
from domain.kernel.languages import LANGUAGES

LOADERS: Mapping[str, Callable[[str], object]] = {
    "instant": datetime.fromisoformat,
    "day": date.fromisoformat,
    "number": Decimal,
}


def dump(refusal: Refusal) -> dict[str, Any]:
    """As JSON; values that are no text, number or list are named for what they are."""
    return {
        "code": refusal.code.value,
        "reason": refusal.reason,
        "params": {name: _dump_value(value) for name, value in refusal.params.items()},
        "path": list(refusal.path),
        "due_at": refusal.due_at.isoformat() if refusal.due_at else None,
    }


def load(stored: Mapping[str, Any], language: str) -> Refusal:
    """The refusal again; the states it names are already words of this language."""
    return Refusal(
        Code(stored["code"]),
        stored["reason"],
        {name: _load_value(value, language) for name, value in stored["params"].items()},
        tuple(stored["path"]),
        datetime.fromisoformat(stored["due_at"]) if stored["due_at"] else None,
    )


def _dump_value(value: object) -> Any:
    match value:
        case StrEnum():
            return {"state": {language: i18n.format_value(value, language) for language in LANGUAGES}}
        case datetime():
            return {"instant": value.isoformat()}
        case date():
            return {"day": value.isoformat()}
        case Decimal():
            return {"number": str(value)}
        case str() | bool() | int() | None:
            return value
        case Sequence() | frozenset() | set():
            return [_dump_value(each) for each in value]
    return str(value)


def _load_value(value: Any, language: str) -> Any:
    if isinstance(value, list):
        return tuple(_load_value(each, language) for each in value)
    if not isinstance(value, dict):
        return value
    ((kind, inside),) = value.items()
    return inside[language] if kind == "state" else LOADERS[kind](inside)
