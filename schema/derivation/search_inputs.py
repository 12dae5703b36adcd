"""From a list's `where` in an input to the search that a move takes."""

import json
from collections.abc import Mapping
from typing import Any

import strawberry
from graphql import GraphQLInputObjectType, get_named_type

from schema.compiler.graphql_types import input_object_type
from schema.compiler.id_query import id_query
from schema.declarations.declared_field import DEFINITION_KEY
from schema.declarations.types import FilteredList

FilteredLists = Mapping[type, FilteredList]


class SearchInputs:
    """Reads searches for one schema: by the class that a move takes, the list whose `where` callers give."""

    def __init__(self, listings: FilteredLists, schema: strawberry.Schema) -> None:
        self._listings, self._schema = listings, schema._schema

    def handles(self, kind: type) -> bool:
        """Whether a move takes a search of this class."""
        return kind in self._listings

    def read(self, kind: type, given: Any) -> Any:
        """The search for what an input asks; its text is the same for the same question."""
        listing = self._listings[kind]
        name = listing.filters.__strawberry_definition__.name  # type: ignore[attr-defined]
        input_type = input_object_type(self._schema.type_map[name])
        where = _coerced_values(given, input_type)
        return kind(
            json.dumps(where, sort_keys=True, default=str),
            lambda actor, most: id_query(listing, input_type, where, actor, limit=most),
        )


def _coerced_values(given: Any, input_type: GraphQLInputObjectType) -> dict[str, Any]:
    """An input object as the coerced values it came from, by their GraphQL names; what is absent is left out."""
    asked: dict[str, Any] = {}
    for name, field in input_type.fields.items():
        value = getattr(given, field.extensions[DEFINITION_KEY].python_name)
        if value is strawberry.UNSET:
            continue
        inner = get_named_type(field.type)
        is_object = isinstance(inner, GraphQLInputObjectType) and value is not None
        asked[name] = _coerced_values(value, input_object_type(inner)) if is_object else value
    return asked
