"""Compilation of fields that read rows of other tables, and of objects within the same row."""

from dataclasses import replace

from graphql import is_non_null_type

from domain.kernel import ids
from schema.compiler.comparisons import Convert, database_value
from schema.compiler.field_call import FieldCall
from schema.compiler.field_context import FieldContext
from schema.compiler.graphql_types import object_type
from schema.compiler.json_text import Fixed, Piece, Varying, literal, parenthesized
from schema.compiler.leaf_values import NON_NULL_VIOLATION_MARK
from schema.compiler.statement import Parameter
from schema.declarations.types import Embedded, Lookup, ToMany, ToOne


def to_one_row(field: FieldContext[ToOne]) -> Piece:
    """At most one row, null when none is visible."""
    order, gtype = field.declaration.order, field.field.type
    body = select_rows(field, "" if order is None else f" ORDER BY {order} LIMIT 1")
    otherwise = NON_NULL_VIOLATION_MARK if is_non_null_type(gtype) else "null"
    return Varying(f"coalesce(({body}), {literal(otherwise)})")


def to_many_rows(field: FieldContext[ToMany]) -> list[Piece]:
    """All rows up to the limit, in the declared order; each part is read in the order of an index."""
    declaration = field.declaration
    size = f"least({declaration.size}, {declaration.limit})" if declaration.size else str(declaration.limit)
    tail = f" ORDER BY {declaration.order} LIMIT {size}"
    via = field.statement.new_alias() if declaration.through else ""
    parts = [select_rows(replace(field, declaration=part), tail, via=via) for part in _parts(declaration)]
    rows = f"ARRAY({parts[0]})"
    if len(parts) > 1:
        listed = " UNION ALL ".join(f"({part})" for part in parts)
        rows = f"(ARRAY({listed}))[1:{field.statement.render(size, field.row.names)}]"
    return [Fixed("["), Varying(f"array_to_string({rows}, ',')"), Fixed("]")]


def _parts(declaration: ToMany) -> list[ToMany]:
    """The rows that come first and then the others, or all of them where none comes first."""
    on, first = declaration.on, declaration.first
    conditions = [on] if first is None else [f"{on} AND ({first})", f"{on} AND ({first}) IS NOT TRUE"]
    return [replace(declaration, on=condition) for condition in conditions]


def lookup_row(field: FieldContext[Lookup]) -> Piece:
    """The row that an argument names."""
    statement, declaration = field.statement, field.declaration
    number = statement.add_call(FieldCall(field.field, field.nodes[0]))
    name = next(iter(field.field.args))
    convert, sql_type = _argument(declaration)
    value = statement.bind((number, name), lambda inputs: convert(inputs.arguments[number][name]), sql_type)
    on = f"{{t}}.{declaration.column_name} = {declaration.redirect.replace('{value}', value)}"
    return to_one_row(replace(field, declaration=ToOne(source=declaration.source, on=on)))  # type: ignore[arg-type]


def _argument(declaration: Lookup) -> tuple[Convert, str]:
    """The conversion of a lookup's argument for the database, and its SQL type; no identifier finds nothing."""
    prefix = declaration.id_prefix
    if prefix is None:
        return database_value, declaration.sql_type
    return lambda outside: ids.internal_or_none(prefix, outside), "uuid"


def embedded_object(field: FieldContext[Embedded]) -> list[Piece]:
    """An object of the same row; a nullable one is null when its condition does not hold."""
    statement, declaration, gtype = field.statement, field.declaration, field.field.type
    parts = {name: parenthesized(statement.render(sql, field.row.names)) for name, sql in declaration.parts.items()}
    inner = field.row.with_parts(parts)
    if declaration.arguments:
        inner = inner.with_arguments(_bound_arguments(field))
    if is_non_null_type(gtype):
        named = object_type(gtype)
        return field.compile_members(named, field.selections.below(field.nodes, named), inner)
    condition = declaration.when or f"{next(iter(parts.values()), 'TRUE')} IS NOT NULL"
    whole = field.object_sql(gtype, field.nodes, inner)
    return [Varying(f"CASE WHEN {statement.render(condition, inner.names)} THEN {whole} ELSE 'null' END")]


def _bound_arguments(field: FieldContext[Embedded]) -> dict[str, str]:
    """The parameters that carry the arguments of an object, by their names."""
    number = field.statement.add_call(FieldCall(field.field, field.nodes[0]))
    return {
        name: field.statement.bind((number, name), _argument_reader(number, name), sql_type)
        for name, sql_type in field.declaration.arguments.items()
    }


def _argument_reader(number: int, name: str) -> Parameter:
    return lambda inputs: inputs.arguments[number][name]


def select_rows(
    field: FieldContext[ToOne] | FieldContext[ToMany],
    tail: str = "",
    *,
    via: str = "",
    before: str = "",
    alias: str = "",
) -> str:
    """The statement for the JSON of the visible rows; `before` is what it selects ahead of that, over `{t}`."""
    statement, declaration = field.statement, field.declaration
    aliases = {"t": statement.new_alias(), "p": field.row.alias} | ({"v": via} if via else {})
    names = {**field.row.arguments, **aliases}
    inner = field.row.child(declaration.source, names)
    visible = statement.visibility_condition(declaration.source, declaration.on, names, field.row.source)
    selected = field.object_sql(field.field.type, field.nodes, inner)
    table = f"{declaration.source.table} {inner.alias}"
    if isinstance(declaration, ToMany) and declaration.through:
        table = f"{declaration.through} {via}, {table}"
    ahead, after = statement.render(before, inner.names), statement.render(tail, inner.names)
    return f"SELECT {ahead}{selected}{alias} FROM {table} WHERE {visible}{after}"
