"""Refusals as they are kept with a run, and as they are told again."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from domain.kernel.errors import Code, Refusal


def dump(refusal: Refusal) -> dict[str, object]:
    """A refusal as JSON; days and instants keep what they are, everything else is kept as text or number."""
    params = {name: _kept(value) for name, value in refusal.params.items()}
    return {"code": refusal.code.value, "reason": refusal.reason, "params": params, "path": list(refusal.path)}


def load(reason: Mapping[str, Any]) -> Refusal:
    """The refusal that `kept` wrote."""
    params = {name: _told(value) for name, value in reason["params"].items()}
    return Refusal(Code(reason["code"]), reason["reason"], params, tuple(reason["path"]))


def _kept(value: object) -> object:
    match value:
        case datetime():
            return {"instant": value.isoformat()}
        case date():
            return {"day": value.isoformat()}
        case bool() | int() | None:
            return value
        case tuple() | list() | frozenset() | set():
            return [_kept(entry) for entry in value]
    return str(value)


def _told(value: object) -> object:
    match value:
        case {"instant": str() as instant}:
            return datetime.fromisoformat(instant)
        case {"day": str() as day}:
            return date.fromisoformat(day)
        case list():
            return tuple(_told(entry) for entry in value)
    return value
