"""SQL for the JSON of one value of a row, by its GraphQL type."""

from dataclasses import dataclass

from graphql import (
    GraphQLList,
    GraphQLOutputType,
    get_named_type,
    get_nullable_type,
    is_enum_type,
    is_non_null_type,
)

from schema.compiler.json_text import QUALIFIED_NAME, Fixed, Piece, Varying, concat, literal, parenthesized
from schema.declarations.errors import InvalidDeclaration

NON_NULL_VIOLATION_MARK = "\x03"
NULL = Fixed("null")
# Of these the database writes a text array as we would write it item by item.
ARRAY_SERIALIZED_TYPES = frozenset({"String", "ID", "Int", "Boolean", "Date"})


@dataclass(frozen=True)
class JsonExpression:
    """JSON text around an expression; the expression is NULL exactly when the value is null."""

    before: str
    sql: str
    after: str


def leaf(gtype: GraphQLOutputType, sql: str, id_prefix: str | None) -> list[Piece]:
    """The JSON of a leaf or of a list of leaves (an SQL array)."""
    inner = get_nullable_type(gtype)
    if isinstance(inner, GraphQLList):
        return _array(gtype, inner.of_type, sql, id_prefix)
    expression = _json_expression(get_named_type(gtype).name, is_enum_type(inner), parenthesized(sql), id_prefix)
    if not is_non_null_type(gtype):
        return [_coalesce(expression, "null")]
    if QUALIFIED_NAME.fullmatch(sql):
        return [Fixed(expression.before), Varying(expression.sql), Fixed(expression.after)]
    return [_coalesce(expression, NON_NULL_VIOLATION_MARK)]


def _coalesce(expression: JsonExpression, otherwise: str) -> Varying:
    terms = [literal(expression.before), expression.sql, literal(expression.after)]
    joined = " || ".join(term for term in terms if term != "''")
    text = joined if expression.before or expression.after else f"{parenthesized(expression.sql)}::text"
    return Varying(f"coalesce({text}, {literal(otherwise)})")


def _json_expression(name: str, is_enum: bool, sql: str, id_prefix: str | None) -> JsonExpression:
    if id_prefix is not None:
        return JsonExpression(f'"{id_prefix}_', sql, '"')
    if is_enum or name == "Decimal":
        return JsonExpression('"', sql, '"')
    match name:
        case "Int":
            return JsonExpression("", sql, "")
        case "Boolean" | "JSON":
            return JsonExpression("", f"{sql}::text", "")
        case "String" | "ID":
            return JsonExpression("", f"to_json({sql}::text)", "")
        case "Date" | "Float":
            return JsonExpression("", f"to_json({sql})", "")
        case "DateTime":
            return JsonExpression("", f"rtrim(to_json({sql} AT TIME ZONE 'UTC')::text, '\"')", 'Z"')
    raise InvalidDeclaration(f"a column cannot be expression as {name}")


def _array(gtype: GraphQLOutputType, item: GraphQLOutputType, sql: str, id_prefix: str | None) -> list[Piece]:
    named = get_nullable_type(item)
    if id_prefix is None and (is_enum_type(named) or str(named) in ARRAY_SERIALIZED_TYPES):
        return [Varying(f"coalesce(to_json({sql})::text, '{'[]' if is_non_null_type(gtype) else 'null'}')")]
    one = concat(leaf(item, "item.value", id_prefix))
    rows = f"unnest({sql}) WITH ORDINALITY item(value, place)"
    items = f"array_to_string(ARRAY(SELECT {one} FROM {rows} ORDER BY item.place), ',')"
    if is_non_null_type(gtype):
        return [Fixed("["), Varying(items), Fixed("]")]
    return [Varying(f"CASE WHEN {parenthesized(sql)} IS NULL THEN 'null' ELSE '[' || {items} || ']' END")]
