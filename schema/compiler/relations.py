"""Rows of other sources below a row, and objects made of the row itself."""

from typing import TYPE_CHECKING

from graphql import (
    FieldNode,
    GraphQLField,
    GraphQLOutputType,
    is_non_null_type,
)

from schema.compiler.conditions import operand
from schema.compiler.field_call import FieldCall
from schema.compiler.graphql_types import object_type
from schema.compiler.json_text import Fixed, Piece, Varying, literal, parenthesized
from schema.compiler.leaf_values import NON_NULL_VIOLATION_MARK
from schema.declarations.types import Embedded, Lookup, ToMany, ToOne

if TYPE_CHECKING:
    from schema.compiler.object_compiler import ObjectCompiler, Row


def to_one_row(
    compiler: "ObjectCompiler", declaration: ToOne, gtype: GraphQLOutputType, nodes: list[FieldNode], row: "Row"
) -> Piece:
    """At most one row, null when none is in sight."""
    tail = "" if declaration.order is None else f" ORDER BY {declaration.order} LIMIT 1"
    body = _select_rows(compiler, declaration, gtype, nodes, row, tail)
    otherwise = NON_NULL_VIOLATION_MARK if is_non_null_type(gtype) else "null"
    return Varying(f"coalesce(({body}), {literal(otherwise)})")


def to_many_rows(
    compiler: "ObjectCompiler", declaration: ToMany, gtype: GraphQLOutputType, nodes: list[FieldNode], row: "Row"
) -> list[Piece]:
    """All rows up to the limit, in the declared order."""
    tail = f" ORDER BY {declaration.order} LIMIT {declaration.limit}"
    via = compiler.statement.new_alias() if declaration.through else ""
    body = _select_rows(compiler, declaration, gtype, nodes, row, tail, via)
    return [Fixed("["), Varying(f"array_to_string(ARRAY({body}), ',')"), Fixed("]")]


def lookup_row(
    compiler: "ObjectCompiler", declaration: Lookup, gfield: GraphQLField, nodes: list[FieldNode], row: "Row"
) -> Piece:
    """The row an argument names."""
    statement = compiler.statement
    number = statement.add_call(FieldCall(gfield, nodes[0]))
    name = next(iter(gfield.args))
    convert, sql_type = operand(declaration.sql_type, declaration.id_prefix)
    value = statement.bind((number, name), lambda inputs: convert(inputs.arguments[number][name]), sql_type)
    on = f"{{t}}.{declaration.column_name} = {value}"
    return to_one_row(compiler, ToOne(source=declaration.source, on=on), gfield.type, nodes, row)


def embedded_object(
    compiler: "ObjectCompiler", declaration: Embedded, gtype: GraphQLOutputType, nodes: list[FieldNode], row: "Row"
) -> list[Piece]:
    """An object of the same row; a nullable one is null when its condition does not hold."""
    statement = compiler.statement
    parts = {name: parenthesized(statement.render(sql, row.names)) for name, sql in declaration.parts.items()}
    inner = row.with_parts(parts)
    if is_non_null_type(gtype):
        named = object_type(gtype)
        return compiler.members(named, compiler.selections.below(nodes, named), inner)
    condition = declaration.when or f"{next(iter(parts.values()), 'TRUE')} IS NOT NULL"
    whole = compiler.object_sql(gtype, nodes, inner)
    return [Varying(f"CASE WHEN {statement.render(condition, inner.names)} THEN {whole} ELSE 'null' END")]


def _select_rows(
    compiler: "ObjectCompiler",
    declaration: ToOne | ToMany,
    gtype: GraphQLOutputType,
    nodes: list[FieldNode],
    row: "Row",
    tail: str,
    via: str = "",
) -> str:
    statement = compiler.statement
    names = {"t": statement.new_alias(), "p": row.alias} | ({"v": via} if via else {})
    inner = row.child(declaration.source, names)
    visible = statement.visibility_condition(declaration.source, declaration.on, names, row.source)
    selected = compiler.object_sql(gtype, nodes, inner)
    source = f"{declaration.source.table} {inner.alias}"
    if isinstance(declaration, ToMany) and declaration.through:
        source = f"{declaration.through} {via}, {source}"
    return f"SELECT {selected} FROM {source} WHERE {visible}{statement.render(tail, inner.names)}"
