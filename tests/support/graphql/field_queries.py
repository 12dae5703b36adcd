"""Queries that together select every declared field of a schema, each type by a short way from the root."""

from collections import deque
from collections.abc import Iterator

from graphql import (
    GraphQLField,
    GraphQLObjectType,
    GraphQLSchema,
    get_named_type,
    is_leaf_type,
    is_required_argument,
)

from schema.compiler.validation import declared_fields
from schema.declarations.declared_field import DEFINITION_KEY, DeclaredField
from schema.declarations.types import Computed, Connection

Way = tuple[str, ...]
PAGE_FIELDS = "totalCount pageInfo { hasNextPage hasPreviousPage startCursor endCursor } edges { cursor }"


def every_field(schema: GraphQLSchema, *, page: int = 20) -> Iterator[str]:
    """One query per type that is reached without naming a row."""
    query = schema.query_type
    assert query is not None
    for gtype, way in _ways(query, page).items():
        below = " ".join(_selected(gtype, name, page) for name in gtype.fields)
        if below.strip():
            yield f"{{ {' { '.join([*way, below])} {'} ' * len(way)}}}"


def identities(schema: GraphQLSchema, *, page: int = 5) -> Iterator[str]:
    """One query per type with an identifier that is reached without naming a row, for its type and identifiers."""
    query = schema.query_type
    assert query is not None
    for gtype, way in _ways(query, page).items():
        if "id" in gtype.fields:
            yield f"{{ {' { '.join([*way, '__typename id'])} {'} ' * len(way)}}}"


def _ways(query: GraphQLObjectType, page: int) -> dict[GraphQLObjectType, Way]:
    ways: dict[GraphQLObjectType, Way] = {query: ()}
    waiting = deque([query])
    while waiting:
        gtype = waiting.popleft()
        for name, gfield in gtype.fields.items():
            step = _step(name, gfield, page)
            found = _shown(gfield)
            if step and found is not None and found not in ways:
                ways[found] = (*ways[gtype], *step)
                waiting.append(found)
    return ways


def _step(name: str, gfield: GraphQLField, page: int) -> Way:
    if not _is_declared(gfield) or any(map(is_required_argument, gfield.args.values())):
        return ()
    return (f"{name}(first: {page})", "nodes") if _is_page(gfield) else (name,)


def _shown(gfield: GraphQLField) -> GraphQLObjectType | None:
    named = get_named_type(gfield.type)
    if _is_page(gfield) and isinstance(named, GraphQLObjectType):
        named = get_named_type(named.fields["nodes"].type)
    return named if isinstance(named, GraphQLObjectType) else None


def _is_declared(gfield: GraphQLField) -> bool:
    definition = gfield.extensions.get(DEFINITION_KEY)
    return isinstance(definition, DeclaredField) and not isinstance(definition.declaration, Computed)


def _is_page(gfield: GraphQLField) -> bool:
    definition = gfield.extensions[DEFINITION_KEY]
    return isinstance(definition, DeclaredField) and isinstance(definition.declaration, Connection)


def _selected(gtype: GraphQLObjectType, name: str, page: int) -> str:
    gfield = gtype.fields[name]
    if any(map(is_required_argument, gfield.args.values())):
        return ""
    if is_leaf_type(get_named_type(gfield.type)):
        return name
    if _is_page(gfield):
        return f"{name}(first: {page}) {{ {PAGE_FIELDS} }}"
    return "" if _is_declared(gfield) else f"{name} {{ {_whole(gfield)} }}"


def _whole(gfield: GraphQLField) -> str:
    """Everything below a computed field."""
    named = get_named_type(gfield.type)
    assert isinstance(named, GraphQLObjectType)
    below = []
    for name, inner in named.fields.items():
        leaf = is_leaf_type(get_named_type(inner.type))
        below.append(name if leaf else f"{name} {{ {_whole(inner)} }}")
    return " ".join(below)


def selected_names(schema: GraphQLSchema) -> set[str]:
    """All declared fields, for tests that want to know what they missed."""
    return {f"{gtype.name}.{name}" for gtype, name, _gfield, _definition in declared_fields(schema)}
