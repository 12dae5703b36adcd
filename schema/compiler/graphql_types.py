"""Narrow GraphQL types to what the compiler can read."""

from graphql import GraphQLInputObjectType, GraphQLObjectType, get_named_type

from schema.compiler.errors import NotCompilable
from schema.declarations.errors import InvalidDeclaration


def object_type(gtype: object) -> GraphQLObjectType:
    """The object type behind lists and non-null; `NotCompilable` for interfaces and unions."""
    named = get_named_type(gtype)  # type: ignore[call-overload]
    if not isinstance(named, GraphQLObjectType):
        raise NotCompilable(f"the abstract type {named}")
    return named


def input_object_type(gtype: object) -> GraphQLInputObjectType:
    """The input type behind lists and non-null."""
    named = get_named_type(gtype)  # type: ignore[call-overload]
    if not isinstance(named, GraphQLInputObjectType):
        raise InvalidDeclaration(f"{named} is no input type of operators")
    return named
