"""Refusals as they are kept with a result, so that they can be told in any language later."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from typing import Any

from domain.kernel import i18n
from domain.kernel.errors import Code, Refusal
from domain.kernel.languages import LANGUAGES

READERS: Mapping[str, Callable[[str], object]] = {
    "instant": datetime.fromisoformat,
    "day": date.fromisoformat,
    "number": Decimal,
}


def kept(refusal: Refusal) -> dict[str, Any]:
    """As JSON; values that are no text, number or list are named for what they are."""
    return {
        "code": refusal.code.value,
        "reason": refusal.reason,
        "params": {name: _kept(value) for name, value in refusal.params.items()},
        "path": list(refusal.path),
        "due_at": refusal.due_at.isoformat() if refusal.due_at else None,
    }


def recalled(told: Mapping[str, Any], language: str) -> Refusal:
    """The refusal again; the states it names are already words of this language."""
    return Refusal(
        Code(told["code"]),
        told["reason"],
        {name: _recalled(value, language) for name, value in told["params"].items()},
        tuple(told["path"]),
        datetime.fromisoformat(told["due_at"]) if told["due_at"] else None,
    )


def _kept(value: object) -> Any:
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
            return [_kept(each) for each in value]
    return str(value)


def _recalled(value: Any, language: str) -> Any:
    if isinstance(value, list):
        return tuple(_recalled(each, language) for each in value)
    if not isinstance(value, dict):
        return value
    ((kind, inside),) = value.items()
    return inside[language] if kind == "state" else READERS[kind](inside)
