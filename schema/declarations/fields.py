"""Functions that declare, in the body of a GraphQL type, where the value of a field comes from.

All SQL may use `{t}` for the row's own alias, `{now}` for the database's instant, and `{account}`, `{member}`,
`{customers}`, `{order}`, `{delivery}` and `{language}` of the actor; relations may also use `{p}` for the parent's
alias. The scope of the source alone decides which rows are visible.

`only_for` names the kinds of actors for whom a field has a value; for all others it is null, so its type must be
nullable. The type of a field decides its JSON: `ID`, `str`, `int`, `bool`, `float`, `date`, `datetime`, `Decimal`,
`JSON`, enums (stored by the member's name) and lists of these. A non-null field must never be null.
"""

from collections.abc import Collection, Mapping
from typing import Any

import strawberry
from strawberry.types.arguments import StrawberryArgument

from domain.access.scoped_table import ScopedTable
from domain.kernel.actors import ActorKind
from schema.declarations.arguments import field_argument as field_argument
from schema.declarations.arguments import filter_field as filter_field
from schema.declarations.arguments import page_arguments
from schema.declarations.declared_field import DeclaredField
from schema.declarations.ordering import ordering as ordering
from schema.declarations.ordering import sort_key as sort_key
from schema.declarations.types import (
    ActorKinds,
    Column,
    Computation,
    Computed,
    Connection,
    ConnectionField,
    Declaration,
    Embedded,
    LoadedById,
    Lookup,
    Ordering,
    ToMany,
    ToOne,
)

EVERY_ROW = "TRUE"


def column(
    sql: str | None = None,
    *,
    description: str,
    id_prefix: str | None = None,
    sql_by_parent: Mapping[ScopedTable, str] | None = None,
    only_for: Collection[ActorKind] | None = None,
) -> Any:
    """A value of the row: an expression over `{t}`, or the column named like the attribute.

    With `id_prefix` the value is a uuid written as an identifier of the API: `ord_0197…`. `sql_by_parent` gives a
    faster expression with the same value, over `{t}` and `{p}`, for rows reached from a row of that source.
    """
    return _declared(
        Column(sql=sql, id_prefix=id_prefix, sql_by_parent=sql_by_parent or {}, only_for=_actor_kinds(only_for)),
        description,
    )


def to_one(
    source: ScopedTable,
    *,
    on: str,
    description: str,
    order: str | None = None,
    only_for: Collection[ActorKind] | None = None,
) -> Any:
    """At most one row of another source: `to_one(CUSTOMERS, on="{t}.id = {p}.customer_id")`.

    `order` picks the first of several: `order="{t}.id DESC"` is the latest. The type is nullable whenever the other row
    may be invisible to the actor.
    """
    return _declared(ToOne(source=source, on=on, order=order, only_for=_actor_kinds(only_for)), description)


def to_many(
    source: ScopedTable,
    *,
    on: str,
    order: str,
    description: str,
    limit: int = 100,
    through: str | None = None,
    size: str | None = None,
    first: str | None = None,
    only_for: Collection[ActorKind] | None = None,
) -> Any:
    """All rows that belong to this one, for lists that stay short; others are connections.

    The list ends silently at `limit`, which counts in the cost of a query (as at most 10), or at the `size` that SQL
    gives. `through` names a table that holds each pair of a row and this one once; its alias in `on` is `{v}`. Rows
    for which `first` holds come before all others, so that an index of `order` finds these.
    """
    declaration = ToMany(
        source=source,
        on=on,
        order=order,
        limit=limit,
        through=through,
        size=size,
        first=first,
        only_for=_actor_kinds(only_for),
    )
    return _declared(declaration, description)


def connection(
    source: ScopedTable,
    *,
    sorts: Ordering,
    description: str,
    on: str = EVERY_ROW,
    filters: type | None = None,
    default_filter: str | None = None,
    sums: str | None = None,
    only_for: Collection[ActorKind] | None = None,
) -> Any:
    """Pages of rows, annotated `Connection[T]`; at the root or below a row (`on` over `{t}` and `{p}`).

    `filters` is a `@strawberry.input` class of `filter_field` fields, `sorts` the result of `ordering`.
    `default_filter` narrows the list over `{t}` while `where` sets no condition: it leaves out what is retired. `sums`
    are the columns of the groups that a connection's `sums` list, over `{t}`; the first names a group.
    """
    declaration = Connection(
        source=source,
        on=on,
        filters=filters,
        sorts=sorts,
        default_filter=default_filter,
        sums=sums,
        only_for=_actor_kinds(only_for),
    )
    return _declared(declaration, description, page_arguments(filters, sorts))


def embedded(
    parts: Mapping[str, str] | None = None,
    /,
    *,
    description: str,
    when: str | None = None,
    arguments: Collection[tuple[StrawberryArgument, str]] = (),
    only_for: Collection[ActorKind] | None = None,
    **named_parts: str,
) -> Any:
    """An object of the same row, without a table of its own.

    Its fields may use the parts by name: `embedded(cents="{t}.net_cents", currency="{t}.currency")` for a type with
    `column("{currency}")`. A nullable one is null unless `when` holds, or, without `when`, if the first part is null.
    `arguments` come from `field_argument`, each with its SQL type; its fields and lists use them by name.
    """
    every = {**(parts or {}), **named_parts}
    sql_types = {argument.python_name: sql_type for argument, sql_type in arguments}
    declaration = Embedded(parts=every, when=when, arguments=sql_types, only_for=_actor_kinds(only_for))
    return _declared(declaration, description, [argument for argument, _ in arguments])


def computed(
    facts: type | None,
    function: Computation,
    *,
    description: str,
    arguments: Collection[StrawberryArgument] = (),
    only_for: Collection[ActorKind] | None = None,
    when: str | None = None,
    otherwise: str = "null",
) -> Any:
    """A value computed by `function(facts, arguments, context)` from declared facts of the row.

    `arguments` come from `field_argument` and reach the function as a mapping by their Python names. The function
    is pure and quick; it returns a value of the field's type: a leaf, an enum member, an object with the attributes of
    the type's plain fields, or a list of these. For long lists in which few rows have something to compute, the
    condition `when` names those rows; all others have the JSON text `otherwise`, no number.
    """
    declaration = Computed(
        facts=facts, function=function, only_for=_actor_kinds(only_for), when=when, otherwise=otherwise
    )
    return _declared(declaration, description, arguments)


def lookup(
    source: ScopedTable,
    *,
    column_name: str,
    description: str,
    argument: str | None = None,
    id_prefix: str | None = None,
    sql_type: str = "text",
    argument_description: str = "Which one.",
    redirect: str = "{value}",
) -> Any:
    """One row by a unique column: `lookup(ORDERS, column_name="id", id_prefix="ord")`.

    `redirect` is SQL that says, from the `{value}` of the argument, which value the row has that is found.

    The type is nullable: rows that do not exist, rows that are not visible and malformed identifiers are all null.
    """
    name = argument or column_name
    declaration = Lookup(
        source=source,
        column_name=column_name,
        argument=name,
        id_prefix=id_prefix,
        sql_type=sql_type,
        redirect=redirect,
    )
    argument_type: Any = strawberry.ID if id_prefix else _ARGUMENT_TYPES[sql_type]
    return _declared(declaration, description, [field_argument(name, argument_type, description=argument_description)])


def singleton(
    source: ScopedTable, *, where: str, description: str, only_for: Collection[ActorKind] | None = None
) -> Any:
    """The one row that is the actor's own: `singleton(ACCOUNTS, where="{t}.id = {account}")`."""
    return to_one(source, on=where, description=description, only_for=only_for)


def loaded_by_id(
    source: ScopedTable, id_attribute: str, *, description: str, deprecation_reason: str | None = None
) -> Any:
    """An entity on a payload, whose uuid (or None) the payload object carries in `id_attribute`.

    One statement reads the whole selection below, in the scope of the viewer.
    """
    field = _declared(LoadedById(source=source, id_attribute=id_attribute), description)
    field.deprecation_reason = deprecation_reason
    return field


def connection_field(*, description: str) -> Any:
    """A field of `Connection`, `Edge` or `PageInfo`, which the connection fills."""
    return _declared(ConnectionField(), description)


_ARGUMENT_TYPES: dict[str, type] = {"text": str, "int": int, "bigint": int}


def _declared(
    declaration: Declaration, description: str, arguments: Collection[StrawberryArgument] = ()
) -> DeclaredField:
    return DeclaredField.of(declaration, description, list(arguments))


def _actor_kinds(only: Collection[ActorKind] | None) -> ActorKinds | None:
    return None if only is None else frozenset(only)
