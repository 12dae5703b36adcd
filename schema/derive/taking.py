"""From a GraphQL input to what a move takes: identifiers are read, everything else is passed on."""

from collections.abc import Callable, Iterable
from datetime import date, datetime
from typing import Any
from uuid import UUID

from domain.core import ids
from domain.core.errors import Code, Refusal, Refused, invalid
from domain.core.lifecycle import Lifecycle
from schema.derive.taken import Taken, taken

EARLIEST, LATEST = 1990, 2199
LONGEST_KEY = 200

Report = Callable[[Refusal], None]


def subject_id(lifecycle: Lifecycle, outside: str, field: str) -> UUID:
    """The row a move is about; a malformed identifier looks like one that does not exist."""
    try:
        return ids.internal(lifecycle.id_prefix, outside)
    except ValueError:
        raise Refused(Refusal(Code.NOT_FOUND, "not_found", path=(field,))) from None


def key_of(given: Any) -> str | None:
    """The idempotency key; refused when it is empty or too long."""
    key: str | None = given.idempotency_key
    if key is None:
        return None
    if not key.strip():
        raise Refused(invalid("text_too_small", "idempotency_key", least=1))
    if len(key) > LONGEST_KEY:
        raise Refused(invalid("text_too_large", "idempotency_key", most=LONGEST_KEY))
    return key


def taken_from(takes: type | None, given: Any, chosen: Iterable[Taken]) -> Any:
    """Build what a move takes from its input; raises `Refused` naming every field that cannot be read."""
    if takes is None:
        return None
    flaws: list[Refusal] = []
    values = _values(chosen, given, (), flaws.append)
    if flaws:
        raise Refused(*flaws)
    return takes(**values)


def _values(items: Iterable[Taken], given: Any, path: tuple[str, ...], report: Report) -> dict[str, Any]:
    return {item.name: _value(item, getattr(given, item.name), (*path, item.name), report) for item in items}


def _value(item: Taken, given: Any, path: tuple[str, ...], report: Report) -> Any:
    if given is None:
        return None
    if item.is_list:
        return tuple(_one(item, entry, (*path, str(place)), report) for place, entry in enumerate(given))
    return _one(item, given, path, report)


def _one(item: Taken, given: Any, path: tuple[str, ...], report: Report) -> Any:
    if item.is_nested:
        return item.kind(**_values(taken(item.kind), given, path, report))
    if item.id_prefix is not None:
        return _identifier(item.id_prefix, given, path, report)
    if isinstance(given, (date, datetime)) and not EARLIEST <= given.year <= LATEST:
        report(invalid("date_out_of_range", *path, earliest=str(EARLIEST), latest=str(LATEST)))
    return given


def _identifier(prefix: str, given: str, path: tuple[str, ...], report: Report) -> UUID | None:
    try:
        return ids.internal(prefix, given)
    except ValueError:
        report(invalid("identifier_malformed", *path))
        return None
