"""Validation of declarations against their types and sources, when a schema is built."""

from collections.abc import Iterator

from graphql import (
    GraphQLEnumType,
    GraphQLField,
    GraphQLInterfaceType,
    GraphQLList,
    GraphQLObjectType,
    GraphQLSchema,
    get_named_type,
    get_nullable_type,
    is_non_null_type,
)

from domain.access.scoped_table import ScopedTable
from schema.compiler.leaf_values import leaf
from schema.declarations.declared_field import DEFINITION_KEY, DeclaredField
from schema.declarations.errors import InvalidDeclaration
from schema.declarations.nodes import NodeList, NodeLookup
from schema.declarations.types import Column, Connection, Declaration, Embedded, LoadedById, Lookup, ToMany, ToOne

NODE = "Node"
Declared = tuple[GraphQLObjectType, str, GraphQLField, DeclaredField]


def validate(schema: GraphQLSchema) -> None:
    """Raise `InvalidDeclaration` that names every wrong declaration of a schema."""
    found = [f"{gtype.name}.{name}: {problem}" for gtype, name, problem in _problems(schema)]
    if found:
        raise InvalidDeclaration("; ".join(found))


def declared_fields(schema: GraphQLSchema) -> Iterator[Declared]:
    """All declared fields of a schema's object types."""
    for gtype in schema.type_map.values():
        if isinstance(gtype, GraphQLObjectType):
            for name, gfield in gtype.fields.items():
                definition = gfield.extensions.get(DEFINITION_KEY)
                if isinstance(definition, DeclaredField):
                    yield gtype, name, gfield, definition


def _problems(schema: GraphQLSchema) -> Iterator[tuple[GraphQLObjectType, str, str]]:
    entities = entity_names(schema)
    for gtype, name, gfield, definition in declared_fields(schema):
        declaration = definition.declaration
        for problem in _field_problems(declaration, gfield):
            yield gtype, name, problem
        if isinstance(declaration, (NodeLookup, NodeList)):
            found = {source.type_name for source in declaration.sources.values()}
            if found != entities:
                yield gtype, name, f"its sources and the types that implement {NODE} differ: {found ^ entities}"
        if any(interface.name != NODE for interface in gtype.interfaces):
            yield gtype, name, f"a declared type can implement no interface but {NODE}"


def entity_names(schema: GraphQLSchema) -> set[str]:
    """The names of the object types that implement the interface of nodes."""
    node = schema.type_map.get(NODE)
    if not isinstance(node, GraphQLInterfaceType):
        return set()
    return {gtype.name for gtype in schema.get_implementations(node).objects}


def _field_problems(declaration: Declaration, gfield: GraphQLField) -> Iterator[str]:
    not_null = is_non_null_type(gfield.type)
    if declaration.only_for is not None and not_null:
        yield "is null for some kinds of actors, so its type must be nullable"
    source = source_of(declaration)
    if source is not None and not source.predicates:
        yield f"its source {source.name} has no scopes"
    if isinstance(declaration, (Lookup, LoadedById)) and not_null:
        yield "may be out of sight, so its type must be nullable"
    if isinstance(declaration, Column):
        yield from _column_problems(declaration, gfield)
    elif not _has_fitting_shape(declaration, gfield):
        yield f"cannot be a {gfield.type}"


def _column_problems(declaration: Column, gfield: GraphQLField) -> Iterator[str]:
    named = get_named_type(gfield.type)
    try:
        leaf(gfield.type, "t.c", declaration.id_prefix)
    except InvalidDeclaration as problem:
        yield str(problem)
    if isinstance(named, GraphQLEnumType):
        yield from (
            f"{named.name}.{name} is stored by another name: {member.value!r}"
            for name, member in named.values.items()
            if name != getattr(member.value, "value", member.value)
        )


def _has_fitting_shape(declaration: Declaration, gfield: GraphQLField) -> bool:
    named, is_list = get_named_type(gfield.type), isinstance(get_nullable_type(gfield.type), GraphQLList)
    if isinstance(declaration, Connection):
        return isinstance(named, GraphQLObjectType) and "edges" in named.fields and not is_list
    if isinstance(declaration, ToMany):
        return isinstance(named, GraphQLObjectType) and is_list
    if isinstance(declaration, (ToOne, Lookup, LoadedById, Embedded)):
        return isinstance(named, GraphQLObjectType) and not is_list
    return True


def source_of(declaration: Declaration) -> ScopedTable | None:
    """The table whose rows a declaration reads; None for values of the row itself."""
    found: ScopedTable | None = getattr(declaration, "source", None)
    return found
