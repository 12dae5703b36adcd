"""Facts: plain values that guards evaluate, filled by one SQL expression each."""

import json
import types
from collections.abc import Callable, Sequence
from dataclasses import field, fields, is_dataclass, make_dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import Enum
from functools import partial
from typing import Any, Protocol, TypeVar, Union, get_args, get_origin, get_type_hints
from uuid import UUID

from tortoise.backends.base.client import BaseDBAsyncClient

from domain.access.scoped_table import ScopedTable
from domain.kernel.money import Cents

F = TypeVar("F")
Reader = Callable[[Any], Any]
PARSERS: dict[Any, Reader] = {
    UUID: UUID,
    Decimal: lambda value: Decimal(str(value)),
    datetime: datetime.fromisoformat,
    date: date.fromisoformat,
    Cents: lambda value: value if isinstance(value, int) else Decimal(str(value)),
}

_known_readers: dict[type[Any], tuple[Reader, ...]] = {}


class HasFacts(Protocol):
    """What facts are declared on: a lifecycle, whose rows its scope names."""

    @property
    def facts(self) -> type: ...

    @property
    def scope(self) -> ScopedTable: ...


def fact(sql: str) -> Any:
    """Declare a field of a facts class: an expression over the row's alias `{t}`."""
    return field(metadata={"sql": sql})


def embedded_facts(facts: type) -> Any:
    """Declare a field that holds several facts of the same row."""
    return fact(select(facts, "{t}"))


def related_facts(facts: type, source: str) -> Any:
    """Declare a field that holds the facts of one other row, or nothing where there is none.

    `source` is what follows FROM, over the alias `{r}` of that row and `{t}`.
    """
    alias = f"{facts.__name__.lower()}_"
    return fact(f"(SELECT {select(facts, alias)} FROM {source.replace('{r}', alias)})")


def select(facts: type, alias: str) -> str:
    """SQL for one row's facts as a JSON array, in the order of the class's fields."""
    expressions = [item.metadata["sql"].replace("{t}", alias) for item in fields(facts)]
    return f"json_build_array({', '.join(expressions)})"


def read(facts: type[F], values: Sequence[object]) -> F:
    """Build the facts from one JSON array as `select` writes it."""
    return facts(*(reader(value) for reader, value in zip(_readers(facts), values, strict=True)))


def parse(facts: type[F], text: str) -> F:
    """Build the facts from the text of a JSON array."""
    return read(facts, json.loads(text))


def grouped(facts: type, table: str) -> str:
    """SQL for those rows of a table whose ids are `$1`: the text of facts, and the ids of all rows that share them."""
    return f"""SELECT found.facts, array_agg(found.id) AS ids FROM (
        SELECT t.id, {select(facts, "t")}::text AS facts FROM {table} t WHERE t.id = ANY($1::uuid[])) found
    GROUP BY found.facts"""


async def read_facts(connection: BaseDBAsyncClient, lifecycle: HasFacts, row_id: UUID) -> Any:
    """Read the facts of one row as guards evaluate them; the row exists."""
    statement = f"SELECT {select(lifecycle.facts, 't')}::text AS facts FROM {lifecycle.scope.table} t WHERE t.id = $1"
    (row,) = await connection.execute_query_dict(statement, [row_id])
    return parse(lifecycle.facts, row["facts"])


def facts_subset(whole: type, *names: str) -> type:
    """A class with some fields of a facts class, so that a page of rows selects no more than a rule needs."""
    hints, declared = get_type_hints(whole), {item.name: item.metadata["sql"] for item in fields(whole)}
    kept = [(name, hints[name], fact(declared[name])) for name in names]
    return make_dataclass(f"Some{whole.__name__}", kept, frozen=True)


def _readers(facts: type[Any]) -> tuple[Reader, ...]:
    if facts not in _known_readers:
        hints = get_type_hints(facts)
        _known_readers[facts] = tuple(_reader(hints[item.name]) for item in fields(facts))
    return _known_readers[facts]


def _reader(hint: Any) -> Reader:
    origin = get_origin(hint)
    if hint in PARSERS:
        return PARSERS[hint]
    if origin in (Union, types.UnionType):
        return _optional(_reader(next(arm for arm in get_args(hint) if arm is not type(None))))
    if origin is tuple:
        return _several(_reader(get_args(hint)[0]))
    if is_dataclass(hint) and isinstance(hint, type):
        return partial(read, hint)
    if isinstance(hint, type) and issubclass(hint, Enum):
        return hint
    return _unchanged


def _optional(reader: Reader) -> Reader:
    return lambda value: None if value is None else reader(value)


def _several(reader: Reader) -> Reader:
    return lambda values: tuple(reader(value) for value in values or ())


def _unchanged(value: Any) -> Any:
    return value
