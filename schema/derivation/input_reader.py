"""From a GraphQL input to what a move takes: identifiers are read, everything else is passed on."""

from collections.abc import Callable, Iterable
from datetime import date, datetime
from typing import Any
from uuid import UUID

from domain.engine.lifecycle import Lifecycle
from domain.kernel import ids
from domain.kernel.errors import Code, Refusal, Refused, invalid
from schema.derivation.input_fields import InputField, input_fields
from schema.derivation.search_inputs import SearchInputs

MIN_YEAR, MAX_YEAR = 1990, 2199
MAX_KEY_LENGTH = 200

Report = Callable[[Refusal], None]


def subject_id(lifecycle: Lifecycle, outside: str, field: str) -> UUID:
    """The row a move is about; a malformed identifier looks like one that does not exist."""
    try:
        return ids.internal(lifecycle.id_prefix, outside)
    except ValueError:
        raise Refused(Refusal(Code.NOT_FOUND, "not_found", path=(field,))) from None


def read_idempotency_key(given: Any) -> str | None:
    """The idempotency key; refused when it is empty or too long."""
    key: str | None = given.idempotency_key
    if key is None:
        return None
    if not key.strip():
        raise Refused(invalid("text_too_small", "idempotency_key", least=1))
    if len(key) > MAX_KEY_LENGTH:
        raise Refused(invalid("text_too_large", "idempotency_key", most=MAX_KEY_LENGTH))
    return key


def read_input(input_class: type | None, given: Any, chosen: Iterable[InputField], searching: SearchInputs) -> Any:
    """Build what a move takes from its input; raises `Refused` naming every field that cannot be read."""
    if input_class is None:
        return None
    flaws: list[Refusal] = []
    values = _InputReader(searching, flaws.append).values(chosen, given, ())
    if flaws:
        raise Refused(*flaws)
    return input_class(**values)


class _InputReader:
    def __init__(self, searching: SearchInputs, report: Report) -> None:
        self._searching, self._report = searching, report

    def values(self, items: Iterable[InputField], given: Any, path: tuple[str, ...]) -> dict[str, Any]:
        return {item.name: self._value(item, getattr(given, item.name), (*path, item.name)) for item in items}

    def _value(self, item: InputField, given: Any, path: tuple[str, ...]) -> Any:
        if given is None:
            return None
        if item.is_list and item.id_prefix is not None:
            return self._identifiers(item.id_prefix, given, path)
        if item.is_list:
            return tuple(self._one(item, entry, (*path, str(place))) for place, entry in enumerate(given))
        return self._one(item, given, path)

    def _one(self, item: InputField, given: Any, path: tuple[str, ...]) -> Any:
        if self._searching.handles(item.python_type):
            return self._searching.read(item.python_type, given)
        if item.is_nested:
            return item.python_type(**self.values(input_fields(item.python_type), given, path))
        if item.id_prefix is not None:
            return self._identifier(item.id_prefix, given, path)
        if isinstance(given, (date, datetime)) and not MIN_YEAR <= given.year <= MAX_YEAR:
            self._report(invalid("date_out_of_range", *path, earliest=str(MIN_YEAR), latest=str(MAX_YEAR)))
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
