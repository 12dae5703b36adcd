"""The ids of all rows that a list's `where` finds, for those who do something to each of them."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from graphql import GraphQLInputObjectType

from domain.access.scoped_table import ScopedTable
from domain.kernel.actors import Actor
from schema.compiler.conditions import conditions
from schema.compiler.statement import RequestInputs, Statement
from schema.declarations.types import Ordering

SOLE_CALL_NUMBER = 0


@dataclass(frozen=True)
class FilteredList:
    """A list as a connection declares it: its rows, how it is narrowed, and its default order."""

    source: ScopedTable
    filters: type
    sorts: Ordering


def id_query(
    listing: FilteredList, input_type: GraphQLInputObjectType, where: Mapping[str, Any], actor: Actor, *, limit: int
) -> tuple[str, list[object]]:
    """One statement for the column `id` in the list's default order, at most so many, and its values.

    `where` holds coerced values by their GraphQL names. What the actor does not see is not found.
    """
    statement = Statement(actor.kind)
    names = {"t": statement.new_alias(), "p": ""}
    terms = conditions(where, input_type, (statement, SOLE_CALL_NUMBER, names)).terms
    visible = " AND ".join([statement.visibility_condition(listing.source, "TRUE", names), *terms])
    direction = "DESC" if listing.sorts.descending else "ASC"
    key = statement.render(listing.sorts.keys[listing.sorts.default].sql, names)
    values = [parameter(RequestInputs(actor, [{"where": where}])) for parameter in statement.parameters]
    text = f"""SELECT {names["t"]}.id FROM {listing.source.table} {names["t"]} WHERE {visible}
        ORDER BY {key} {direction}, {names["t"]}.id {direction} LIMIT {limit}"""
    return text, values
