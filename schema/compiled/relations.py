"""Rows of other sources below a row, and objects made of the row itself."""

from typing import TYPE_CHECKING

from graphql import (
    FieldNode,
    GraphQLField,
    GraphQLOutputType,
    is_non_null_type,
)

from schema.compiled.arguments import Call
from schema.compiled.conditions import operand
from schema.compiled.declarations import Entry, Group, ToMany, ToOne
from schema.compiled.gtypes import object_type
from schema.compiled.leaves import PROMISE_BROKEN
from schema.compiled.text import Fixed, Piece, Varying, in_parentheses, literal

if TYPE_CHECKING:
    from schema.compiled.compiler import Compiler, Row


def one(
    compiler: "Compiler", declaration: ToOne, gtype: GraphQLOutputType, nodes: list[FieldNode], row: "Row"
) -> Piece:
    """At most one row, null when none is in sight."""
    tail = "" if declaration.order is None else f" ORDER BY {declaration.order} LIMIT 1"
    body = _rows(compiler, declaration, gtype, nodes, row, tail)
    otherwise = PROMISE_BROKEN if is_non_null_type(gtype) else "null"
    return Varying(f"coalesce(({body}), {literal(otherwise)})")


def many(
    compiler: "Compiler", declaration: ToMany, gtype: GraphQLOutputType, nodes: list[FieldNode], row: "Row"
) -> list[Piece]:
    """All rows up to the limit, in the declared order."""
    tail = f" ORDER BY {declaration.order} LIMIT {declaration.limit}"
    via = compiler.statement.alias() if declaration.through else ""
    body = _rows(compiler, declaration, gtype, nodes, row, tail, via)
    return [Fixed("["), Varying(f"array_to_string(ARRAY({body}), ',')"), Fixed("]")]


def entry(compiler: "Compiler", declaration: Entry, gfield: GraphQLField, nodes: list[FieldNode], row: "Row") -> Piece:
    """The row an argument names."""
    statement = compiler.statement
    number = statement.call(Call(gfield, nodes[0]))
    name = next(iter(gfield.args))
    convert, sql_type = operand(declaration.sql_type, declaration.id_prefix)
    value = statement.bind((number, name), lambda inputs: convert(inputs.arguments[number][name]), sql_type)
    on = f"{{t}}.{declaration.by} = {value}"
    return one(compiler, ToOne(source=declaration.source, on=on), gfield.type, nodes, row)


def group(
    compiler: "Compiler", declaration: Group, gtype: GraphQLOutputType, nodes: list[FieldNode], row: "Row"
) -> list[Piece]:
    """An object of the same row; a nullable one is null when its condition does not hold."""
    statement = compiler.statement
    parts = {name: in_parentheses(statement.render(sql, row.names)) for name, sql in declaration.parts.items()}
    inner = row.with_parts(parts)
    if is_non_null_type(gtype):
        named = object_type(gtype)
        return compiler.members(named, compiler.selections.below(nodes, named), inner)
    condition = declaration.when or f"{next(iter(parts.values()), 'TRUE')} IS NOT NULL"
    whole = compiler.object(gtype, nodes, inner)
    return [Varying(f"CASE WHEN {statement.render(condition, inner.names)} THEN {whole} ELSE 'null' END")]


def _rows(
    compiler: "Compiler",
    declaration: ToOne | ToMany,
    gtype: GraphQLOutputType,
    nodes: list[FieldNode],
    row: "Row",
    tail: str,
    via: str = "",
) -> str:
    statement = compiler.statement
    names = {"t": statement.alias(), "p": row.alias} | ({"v": via} if via else {})
    inner = row.child(declaration.source, names)
    visible = statement.visible(declaration.source, declaration.on, names, row.source)
    selected = compiler.object(gtype, nodes, inner)
    source = f"{declaration.source.table} {inner.alias}"
    if isinstance(declaration, ToMany) and declaration.through:
        source = f"{declaration.through} {via}, {source}"
    return f"SELECT {selected} FROM {source} WHERE {visible}{statement.render(tail, inner.names)}"
