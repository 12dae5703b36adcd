"""From a GraphQL input to what a move takes: identifiers are read, everything else is passed on."""

from collections.abc import Callable, Iterable
from datetime import date, datetime
from typing import Any
from uuid import UUID

from domain.engine.lifecycle import Lifecycle
from domain.kernel import ids
from domain.kernel.errors import Code, Refusal, Refused, invalid
from schema.derive.searching import Searching
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


def taken_from(takes: type | None, given: Any, chosen: Iterable[Taken], searching: Searching) -> Any:
    """Build what a move takes from its input; raises `Refused` naming every field that cannot be read."""
    if takes is None:
        return None
    flaws: list[Refusal] = []
    values = _Reading(searching, flaws.append).values(chosen, given, ())
    if flaws:
        raise Refused(*flaws)
    return takes(**values)


class _Reading:
    def __init__(self, searching: Searching, report: Report) -> None:
        self._searching, self._report = searching, report

    def values(self, items: Iterable[Taken], given: Any, path: tuple[str, ...]) -> dict[str, Any]:
        return {item.name: self._value(item, getattr(given, item.name), (*path, item.name)) for item in items}

    def _value(self, item: Taken, given: Any, path: tuple[str, ...]) -> Any:
        if given is None:
            return None
        if item.is_list and item.id_prefix is not None:
            return self._identifiers(item.id_prefix, given, path)
        if item.is_list:
            return tuple(self._one(item, entry, (*path, str(place))) for place, entry in enumerate(given))
        return self._one(item, given, path)

    def _one(self, item: Taken, given: Any, path: tuple[str, ...]) -> Any:
        if self._searching.knows(item.kind):
            return self._searching.read(item.kind, given)
        if item.is_nested:
            return item.kind(**self.values(taken(item.kind), given, path))
        if item.id_prefix is not None:
            return self._identifier(item.id_prefix, given, path)
        if isinstance(given, (date, datetime)) and not EARLIEST <= given.year <= LATEST:
            self._report(invalid("date_out_of_range", *path, earliest=str(EARLIEST), latest=str(LATEST)))
        return given

    def _identifiers(self, prefix: str, given: list[str], path: tuple[str, ...]) -> tuple[UUID | None, ...]:
        """There may be thousands of them, nearly always sound."""
        try:
            return tuple([ids.internal(prefix, each) for each in given])
        except ValueError:
            return tuple(self._identifier(prefix, each, (*path, str(place))) for place, each in enumerate(given))

    def _identifier(self, prefix: str, given: str, path: tuple[str, ...]) -> UUID | None:
        try:
            return ids.internal(prefix, given)
        except ValueError:
            self._report(invalid("identifier_malformed", *path))
            return None
