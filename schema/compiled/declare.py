"""How fields of GraphQL types say where their values come from.

Used inside `@strawberry.type` classes. All SQL may use `{t}` for the row's own alias, `{now}` for the database's
instant, `{account}`, `{member}`, `{customers}`, `{order}`, `{delivery}` and `{language}` of the actor; relations
also `{p}` for the parent's alias. Which rows exist is decided by the scope of the source, never here.

`only` names the kinds of actors for whom a field has a value; for all others it is null, so its type must be
nullable. Field types say how a value is written: `ID`, `str`, `int`, `bool`, `float`, `date`, `datetime`,
`Decimal`, `JSON`, enums (stored by the member's name) and lists of these; what is not nullable must never be null.
"""

from collections.abc import Collection, Mapping
from typing import Any

import strawberry
from strawberry.types.arguments import StrawberryArgument

from domain.access.scoped_table import ScopedTable
from domain.kernel.actors import ActorKind
from schema.compiled.declarations import (
    Column,
    Computation,
    Computed,
    Connection,
    Declaration,
    Entry,
    Group,
    Kinds,
    Loaded,
    Ordering,
    Part,
    ToMany,
    ToOne,
)
from schema.compiled.field_arguments import filtered as filtered
from schema.compiled.field_arguments import page_arguments
from schema.compiled.field_arguments import takes as takes
from schema.compiled.fields import DeclaredField
from schema.compiled.ordering import by as by
from schema.compiled.ordering import ordering as ordering

EVERY_ROW = "TRUE"


def column(
    sql: str | None = None,
    *,
    description: str,
    id_prefix: str | None = None,
    below: Mapping[ScopedTable, str] | None = None,
    only: Collection[ActorKind] | None = None,
) -> Any:
    """A value of the row: an expression over `{t}`, or the column named like the attribute.

    With `id_prefix` the value is a uuid written as an identifier of the API: `ord_0197…`. What is quicker to tell
    when the row was reached from a row `{p}` of another source says so in `below`: the same value, over both.
    """
    return _declared(Column(sql=sql, id_prefix=id_prefix, below=below or {}, only=_kinds(only)), description)


def to_one(
    source: ScopedTable,
    *,
    on: str,
    description: str,
    order: str | None = None,
    only: Collection[ActorKind] | None = None,
) -> Any:
    """At most one row of another source: `to_one(CUSTOMERS, on="{t}.id = {p}.customer_id")`.

    With `order` the first of several: `order="{t}.id DESC"` is the latest. The type is nullable whenever the
    other row may be out of somebody's sight.
    """
    return _declared(ToOne(source=source, on=on, order=order, only=_kinds(only)), description)


def to_many(
    source: ScopedTable,
    *,
    on: str,
    order: str,
    description: str,
    limit: int = 100,
    through: str | None = None,
    only: Collection[ActorKind] | None = None,
) -> Any:
    """All rows that belong to this one, for lists that stay short; others are connections.

    The list ends silently at `limit`, which counts in the cost of a query (as at most 10). `through` names a table
    that holds each pair of a row and this one once; its alias in `on` is `{v}`.
    """
    declaration = ToMany(source=source, on=on, order=order, limit=limit, through=through, only=_kinds(only))
    return _declared(declaration, description)


def connection(
    source: ScopedTable,
    *,
    sorts: Ordering,
    description: str,
    on: str = EVERY_ROW,
    filters: type | None = None,
    usually: str | None = None,
    only: Collection[ActorKind] | None = None,
) -> Any:
    """Pages of rows, annotated `Connection[T]`; at the root or below a row (`on` over `{t}` and `{p}`).

    `filters` is a `@strawberry.input` class of `filtered` fields, `sorts` what `ordering` returns. `usually` narrows
    the list over `{t}` as long as `where` asks for nothing: what is retired is listed for those who ask.
    """
    declaration = Connection(source=source, on=on, filters=filters, sorts=sorts, usually=usually, only=_kinds(only))
    return _declared(declaration, description, page_arguments(filters, sorts))


def group(
    parts: Mapping[str, str] | None = None,
    /,
    *,
    description: str,
    when: str | None = None,
    only: Collection[ActorKind] | None = None,
    **named_parts: str,
) -> Any:
    """An object of the same row without a table of its own.

    Its fields may use the parts by name: `group(cents="{t}.net_cents", currency="{t}.currency")` for a type with
    `column("{currency}")`. Where the type is nullable it is null unless `when` holds, or, without `when`, if
    the first part is null.
    """
    every = {**(parts or {}), **named_parts}
    return _declared(Group(parts=every, when=when, only=_kinds(only)), description)


def computed(
    facts: type | None,
    function: Computation,
    *,
    description: str,
    arguments: Collection[StrawberryArgument] = (),
    only: Collection[ActorKind] | None = None,
    when: str | None = None,
    otherwise: str = "null",
) -> Any:
    """A value computed by `function(facts, arguments, moment)` from declared facts of the row.

    `arguments` of the field come from `takes`, and reach the function as a mapping by their Python names. The
    function is pure and quick; it returns what the field's type says: a leaf, an enum member, an object with
    the attributes of the type's plain fields, or a list of these. For long lists in which few rows have something to
    compute, the condition `when` names those; all others have the JSON text `otherwise`.
    """
    declaration = Computed(facts=facts, function=function, only=_kinds(only), when=when, otherwise=otherwise)
    return _declared(declaration, description, arguments)


def entry(
    source: ScopedTable,
    *,
    by: str,
    description: str,
    argument: str | None = None,
    id_prefix: str | None = None,
    sql_type: str = "text",
    argument_description: str = "Which one.",
) -> Any:
    """One row by a unique column: `entry(ORDERS, by="id", id_prefix="ord")`, `entry(ORDERS, by="number")`.

    The type is nullable: what does not exist, what may not be seen and what is no identifier are all null.
    """
    name = argument or by
    declaration = Entry(source=source, by=by, argument=name, id_prefix=id_prefix, sql_type=sql_type)
    argument_type: Any = strawberry.ID if id_prefix else _PYTHON_TYPES[sql_type]
    return _declared(declaration, description, [takes(name, argument_type, description=argument_description)])


def singleton(source: ScopedTable, *, where: str, description: str, only: Collection[ActorKind] | None = None) -> Any:
    """The one row that is the actor's own: `singleton(ACCOUNTS, where="{t}.id = {account}")`."""
    return to_one(source, on=where, description=description, only=only)


def loaded(source: ScopedTable, id_attribute: str, *, description: str) -> Any:
    """An entity on a payload: the payload object carries its uuid (or None) in `id_attribute`.

    The whole selection below is read by one statement, in the scope of the viewer.
    """
    return _declared(Loaded(source=source, id_attribute=id_attribute), description)


def part(*, description: str) -> Any:
    """A field of `Connection`, `Edge` and `PageInfo`, which the connection itself fills."""
    return _declared(Part(), description)


_PYTHON_TYPES: dict[str, type] = {"text": str, "int": int, "bigint": int}


def _declared(
    declaration: Declaration, description: str, arguments: Collection[StrawberryArgument] = ()
) -> DeclaredField:
    return DeclaredField.of(declaration, description, list(arguments))


def _kinds(only: Collection[ActorKind] | None) -> Kinds | None:
    return None if only is None else frozenset(only)
