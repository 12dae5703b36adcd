"""The one stored form of refusals: JSON that keeps the kind of each parameter and is read in any language."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from typing import Any

from domain.kernel import i18n
from domain.kernel.errors import Code, Refusal
from domain.kernel.languages import LANGUAGES, LocalizedText
from domain.kernel.money import Money

LOADERS: Mapping[str, Callable[[Any], object]] = {
    "instant": datetime.fromisoformat,
    "day": date.fromisoformat,
    "number": Decimal,
    "money": lambda parts: Money(*parts),
}


def dump(refusal: Refusal) -> dict[str, Any]:
    """The refusal as JSON. A value that JSON does not know is an object whose one key names its kind.

    States and texts that people wrote in each language are kept in every language; `load` does not know the enum of a
    state.
    """
    return {
        "code": refusal.code.value,
        "reason": refusal.reason,
        "params": {name: _dump_value(value) for name, value in refusal.params.items()},
        "path": list(refusal.path),
        "due_at": refusal.due_at.isoformat() if refusal.due_at else None,
    }


def load(stored: Mapping[str, Any], language: str) -> Refusal:
    """The refusal that was stored; the states it names are already words of this language.

    Rows that automations stored before they had `due_at` name that instant among the parameters only.
    """
    params = {name: _load_value(value, language) for name, value in stored["params"].items()}
    due_at = stored.get("due_at")
    return Refusal(
        Code(stored["code"]),
        stored["reason"],
        params,
        tuple(stored["path"]),
        datetime.fromisoformat(due_at) if due_at else _instant(params.get("due_at")),
    )


def _instant(value: object) -> datetime | None:
    return value if isinstance(value, datetime) else None


def _dump_value(value: object) -> Any:
    match value:
        case StrEnum() | LocalizedText():
            return {"state": {language: i18n.format_value(value, language) for language in LANGUAGES}}
        case datetime():
            return {"instant": value.isoformat()}
        case date():
            return {"day": value.isoformat()}
        case Decimal():
            return {"number": str(value)}
        case Money():
            return {"money": [value.cents, value.currency]}
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
    ((kind, content),) = value.items()
    return content[language] if kind == "state" else LOADERS[kind](content)
