"""Documents that select few fields of one type: each alone, or several together."""

from collections import deque
from collections.abc import Iterable, Iterator, Mapping
from itertools import combinations, islice

from graphql import (
    GraphQLArgument,
    GraphQLField,
    GraphQLInputField,
    GraphQLInputObjectType,
    GraphQLObjectType,
    GraphQLSchema,
    get_named_type,
    get_nullable_type,
    is_leaf_type,
    is_list_type,
    is_required_argument,
    is_required_input_field,
)

from schema.declarations.declared_field import DEFINITION_KEY, DeclaredField
from schema.declarations.types import Computed

Way = tuple[str, ...]
VALUES = {
    "ID": '"ord_01974f3e-5b1a-7c2d-8e9f-0a1b2c3d4e5f"',
    "String": '"nothing"',
    "Int": "1",
    "Date": '"2026-04-01"',
    "PlanEntryInput": '{ unitPrice: "1.00" }',
}
IN_ONE_DOCUMENT = 25
SEEN_VERSION = 1_000_000


def documents(schema: GraphQLSchema, *, together: int) -> Iterator[str]:
    """One query for every choice of this many fields of one type."""
    for way, fields in _types(schema):
        yield from (f"{{ {_selected(way, ' '.join(chosen))} }}" for chosen in combinations(fields, together))


def packed_documents(schema: GraphQLSchema) -> Iterator[str]:
    """Queries of one field each, several in one document; the executor loads each root field by itself."""
    yield from _packed("query", (_selected(way, each) for way, fields in _types(schema) for each in fields))


def payload_documents(schema: GraphQLSchema, identifiers: Mapping[str, str]) -> Iterator[str]:
    """Mutations of rows that have changed since, so that each is refused and answers with one field of the row.

    `identifiers` holds that of one row by the name of its type.
    """
    calls = []
    for payload_field, gtype, call in _mutations(schema, identifiers):
        calls += [f"{call} {{ {payload_field} {{ {each} }} }}" for each in _fields(gtype)]
    yield from _packed("mutation", calls)


def _packed(kind: str, bodies: Iterable[str]) -> Iterator[str]:
    rest = iter(bodies)
    while several := list(islice(rest, IN_ONE_DOCUMENT)):
        yield f"{kind} {{ {' '.join(f's{place}: {each}' for place, each in enumerate(several))} }}"


def _mutations(schema: GraphQLSchema, identifiers: Mapping[str, str]) -> Iterator[tuple[str, GraphQLObjectType, str]]:
    """For each type, the first mutation that needs nothing but the row: its payload's field, the type, its call."""
    found: set[str] = set()
    assert schema.mutation_type is not None
    for name, field in schema.mutation_type.fields.items():
        for payload_field, gtype in _rows(field):
            identifier = identifiers.get(gtype.name)
            if gtype.name not in found and identifier and _needs_only_the_row(field):
                found.add(gtype.name)
                given = f'{{id: "{identifier}", expectedVersion: {SEEN_VERSION}}}'
                yield payload_field, gtype, f"{name}(input: {given})"


def _rows(mutation: GraphQLField) -> Iterator[tuple[str, GraphQLObjectType]]:
    payload = get_named_type(mutation.type)
    for name, field in payload.fields.items() if isinstance(payload, GraphQLObjectType) else ():
        gtype = get_named_type(field.type)
        if isinstance(gtype, GraphQLObjectType) and any(each.name == "Node" for each in gtype.interfaces):
            yield name, gtype


def _needs_only_the_row(mutation: GraphQLField) -> bool:
    taken = get_named_type(mutation.args["input"].type) if "input" in mutation.args else None
    fields: Mapping[str, GraphQLInputField] = taken.fields if isinstance(taken, GraphQLInputObjectType) else {}
    required = {name for name, field in fields.items() if is_required_input_field(field)}
    return "expectedVersion" in fields and required == {"id"}


def _types(schema: GraphQLSchema) -> Iterator[tuple[Way, list[str]]]:
    """A way from the root to every type, and what selects each of its fields."""
    assert schema.query_type is not None
    for gtype, way in _ways(schema.query_type).items():
        yield way, _fields(gtype)


def _fields(gtype: GraphQLObjectType) -> list[str]:
    return ["__typename", *(f"{_call(name, field)}{_below(field)}" for name, field in gtype.fields.items())]


def _selected(way: Way, selected: str) -> str:
    return f"{' { '.join([*way, selected])} {'} ' * len(way)}"


def _ways(query: GraphQLObjectType) -> dict[GraphQLObjectType, Way]:
    ways: dict[GraphQLObjectType, Way] = {query: ()}
    waiting = deque([query])
    while waiting:
        gtype = waiting.popleft()
        for name, field in gtype.fields.items():
            found = get_named_type(field.type)
            if isinstance(found, GraphQLObjectType) and found not in ways and not _is_computed(field):
                ways[found] = (*ways[gtype], _call(name, field))
                waiting.append(found)
    return ways


def _is_computed(field: GraphQLField) -> bool:
    definition = field.extensions.get(DEFINITION_KEY)
    return isinstance(definition, DeclaredField) and isinstance(definition.declaration, Computed)


def _call(name: str, field: GraphQLField) -> str:
    given = [f"{each}: {_value(argument)}" for each, argument in field.args.items() if is_required_argument(argument)]
    given += ["first: 1"] if "first" in field.args else []
    return f"{name}({', '.join(given)})" if given else name


def _value(argument: GraphQLArgument) -> str:
    one = VALUES[get_named_type(argument.type).name]
    return f"[{one}]" if is_list_type(get_nullable_type(argument.type)) else one


def _below(field: GraphQLField) -> str:
    return "" if is_leaf_type(get_named_type(field.type)) else " { __typename }"
