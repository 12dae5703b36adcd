"""Writes collected in a unit of work and flushed together: one statement for any number of rows of any tables."""

import json
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from tortoise.transactions import in_transaction

from domain.database.orm_client import CollectingTransaction

Values = dict[str, object]


@dataclass(frozen=True, kw_only=True)
class WriteStatement:
    """One kind of write, for any number of rows: a statement over `{rows}`, an item of FROM with these values.

    `returns` names the column whose values the flush hands to the unit of work; the statement then ends with RETURNING.
    """

    name: str
    statement: str
    columns: str = ""
    table: str = ""
    returns: str = ""

    def sql(self, parameter: str) -> str:
        """The statement whose rows are the JSON array in `parameter`: typed by `columns`, or as rows of `table`."""
        if self.table:
            rows = f"json_populate_recordset(NULL::{self.table}, {parameter}::json)"
        else:
            rows = f"(SELECT * FROM json_to_recordset({parameter}::json) AS rows ({self.columns}))"
        return self.statement.replace("{rows}", rows)


@dataclass(kw_only=True)
class PendingWrites:
    """Rows to write, by statement, in the order in which the statements were first used.

    The statements of one flush see the database as it was before it. `on_returned` is called with a statement's name
    and what it returned.
    """

    connection: CollectingTransaction
    on_returned: Callable[[str, list[Any]], None] = lambda statement, values: None
    rows: dict[WriteStatement, list[Values]] = field(default_factory=dict)
    _keys: set[object] = field(default_factory=set)

    def add(self, statement: WriteStatement, values: Values) -> None:
        """Collect one row of a statement."""
        self.rows.setdefault(statement, []).append(values)

    async def add_once(self, statement: WriteStatement, key: object, values: Values) -> None:
        """Collect a row of which one flush can hold only one with this key; an earlier one is flushed before."""
        if key in self._keys:
            await self.flush()
        self._keys.add(key)
        self.add(statement, values)

    async def flush(self) -> None:
        """Write everything that was collected, in one statement."""
        if not self.rows:
            return
        collected = self.rows
        self.discard()
        values: list[object] = [encode(rows) for rows in collected.values()]
        (row,) = await self.connection.write(_flush_statement(tuple(collected)), values)
        for statement in collected:
            if statement.returns and row[statement.name]:
                self.on_returned(statement.name, row[statement.name])

    def discard(self) -> None:
        """Forget what was collected."""
        self.rows, self._keys = {}, set()


@asynccontextmanager
async def writing() -> AsyncIterator[PendingWrites]:
    """A transaction of its own that writes, at its end, what was collected in it."""
    async with in_transaction() as connection:
        assert isinstance(connection, CollectingTransaction)
        writes = connection.writes = PendingWrites(connection=connection)
        yield writes
        await writes.flush()


def encode(rows: list[Values]) -> str:
    """Rows as the text of a JSON array."""
    return json.dumps(rows, default=_json_value)


_JSON_VALUES: Mapping[type, Callable[[Any], object]] = {
    UUID: str,
    Decimal: str,
    datetime: datetime.isoformat,
    date: date.isoformat,
    bytes: lambda value: "\\x" + value.hex(),
    frozenset: sorted,
    set: sorted,
}


def _json_value(value: object) -> object:
    convert = _JSON_VALUES.get(type(value))
    return convert(value) if convert else str(value)


_statements: dict[tuple[WriteStatement, ...], str] = {}


def _flush_statement(statements: tuple[WriteStatement, ...]) -> str:
    if statements not in _statements:
        parts = [
            f"{statement.name} AS ({statement.sql(f'${place}')})" for place, statement in enumerate(statements, start=1)
        ]
        returned = [
            f"(SELECT array_agg({statement.name}.{statement.returns}) FROM {statement.name}) AS {statement.name}"
            for statement in statements
            if statement.returns
        ]
        _statements[statements] = f"WITH {', '.join(parts)} SELECT {', '.join(returned) or '1 AS done'}"
    return _statements[statements]
