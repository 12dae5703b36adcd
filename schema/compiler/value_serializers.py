"""Serialization of computed values to JSON values, by the rules of the executor."""

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

from schema.compiler.errors import NonNullViolation, NotCompilable
from schema.compiler.placeholders import Serializer
from schema.compiler.selection import Fields, Selections
from schema.declarations.declared_field import DEFINITION_KEY


def serializer(gtype: GraphQLOutputType, selected: Fields, selections: Selections) -> Serializer:
    """The serializer for values of one type, of which some fields are selected."""
    inner = get_nullable_type(gtype)
    write = _nullable_serializer(inner, selected, selections)
    return _non_null(write) if is_non_null_type(gtype) else _nullable(write)


def _nullable_serializer(inner: object, selected: Fields, selections: Selections) -> Serializer:
    if isinstance(inner, GraphQLList):
        item = serializer(inner.of_type, selected, selections)
        return lambda values: [item(value) for value in values]
    if isinstance(inner, (GraphQLScalarType, GraphQLEnumType)):
        return inner.coerce_output_value
    if isinstance(inner, GraphQLObjectType):
        return _object(inner, selected, selections)
    raise NotCompilable(f"computed values of the abstract type {inner}")


def _object(gtype: GraphQLObjectType, selected: Fields, selections: Selections) -> Serializer:
    members = [(key, *_member(gtype, nodes, selections)) for key, nodes in selected.items()]

    def write(value: Any) -> dict[str, Any]:
        return {key: write_one(read(value)) for key, read, write_one in members}

    return write


def _member(
    gtype: GraphQLObjectType, nodes: Iterable[FieldNode], selections: Selections
) -> tuple[Callable[[Any], Any], Serializer]:
    nodes = list(nodes)
    name = nodes[0].name.value
    if name == "__typename":
        return lambda _value: gtype.name, lambda found: found
    field = gtype.fields[name]
    definition: StrawberryField = field.extensions[DEFINITION_KEY]
    if definition.base_resolver is not None or definition.extensions or field.args:
        raise NotCompilable(f"{gtype.name}.{name} has a resolver of its own")
    attribute = definition.python_name
    inner = selections.below_type(nodes, field.type)
    return lambda value: getattr(value, attribute), serializer(field.type, inner, selections)


def _non_null(write: Serializer) -> Serializer:
    def write_value(value: Any) -> Any:
        if value is None:
            raise NonNullViolation("a computed value is null although its type says it never is")
        return write(value)

    return write_value


def _nullable(write: Serializer) -> Serializer:
    return lambda value: None if value is None else write(value)
