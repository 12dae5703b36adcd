"""Translation of `where` inputs into SQL conditions; a null or absent operator adds no condition."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from enum import Enum
from typing import Any

from graphql import GraphQLInputField, GraphQLInputObjectType, get_named_type

from domain.access.scoped_table import NOTHING
from domain.kernel import ids
from schema.compiler.graphql_types import input_object_type
from schema.compiler.json_text import parenthesized
from schema.compiler.statement import Names, RequestInputs, Statement
from schema.declarations.declared_field import DEFINITION_KEY
from schema.declarations.types import Filter

SQL_TYPES = {
    "String": "text",
    "ID": "text",
    "Int": "int",
    "Boolean": "boolean",
    "Float": "float8",
    "Decimal": "numeric",
    "Date": "date",
    "DateTime": "timestamptz",
}
COMPARISONS = {
    "eq": "{left} = {right}",
    "in": "{left} = ANY({right})",
    "gte": "{left} >= {right}",
    "gt": "{left} > {right}",
    "lt": "{left} < {right}",
    "lte": "{left} <= {right}",
    "contains": "{left} ILIKE {right}",
}
# The planner drops a column that equals a parameter from the order, and then walks another index in vain when the
# value is rare. It keeps a column bound by a range, and reads the index that begins with it.
AS_RANGE = "{left} BETWEEN {right} AND {right}"

Convert = Callable[[Any], Any]


@dataclass(frozen=True)
class Conditions:
    """The conditions of one `where`.

    `index_prefix` is an indexed expression and the one value it must equal.
    """

    terms: tuple[str, ...] = ()
    index_prefix: tuple[str, str] | None = None


@dataclass(frozen=True)
class _Where:
    """The `where` of one call, while it is translated."""

    statement: Statement
    call: int
    names: Names

    def parameter(self, path: tuple[str, ...], sql_type: str, convert: Convert) -> str:
        def value(inputs: RequestInputs) -> Any:
            found: Any = inputs.arguments[self.call]
            for step in path:
                found = found[step]
            return convert(found)

        return self.statement.bind((self.call, path), value, sql_type)


def conditions(
    where: Mapping[str, Any] | None,
    input_type: GraphQLInputObjectType,
    place: tuple[Statement, int, Names],
) -> Conditions:
    """Translate one `where`; `place` is the statement, the number of the call and the names in scope."""
    context = _Where(*place)
    terms: list[str] = []
    index_prefix = None
    for name, operators in (where or {}).items():
        if operators is None:
            continue
        field = input_type.fields[name]
        declared: Filter = field.extensions[DEFINITION_KEY].metadata["filter"]
        if declared.only_for is not None and context.statement.kind not in declared.only_for:
            terms.append(NOTHING)
            continue
        left = _left(declared, field, context)
        terms += _terms(name, declared, field, operators, left, context)
        if declared.index_prefix and operators.get("eq") is not None:
            index_prefix = (left, _comparison_parameter(("where", name, "eq"), declared, field, context))
    return Conditions(tuple(terms), index_prefix)


def _left(declared: Filter, field: GraphQLInputField, context: _Where) -> str:
    if declared.is_condition:
        return ""
    sql = declared.sql or f"{{t}}.{field.extensions[DEFINITION_KEY].python_name}"
    return parenthesized(context.statement.render(sql, context.names))


def _terms(
    name: str, declared: Filter, field: GraphQLInputField, operators: Any, left: str, context: _Where
) -> Iterator[str]:
    if declared.is_condition:
        value = _condition_parameter(("where", name), declared, field, context)
        yield context.statement.render(declared.sql or "", {**context.names, "value": value})
        return
    for operator, operand in operators.items():
        if operand is not None:
            right = _comparison_parameter(("where", name, operator), declared, field, context)
            template = AS_RANGE if declared.index_prefix and operator == "eq" else COMPARISONS[operator]
            yield _enclosed(template.format(left=left, right=right), declared, context)


def _enclosed(comparison: str, declared: Filter, context: _Where) -> str:
    if declared.enclosing_condition is None:
        return comparison
    return context.statement.render(declared.enclosing_condition, {**context.names, "comparison": comparison})


def _comparison_parameter(path: tuple[str, ...], declared: Filter, field: GraphQLInputField, context: _Where) -> str:
    operator = path[-1]
    type_name = get_named_type(input_object_type(field.type).fields[operator].type).name
    convert, sql_type = operand(SQL_TYPES.get(type_name, "text"), declared.id_prefix)
    if operator == "in":
        return context.parameter(path, f"{sql_type}[]", _each(convert))
    if operator == "contains":
        return context.parameter(path, sql_type, like_pattern)
    return context.parameter(path, sql_type, convert)


def _condition_parameter(path: tuple[str, ...], declared: Filter, field: GraphQLInputField, context: _Where) -> str:
    sql_type = SQL_TYPES.get(get_named_type(field.type).name, "text")
    convert, sql_type = operand(sql_type, declared.id_prefix)
    return context.parameter(path, sql_type, convert)


def operand(sql_type: str, id_prefix: str | None) -> tuple[Convert, str]:
    """The conversion of an argument for the database, and its SQL type."""
    return (database_value, sql_type) if id_prefix is None else (identifier_reader(id_prefix), "uuid")


def identifier_reader(prefix: str) -> Convert:
    """Reads identifiers of the API; a malformed one becomes None, which equals nothing."""

    def read(external_id: str | None) -> Any:
        try:
            return None if external_id is None else ids.internal(prefix, external_id)
        except ValueError:
            return None

    return read


def database_value(value: Any) -> Any:
    """A coerced value as the database expects it: an enum member by its stored value."""
    return value.value if isinstance(value, Enum) else value


def like_pattern(text: str) -> str:
    """A pattern for ILIKE that matches the text itself; wildcards in it are escaped."""
    escaped = text.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
    return f"%{escaped}%"


def _each(convert: Convert) -> Convert:
    return lambda values: [convert(value) for value in values]
