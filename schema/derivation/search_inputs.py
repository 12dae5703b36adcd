"""Conversion of a list's `where` in an input to the search that a move needs."""

from collections.abc import Mapping
from typing import Any

import strawberry
from graphql import GraphQLInputObjectType, GraphQLNamedType, get_named_type

from domain.kernel.actors import Actor
from domain.kernel.errors import Refused, invalid
from schema.compiler.errors import InvalidArgument
from schema.compiler.graphql_types import input_object_type
from schema.compiler.id_query import id_query
from schema.declarations.declared_field import DEFINITION_KEY
from schema.declarations.types import FilteredList

FilteredLists = Mapping[type, FilteredList]


class SearchInputs:
    """Reads searches for one schema; each class of searches has the list whose `where` callers give."""

    def __init__(self, lists: FilteredLists, schema: strawberry.Schema) -> None:
        self._lists, self._schema = lists, schema._schema

    def handles(self, search_class: type) -> bool:
        """Whether this class is a search."""
        return search_class in self._lists

    def read(self, search_class: type, input_object: Any) -> Any:
        """The search for an input, with its coerced values by their names in the API."""
        filtered_list = self._lists[search_class]
        name = filtered_list.filters.__strawberry_definition__.name  # type: ignore[attr-defined]
        input_type = input_object_type(self._schema.type_map[name])
        where = _coerced_values(input_object, input_type)

        def find(actor: Actor, limit: int) -> tuple[str, list[object]]:
            try:
                return id_query(filtered_list, input_type, where, actor, limit=limit)
            except InvalidArgument as error:
                raise Refused(invalid(error.reason, "where")) from None

        return search_class(where, find)


def _coerced_values(input_object: Any, input_type: GraphQLInputObjectType) -> dict[str, Any]:
    """An input object as coerced values by their GraphQL names, without those that are absent."""
    values: dict[str, Any] = {}
    for name, field in input_type.fields.items():
        value = getattr(input_object, field.extensions[DEFINITION_KEY].python_name)
        if value is strawberry.UNSET:
            continue
        values[name] = _coerced_value(value, get_named_type(field.type))
    return values


def _coerced_value(value: Any, gtype: GraphQLNamedType) -> Any:
    if value is None or not isinstance(gtype, GraphQLInputObjectType):
        return value
    if isinstance(value, list):
        return [_coerced_values(each, gtype) for each in value]
    return _coerced_values(value, gtype)
