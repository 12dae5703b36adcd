"""Descriptions of embedded values: types without identifier, which belong to the object that shows them."""

from graphql import GraphQLObjectType, GraphQLSchema, is_introspection_type

EMBEDDED = "An embedded value: it has no identifier and belongs to the object that shows it."
STRUCTURAL_ENDINGS = ("Payload", "Connection", "Edge")
PAGE_INFO = "PageInfo"


def embedded_types(schema: GraphQLSchema) -> list[GraphQLObjectType]:
    """The object types that are neither entities nor errors, nor part of how a request is answered."""
    roots = (schema.query_type, schema.mutation_type, schema.subscription_type)
    return [
        found
        for found in schema.type_map.values()
        if isinstance(found, GraphQLObjectType)
        and not (found.interfaces or found in roots or is_introspection_type(found))
        and not (found.name == PAGE_INFO or found.name.endswith(STRUCTURAL_ENDINGS))
    ]


def describe_embedded_types(schema: GraphQLSchema) -> None:
    """Have the description of each embedded type say that clients keep it within its object."""
    for found in embedded_types(schema):
        found.description = f"{found.description} {EMBEDDED}"
