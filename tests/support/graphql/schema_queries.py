"""Queries that together select every field of a schema, path by path."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from graphql import (
    GraphQLField,
    GraphQLObjectType,
    GraphQLSchema,
    get_named_type,
    is_leaf_type,
    is_required_argument,
)

from schema.compiler.graphql_types import object_type
from schema.declarations.declared_field import DEFINITION_KEY

PAGE = 20
DEEPEST = 4
NODE_CALLS = {"node": "node(id: $id)", "nodes": "nodes(ids: [$id])"}
IDENTIFIERS = {
    "order": "ord",
    "questionThread": "ord",
    "clientStatus": "cst",
    "delivery": "del",
    "line": "lin",
    "invoice": "inv",
    "customer": "cus",
    "member": "mem",
    "contact": "con",
    "account": "acc",
    "message": "msg",
    "deadline": "dln",
    "notification": "ntf",
    "supplement": "sup",
    "file": "fil",
    "invoiceRun": "ivr",
    "receivable": "rcv",
    "bankFile": "bkf",
    "bankTransaction": "btx",
    "memberBudget": "bud",
    "claim": "clm",
    "paymentFile": "pay",
}


@dataclass(frozen=True)
class Known:
    """Values for arguments of root fields: identifiers by their prefix, numbers."""

    identifiers: Sequence[str]
    numbers: Sequence[str]


def queries(schema: GraphQLSchema, known: Known) -> Iterator[tuple[str, dict[str, str]]]:
    """One query for every path from the root, selecting all leaves at its end, with each of its possible variables.

    Queries of one path are equal texts, so that each is compiled once for all identifiers.
    """
    assert schema.query_type is not None
    for name, field in schema.query_type.fields.items():
        if name in NODE_CALLS:
            yield from _node_queries(schema, NODE_CALLS[name], known)
            continue
        call, values = _calls(name, field, known)
        for inner in _below(field, ()):
            yield from ((f"{call} {inner} }}", each) for each in values)


def _node_queries(schema: GraphQLSchema, call: str, known: Known) -> Iterator[tuple[str, dict[str, str]]]:
    """Everything that is known, as an object of its type."""
    assert schema.query_type is not None
    sources = schema.query_type.fields["node"].extensions[DEFINITION_KEY].declaration.sources
    for each in known.identifiers:
        if each[:3] in sources:
            gtype = object_type(schema.type_map[sources[each[:3]].type_name])
            leaves = " ".join(name for name, field in gtype.fields.items() if is_leaf_type(get_named_type(field.type)))
            yield f"query ($id: ID!) {{ {call} {{ __typename ... on {gtype.name} {{ {leaves} }} }} }}", {"id": each}


def every_path(schema: GraphQLSchema) -> set[str]:
    """All fields that can be reached from the root, as `Type.field`."""
    seen: set[str] = set()
    assert schema.query_type is not None
    waiting: list[GraphQLObjectType] = [schema.query_type]
    while waiting:
        gtype = waiting.pop()
        for name, field in gtype.fields.items():
            if f"{gtype.name}.{name}" not in seen:
                seen.add(f"{gtype.name}.{name}")
                inner = get_named_type(field.type)
                if isinstance(inner, GraphQLObjectType):
                    waiting.append(inner)
    return seen


def _calls(name: str, field: GraphQLField, known: Known) -> tuple[str, list[dict[str, str]]]:
    """The beginning of a query of a root field, and the variables to send it with."""
    if "id" in field.args:
        prefix = IDENTIFIERS.get(name, "unknown")
        values = [{"id": each} for each in known.identifiers if each.startswith(prefix)]
        return f"query ($id: ID!) {{ {name}(id: $id)", values
    if "number" in field.args:
        return f"query ($number: String!) {{ {name}(number: $number)", [{"number": each} for each in known.numbers]
    return f"{{ {_call(name, field)}", [{}]


# Queries that need more than a row's identifier.
CALLS = {
    "search": f'search(text: "geheim", first: {PAGE})',
    "planSums": 'planSums(entries: [{ unitPrice: "1.00" }])',
    "offerComparison": "offerComparison(before: 1, after: 1)",
}


def _call(name: str, field: GraphQLField) -> str:
    if name in CALLS:
        return CALLS[name]
    assert not any(is_required_argument(argument) for argument in field.args.values()), name
    if "first" in field.args:
        return f"{name}(first: {PAGE})"
    return f"{name}(includeClosed: true)" if "includeClosed" in field.args else name


def _below(field: GraphQLField, above: tuple[str, ...]) -> Iterator[str]:
    gtype = get_named_type(field.type)
    if not isinstance(gtype, GraphQLObjectType):
        yield ""
        return
    leaves = " ".join(name for name, each in gtype.fields.items() if is_leaf_type(get_named_type(each.type)))
    if leaves and (gtype.name not in above or above[-1] == gtype.name):
        yield f"{{ __typename {leaves} }}"
    if gtype.name in above or len(above) > DEEPEST:
        return
    for name, each in gtype.fields.items():
        if name == "edges":  # Their nodes are those of `nodes`.
            yield "{ edges { cursor node { __typename } } }"
        elif not is_leaf_type(get_named_type(each.type)):
            for inner in _below(each, (*above, gtype.name)):
                yield f"{{ {_call(name, each)} {inner} }}"
