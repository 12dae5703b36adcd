"""How a computed value becomes plain JSON values, by the same rules as the executor's."""

from collections.abc import Callable, Iterable
from typing import Any

from graphql import (
    FieldNode,
    GraphQLEnumType,
    GraphQLList,
    GraphQLObjectType,
    GraphQLOutputType,
    GraphQLScalarType,
    get_nullable_type,
    is_non_null_type,
)
from strawberry.types.field import StrawberryField

from schema.compiled.computed import Writer
from schema.compiled.errors import BrokenPromise, NotCompilable
from schema.compiled.fields import DEFINITION
from schema.compiled.selection import Fields, Selections


def writer(gtype: GraphQLOutputType, selected: Fields, selections: Selections) -> Writer:
    """The writer for values of one type, of which some fields are selected."""
    inner = get_nullable_type(gtype)
    write = _writer(inner, selected, selections)
    return _never_null(write) if is_non_null_type(gtype) else _or_null(write)


def _writer(inner: object, selected: Fields, selections: Selections) -> Writer:
    if isinstance(inner, GraphQLList):
        item = writer(inner.of_type, selected, selections)
        return lambda values: [item(value) for value in values]
    if isinstance(inner, (GraphQLScalarType, GraphQLEnumType)):
        return inner.coerce_output_value
    if isinstance(inner, GraphQLObjectType):
        return _object(inner, selected, selections)
    raise NotCompilable(f"computed values of the abstract type {inner}")


def _object(gtype: GraphQLObjectType, selected: Fields, selections: Selections) -> Writer:
    members = [(key, *_member(gtype, nodes, selections)) for key, nodes in selected.items()]

    def write(value: Any) -> dict[str, Any]:
        return {key: write_one(read(value)) for key, read, write_one in members}

    return write


def _member(
    gtype: GraphQLObjectType, nodes: Iterable[FieldNode], selections: Selections
) -> tuple[Callable[[Any], Any], Writer]:
    nodes = list(nodes)
    name = nodes[0].name.value
    if name == "__typename":
        return lambda _value: gtype.name, lambda found: found
    field = gtype.fields[name]
    definition: StrawberryField = field.extensions[DEFINITION]
    if definition.base_resolver is not None or definition.extensions or field.args:
        raise NotCompilable(f"{gtype.name}.{name} has a resolver of its own")
    attribute = definition.python_name
    inner = selections.below_type(nodes, field.type)
    return lambda value: getattr(value, attribute), writer(field.type, inner, selections)


def _never_null(write: Writer) -> Writer:
    def write_value(value: Any) -> Any:
        if value is None:
            raise BrokenPromise("a computed value is null although its type says it never is")
        return write(value)

    return write_value


def _or_null(write: Writer) -> Writer:
    return lambda value: None if value is None else write(value)
