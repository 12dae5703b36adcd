"""The statement for the ids of all rows that a list's `where` finds, for commands on many rows."""

from collections.abc import Mapping
from typing import Any

from graphql import GraphQLInputObjectType

from domain.kernel.actors import Actor
from schema.compiler.conditions import conditions
from schema.compiler.statement import RequestInputs, Statement
from schema.declarations.types import FilteredList

SOLE_CALL_NUMBER = 0


def id_query(
    listing: FilteredList, input_type: GraphQLInputObjectType, where: Mapping[str, Any], actor: Actor, *, limit: int
) -> tuple[str, list[object]]:
    """One statement for the column `id` in the list's default order, at most `limit` of them, and its parameters.

    `where` holds coerced values by their GraphQL names. Rows outside the actor's scope are not found.
    """
    statement = Statement(actor.kind)
    names = {"t": statement.new_alias(), "p": ""}
    terms = conditions(where, input_type, (statement, SOLE_CALL_NUMBER, names)).terms
    visible = " AND ".join([statement.visibility_condition(listing.source, "TRUE", names), *terms])
    direction = "DESC" if listing.sorts.descending else "ASC"
    key = statement.render(listing.sorts.keys[listing.sorts.default].sql, names)
    text, parameters = (
        statement.finish(f"""SELECT {names["t"]}.id FROM {listing.source.table} {names["t"]} WHERE {visible}
        ORDER BY {key} {direction}, {names["t"]}.id {direction} LIMIT {limit}""")
    )
    return text, [parameter(RequestInputs(actor, [{"where": where}])) for parameter in parameters]
