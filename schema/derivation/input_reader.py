"""Conversion of a GraphQL input to a move's input class; identifiers become uuids."""

from collections.abc import Callable, Iterable
from datetime import date, datetime
from typing import Any
from uuid import UUID

import strawberry

from domain.engine.inputs import MAX_YEAR, MIN_YEAR
from domain.engine.lifecycle import Lifecycle
from domain.kernel import ids
from domain.kernel.amendments import ABSENT
from domain.kernel.errors import Code, Refusal, Refused, invalid
from domain.kernel.malformed_ids import KEEPS_MALFORMED, MalformedId
from schema.derivation.input_fields import InputField, input_fields
from schema.derivation.search_inputs import SearchInputs

MAX_KEY_LENGTH = 200

Report = Callable[[Refusal], None]


def subject_id(lifecycle: Lifecycle, external_id: str, field: str) -> UUID:
    """The id of the row of a move; a malformed identifier is `Refused` like one that does not exist."""
    try:
        return ids.internal(lifecycle.id_prefix, external_id)
    except ValueError:
        raise Refused(Refusal(Code.NOT_FOUND, "not_found", path=(field,))) from None


def read_idempotency_key(input_object: Any) -> str | None:
    """The idempotency key; `Refused` when it is empty or too long."""
    key: str | None = input_object.idempotency_key
    if key is None:
        return None
    if not key.strip():
        raise Refused(invalid("text_too_small", "idempotency_key", least=1))
    if len(key) > MAX_KEY_LENGTH:
        raise Refused(invalid("text_too_large", "idempotency_key", most=MAX_KEY_LENGTH))
    return key


def read_input(
    input_class: type | None, input_object: Any, fields: Iterable[InputField], search_inputs: SearchInputs
) -> Any:
    """Build a move's input; raises `Refused` with every field that cannot be read."""
    if input_class is None:
        return None
    refusals: list[Refusal] = []
    values = _InputReader(search_inputs, refusals.append).values(fields, input_object, ())
    if refusals:
        raise Refused(*refusals)
    return input_class(**values)


class _InputReader:
    def __init__(self, search_inputs: SearchInputs, report: Report) -> None:
        self._search_inputs, self._report = search_inputs, report

    def values(self, items: Iterable[InputField], input_object: Any, path: tuple[str, ...]) -> dict[str, Any]:
        return {item.name: self._value(item, getattr(input_object, item.name), (*path, item.name)) for item in items}

    def _value(self, item: InputField, value: Any, path: tuple[str, ...]) -> Any:
        if value is strawberry.UNSET:
            return ABSENT
        if value is None:
            return None
        if item.is_list and item.id_prefix is not None:
            return self._identifiers(item, item.id_prefix, value, path)
        if item.is_list:
            return tuple(self._one(item, entry, (*path, str(index))) for index, entry in enumerate(value))
        return self._one(item, value, path)

    def _one(self, item: InputField, value: Any, path: tuple[str, ...]) -> Any:
        if self._search_inputs.handles(item.python_type):
            return self._search_inputs.read(item.python_type, value)
        if item.is_nested:
            return item.python_type(**self.values(input_fields(item.python_type), value, path))
        if item.id_prefix is not None:
            return self._identifier(item.id_prefix, value, path)
        if isinstance(value, (date, datetime)) and not MIN_YEAR <= value.year <= MAX_YEAR:
            self._report(invalid("date_out_of_range", *path, earliest=str(MIN_YEAR), latest=str(MAX_YEAR)))
        return value

    def _identifiers(
        self, item: InputField, prefix: str, values: list[str], path: tuple[str, ...]
    ) -> tuple[UUID | None, ...]:
        """Read the whole list at once, which is quick for thousands; only a malformed one costs a second pass."""
        try:
            return tuple([ids.internal(prefix, each) for each in values])
        except ValueError:
            if item.bounds.get(KEEPS_MALFORMED):
                return tuple(_identifier_or_malformed(prefix, each) for each in values)
            return tuple(self._identifier(prefix, each, (*path, str(index))) for index, each in enumerate(values))

    def _identifier(self, prefix: str, value: str, path: tuple[str, ...]) -> UUID | None:
        try:
            return ids.internal(prefix, value)
        except ValueError:
            self._report(invalid("identifier_malformed", *path))
            return None


def _identifier_or_malformed(prefix: str, value: str) -> UUID:
    try:
        return ids.internal(prefix, value)
    except ValueError:
        return MalformedId(value)
