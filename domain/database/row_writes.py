"""Rows of the ORM's models as collected writes, derived from the models: a new column needs nothing here."""

from functools import cache
from typing import Any

from tortoise.backends.base.client import BaseDBAsyncClient
from tortoise.fields import JSONField

from domain.database.pending_writes import PendingWrites, Values, WriteStatement
from domain.kernel.base_model import Model

INSERT = "INSERT INTO {table} ({names}) SELECT {names} FROM {{rows}} AS new"
UPDATE = "UPDATE {table} AS old SET {assignments} FROM {{rows}} AS new WHERE old.id = new.id"


def select_columns(model: Any, alias: str) -> str:
    """SQL: every column of the model, as `load` takes them."""
    return ", ".join(f'{alias}."{column}"' for column in model._meta.fields_db_projection.values())


def load(model: Any, record: dict[str, Any]) -> Any:
    """The row of a record that has the model's columns; `update` finds later what was changed in it."""
    row = model._init_from_db(**{column: record[column] for column in model._meta.fields_db_projection.values()})
    object.__setattr__(row, "loaded_values", _values(row))
    return row


async def load_rows(connection: BaseDBAsyncClient, model: Any, condition: str, *values: object) -> list[Any]:
    """The rows `t` of a model that meet a condition, which may end in an order, as `update` takes them."""
    statement = f"SELECT {select_columns(model, 't')} FROM {model._meta.db_table} t WHERE {condition}"
    return [load(model, record) for record in await connection.execute_query_dict(statement, [*values])]


def insert(writes: PendingWrites, row: Model) -> None:
    """Collect a new row."""
    model: Any = type(row)
    row._saved_in_db = True
    writes.add(_insert_statement(model), {column: _db_value(row, name) for name, column in _columns(model)})


async def update(writes: PendingWrites, row: Any) -> None:
    """Collect the columns of a loaded row that were changed since; nothing when none was."""
    model: Any = type(row)
    loaded = row.loaded_values
    now = _values(row)
    changed = tuple((name, column) for name, column in _columns(model) if now[name] != loaded[name])
    if changed:
        values: Values = {"id": row.id} | {column: _db_value(row, name) for name, column in changed}
        await writes.add_once(_update_statement(model, tuple(column for _, column in changed)), (model, row.id), values)
        object.__setattr__(row, "loaded_values", now)


def _values(row: Any) -> dict[str, Any]:
    """The values of all columns; lists and mappings are copied, so that a change in place is noticed."""
    model: Any = type(row)
    found = {name: getattr(row, name) for name, _ in _columns(model)}
    return {name: value.copy() if isinstance(value, list | dict) else value for name, value in found.items()}


def _db_value(row: Any, name: str) -> object:
    column, value = row._meta.fields_map[name], getattr(row, name)
    return value if value is None or isinstance(column, JSONField) else column.to_db_value(value, row)


@cache
def _columns(model: Any) -> tuple[tuple[str, str], ...]:
    return tuple(model._meta.fields_db_projection.items())


@cache
def _insert_statement(model: Any) -> WriteStatement:
    table = model._meta.db_table
    names = ", ".join(f'"{column}"' for _, column in _columns(model))
    return WriteStatement(name=f"new_{table}", table=table, statement=INSERT.format(table=table, names=names))


@cache
def _update_statement(model: Any, changed: tuple[str, ...]) -> WriteStatement:
    table = model._meta.db_table
    assignments = ", ".join(f'"{column}" = new."{column}"' for column in changed)
    name = f"changed_{table}_{'_'.join(str(place) for place in _places(model, changed))}"
    return WriteStatement(name=name, table=table, statement=UPDATE.format(table=table, assignments=assignments))


def _places(model: type[Model], changed: tuple[str, ...]) -> list[int]:
    order = [column for _, column in _columns(model)]
    return [order.index(column) for column in changed]
