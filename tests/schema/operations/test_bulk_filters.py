"""A bulk filter that would find every order by mistake is refused, in every empty form that the schemas allow."""

from collections.abc import Iterator
from typing import Any

import pytest
from graphql import GraphQLInputObjectType, GraphQLSchema, get_named_type

from domain.bulk.model import BulkOperation
from domain.kernel.actors import Actor
from domain.orders.model import OrderStatus
from schema import operations, portal
from settings import Settings
from tests.makers.bulk import some_orders
from tests.makers.parties import FINANCE, STAFF, a_member, acting_for_member
from tests.support.graphql.schema_client import SchemaClient, operations_client

SCHEMAS = {"operations": operations.schema._schema, "portal": portal.schema._schema}
BULK_MUTATIONS = [
    "claimBulkApprove",
    "claimBulkReject",
    "clientStatusBulkHide",
    "clientStatusBulkSet",
    "invoiceBulkApprove",
    "invoiceBulkHold",
    "invoiceBulkPost",
    "invoiceBulkPrint",
    "invoiceBulkRelease",
    "invoiceBulkSubmit",
    "lineBulkCancel",
    "lineBulkConfirm",
    "lineBulkHold",
    "orderBulkApprove",
    "orderBulkArchive",
    "orderBulkAssign",
    "orderBulkDelete",
    "orderBulkEnterStage",
    "orderBulkReject",
    "orderBulkRestore",
    "orderBulkSendBack",
    "receivableBulkRemind",
]
# What some take beside the rows, and who makes them where it is not staff.
ALSO_TAKEN: dict[str, dict[str, str]] = {
    "claimBulkReject": {"reason": "Not now."},
    "orderBulkReject": {"reason": "Not our field."},
    "orderBulkSendBack": {"comment": "Please name the quantities."},
}
OF_MEMBERS = "orderBulkDelete"
# Of each filter, a part that does not excuse an empty one, and more empty forms than which it has: those of orders.
OF_ORDERS: tuple[dict[str, Any], int] = ({"tag": "any"}, 100)
FILTERS: dict[str, tuple[dict[str, Any], int]] = {
    "claimBulk": ({"kind": {"in": ["PAYOUT"]}}, 40),
    "invoiceBulk": ({"ofNoOrder": True}, 60),
    "lineBulk": ({"composed": True}, 45),
    "receivableBulk": ({"overdue": True}, 40),
}
# An empty list finds nothing, but restricts nothing in `and`, and below `not`.
EMPTY_STATUSES: list[Any] = [{}, {"status": None}, {"status": {}}, {"status": {"eq": None}}]
EMPTY_COMBINATIONS: dict[str, list[Any]] = {
    "and": [None, [], *([each] for each in EMPTY_STATUSES)],
    "or": [None, *([each] for each in EMPTY_STATUSES), [{"id": {"in": []}}, {}]],
    "not": [None, *EMPTY_STATUSES, {"id": {"in": []}}, {"or": []}, {"not": {}}, {"and": [{"id": {"in": []}}]}],
}
EMPTY_TEXTS: list[Any] = ["", "  "]


@pytest.fixture
def in_operations(settings: Settings, database: str) -> SchemaClient:
    return operations_client(settings)


def filters_of(schema: GraphQLSchema) -> dict[str, GraphQLInputObjectType]:
    """The type of the filter of each mutation whose input has one."""
    assert schema.mutation_type is not None
    found = {}
    for name, mutation in schema.mutation_type.fields.items():
        input_type = get_named_type(mutation.args["input"].type)
        if isinstance(input_type, GraphQLInputObjectType) and "where" in input_type.fields:
            where = get_named_type(input_type.fields["where"].type)
            assert isinstance(where, GraphQLInputObjectType)
            found[name] = where
    return found


def empty_values(kind: Any) -> Iterator[Any]:
    """Everything that a field of this type may hold and that restricts nothing."""
    named = get_named_type(kind)
    yield None
    if isinstance(named, GraphQLInputObjectType):
        yield {}
        for operator, field in named.fields.items():
            yield from ({operator: each} for each in empty_values(field.type))
    elif named.name in {"String", "ID"} and named is kind:
        yield from EMPTY_TEXTS


def empty_filters(where: GraphQLInputObjectType) -> Iterator[dict[str, Any]]:
    yield {}
    for name, field in where.fields.items():
        if get_named_type(field.type) is not where:
            yield from ({name: value} for value in empty_values(field.type))
    yield from ({name: each} for name, values in EMPTY_COMBINATIONS.items() for each in values)


def test_these_mutations_have_a_filter() -> None:
    assert sorted(name for schema in SCHEMAS.values() for name in filters_of(schema)) == BULK_MUTATIONS


@pytest.mark.parametrize("mutation", BULK_MUTATIONS)
async def test_each_empty_form_of_each_operator_is_refused(in_operations: SchemaClient, mutation: str) -> None:
    await some_orders(1)
    actor = FINANCE if mutation.startswith(tuple(FILTERS)) else STAFF
    actor = acting_for_member(await a_member()) if mutation == OF_MEMBERS else actor
    other, fewest = next((each for noun, each in FILTERS.items() if mutation.startswith(noun)), OF_ORDERS)
    filters = [*empty_filters(filters_of(SCHEMAS["operations"])[mutation])]

    asked = [*filters, *({**each, **other} for each in filters if each and not other.keys() & each)]
    accepted = [each for each in asked if not await refused(in_operations, actor, mutation, each)]

    assert len(filters) > fewest
    assert accepted == []
    assert await BulkOperation.all().count() == 0


async def refused(client: SchemaClient, actor: Actor, mutation: str, where: dict[str, Any]) -> bool:
    """Whether the filter is refused as an input that cannot be right, at a path into itself."""
    payload = await client.move(mutation, actor, {"where": where, **ALSO_TAKEN.get(mutation, {})})
    kinds = {(error["__typename"], error["path"][0]) for error in payload["errors"]}
    return kinds == {("ValidationFailed", "where")}


async def test_combined_filters_find_the_rows_of_an_operation(in_operations: SchemaClient) -> None:
    first, second, third = await some_orders(3)
    of_two = {"or": [{"number": {"eq": each.order.number}} for each in (first, second)]}

    one = await hide(in_operations, where={**of_two, "not": {"number": {"eq": first.order.number}}})
    two = await hide(in_operations, where={"and": [of_two, {"number": {"ne": third.order.number}}]})

    assert [payload["bulkOperation"]["total"] for payload in (one, two)] == [1, 2]


@pytest.mark.parametrize(
    ("where", "reason"),
    [
        ({"member": {"eq": "mem_nonsense"}}, "identifier_malformed"),
        ({"or": [{"id": {"in": ["cus_01970000-0000-7000-8000-000400000004"]}}]}, "identifier_malformed"),
        ({"or": [{"tag": "a"}] * 51}, "filter_too_complex"),
    ],
)
async def test_a_filter_that_cannot_be_read_is_refused(in_operations: SchemaClient, where: Any, reason: str) -> None:
    payload = await in_operations.move("clientStatusBulkHide", STAFF, {"where": where})

    assert [(each["__typename"], each["reason"]) for each in payload["errors"]] == [("ValidationFailed", reason)]


async def test_the_refusal_names_the_empty_part_and_what_helps(in_operations: SchemaClient) -> None:
    where = {"tag": "express", "clientStatus": {"eq": None}}

    payload = await in_operations.move("clientStatusBulkHide", STAFF, {"where": where})

    (error,) = payload["errors"]
    assert (error["reason"], error["path"]) == ("filter_part_empty", ["where", "clientStatus", "eq"])
    assert error["message"] == "This part of the filter is empty, so it would restrict nothing."
    assert "`all: true`" in error["remedy"]


async def test_an_undefined_variable_does_not_find_every_order(in_operations: SchemaClient) -> None:
    await some_orders(1)
    query = """mutation ($status: OrderStatus) { clientStatusBulkHide(input: { where: { status: { eq: $status } } }) {
        clientStatusBulk { total } errors { reason path } } }"""

    payload = (await in_operations.slowly(query, STAFF))["clientStatusBulkHide"]

    assert payload["clientStatusBulk"] is None
    assert payload["errors"] == [{"reason": "filter_part_empty", "path": ["where", "status"]}]


async def test_an_empty_list_finds_nothing_and_is_allowed(in_operations: SchemaClient) -> None:
    await some_orders(1)

    payload = await hide(in_operations, where={"status": {"in": []}})

    assert (payload["errors"], payload["clientStatusBulk"]["total"]) == ([], 0)


@pytest.mark.parametrize("where", [None, {}, {"status": {}}, {"search": " "}])
async def test_all_are_those_that_are_not_archived(in_operations: SchemaClient, where: Any) -> None:
    first, second, archived = await some_orders(3, OrderStatus.ACTIVE)
    await archived.move("archive", archived.by_member)

    payload = await hide(in_operations, all=True, where=where)

    numbers = [each["order"]["number"] for each in payload["clientStatusBulk"]["results"]]
    assert numbers == [second.order.number, first.order.number]


async def hide(client: SchemaClient, **given: Any) -> Any:
    entity = "bulkOperation { total } clientStatusBulk { total results { order { number } } }"
    return await client.move("clientStatusBulkHide", STAFF, given, entity=entity)
