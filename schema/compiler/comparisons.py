"""Translation of one field of a `where` input: a comparison with operators, or a whole condition."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import Enum
from typing import Any

from graphql import GraphQLInputField, get_named_type

from domain.access.scoped_table import NOTHING
from domain.kernel import ids
from schema.compiler.errors import InvalidArgument
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
    "ne": "{left} IS DISTINCT FROM {right}",
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
Path = tuple[str | int, ...]


@dataclass(frozen=True)
class WhereContext:
    """The `where` of one call, while it is translated."""

    statement: Statement
    call: int
    names: Names

    def parameter(self, path: Path, sql_type: str, convert: Convert) -> str:
        """The SQL parameter for the value at a path of the call's arguments."""

        def value(inputs: RequestInputs) -> Any:
            found: Any = inputs.arguments[self.call]
            for step in path:
                found = found[step]
            return convert(found)

        return self.statement.bind((self.call, path), value, sql_type)


def comparisons(field: GraphQLInputField, value: Any, path: Path, context: WhereContext) -> Iterator[str]:
    """The conditions that the value of one field sets, all of which must hold."""
    declared = _declared(field)
    if not _is_for_actor(declared, context):
        yield NOTHING
    elif declared.is_condition:
        operand = _condition_operand(value, path, field, context)
        # What must be true is left as it stands: only then does the planner look up the few rows of a list of rows.
        yield context.statement.render(declared.sql or "", {**context.names, "value": operand}).removesuffix(" = TRUE")
    else:
        for operator, operand in value.items():
            if operand is not None:
                yield from _implications(declared, operator, operand, context)
                yield _comparison((*path, operator), field, *_plainest(operator, operand), context)


def index_comparison(field: GraphQLInputField, value: Any, path: Path, context: WhereContext) -> tuple[str, str] | None:
    """The indexed expression and the one value it must equal, where the field promises an index."""
    declared = _declared(field)
    if not declared.index_prefix or not _is_for_actor(declared, context) or value.get("eq") is None:
        return None
    return _left(field, context), _operand((*path, "eq"), field, "eq", value["eq"], context)


def _declared(field: GraphQLInputField) -> Filter:
    declared: Filter = field.extensions[DEFINITION_KEY].metadata["filter"]
    return declared


def _is_for_actor(declared: Filter, context: WhereContext) -> bool:
    return declared.only_for is None or context.statement.kind in declared.only_for


def _left(field: GraphQLInputField, context: WhereContext) -> str:
    sql = _declared(field).sql or f"{{t}}.{field.extensions[DEFINITION_KEY].python_name}"
    return parenthesized(context.statement.render(sql, context.names))


def _plainest(operator: str, operand: Any) -> tuple[str, Any]:
    """One of a single value of an enum is that value: its index then has the order of the next column."""
    if operator == "in" and len(operand) == 1 and isinstance(operand[0], Enum):
        return "eq", operand[0]
    return operator, operand


def _implications(declared: Filter, operator: str, operand: Any, context: WhereContext) -> Iterator[str]:
    """What holds for every row that the comparison finds, if it holds for each of the values."""
    values = {"eq": [operand], "in": operand}.get(operator, ())
    implied = {declared.implications.get(value) for value in values} if declared.implications else set()
    if len(implied) == 1 and (condition := implied.pop()):
        yield context.statement.render(condition, context.names)


def _comparison(path: Path, field: GraphQLInputField, operator: str, operand: Any, context: WhereContext) -> str:
    declared = _declared(field)
    left, right = _left(field, context), _operand(path, field, operator, operand, context)
    if declared.enclosing_condition is None:
        is_range = declared.index_prefix and operator == "eq" and not isinstance(operand, Enum)
        return (AS_RANGE if is_range else COMPARISONS[operator]).format(left=left, right=right)
    is_negated = operator == "ne"
    comparison = COMPARISONS["eq" if is_negated else operator].format(left=left, right=right)
    names = {**context.names, "comparison": comparison}
    enclosed = context.statement.render(declared.enclosing_condition, names)
    return f"({enclosed}) IS NOT TRUE" if is_negated else enclosed


def _operand(path: Path, field: GraphQLInputField, operator: str, value: Any, context: WhereContext) -> str:
    if written := _written_out(value):
        return written
    type_name = get_named_type(input_object_type(field.type).fields[operator].type).name
    convert, sql_type = _conversion(type_name, _declared(field).id_prefix)
    if operator == "in":
        return context.parameter(path, f"{sql_type}[]", _each(convert))
    if operator == "contains":
        return context.parameter(path, sql_type, like_pattern)
    return context.parameter(path, sql_type, convert)


def _condition_operand(value: Any, path: Path, field: GraphQLInputField, context: WhereContext) -> str:
    """The value of a whole condition."""
    if written := _written_out(value):
        return written
    convert, sql_type = _conversion(get_named_type(field.type).name, _declared(field).id_prefix)
    return context.parameter(path, sql_type, convert)


def _written_out(value: Any) -> str | None:
    """A boolean, a value of an enum or a list of these as SQL text; nothing for all else, which is a parameter.

    Statements are planned once for all values of their parameters. A status that few rows have, or a boolean for which
    there is an index, the planner must see. The plan key holds both (`schema.execution.plan_key`).
    """
    if isinstance(value, bool):
        return str(value).upper()
    if isinstance(value, Enum):
        return f"'{value.value}'::text"
    if isinstance(value, list) and value and all(isinstance(each, Enum) for each in value):
        return f"'{{{','.join(each.value for each in value)}}}'::text[]"
    return None


def _conversion(type_name: str, id_prefix: str | None) -> tuple[Convert, str]:
    """The conversion of an operand for the database, and its SQL type."""
    if id_prefix is not None:
        return _identifier_reader(id_prefix), "uuid"
    return database_value, SQL_TYPES.get(type_name, "text")


def _identifier_reader(prefix: str) -> Convert:
    """Reads identifiers of one kind; all else is an `InvalidArgument`."""

    def read(external_id: str) -> Any:
        try:
            return ids.internal(prefix, external_id)
        except ValueError:
            message = f"{external_id[:60]!r} is no identifier of this kind; one looks like {prefix}_{ids.EXAMPLE}."
            raise InvalidArgument(message, "identifier_malformed") from None

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
