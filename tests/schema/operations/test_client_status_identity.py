"""A client status has an identifier of its own; that of its order is read in its place for one release."""

import pytest

from domain.kernel.ids import external
from domain.orders.model import OrderStatus
from tests.makers.client_status import a_client_status
from tests.makers.orders import Case, an_order
from tests.makers.parties import STAFF
from tests.makers.time import berlin
from tests.support.graphql.schema_client import SchemaClient

pytestmark = pytest.mark.frozen_clock(berlin(2026, 4, 1, 10))
STATUS = "query ($id: ID!) { clientStatus(id: $id) { id order { id } } }"
LISTED = "query ($where: ClientStatusWhere) { workInProgress(where: $where) { nodes { id } } }"
NODE = "query ($id: ID!) { node(id: $id) { __typename id ... on Order { clientStatus { id version } version } } }"
PREFIXES = ["cst", "ord"]


async def a_shown_status() -> Case:
    return await a_client_status(await an_order(OrderStatus.ACTIVE))


@pytest.mark.parametrize("prefix", PREFIXES)
async def test_the_portal_finds_it_by_both(in_portal: SchemaClient, prefix: str) -> None:
    case = await a_shown_status()
    own, given = external("cst", case.order.id), external(prefix, case.order.id)

    answer = await in_portal.ask(STATUS, case.by_customer, id=given)
    listed = await in_portal.ask(LISTED, case.by_customer, where={"id": {"eq": given}})

    assert answer["clientStatus"] == {"id": own, "order": {"id": external("ord", case.order.id)}}
    assert listed["workInProgress"]["nodes"] == [{"id": own}]


async def test_lists_are_filtered_by_the_order(in_portal: SchemaClient) -> None:
    case = await a_shown_status()
    where = {"order": {"eq": external("ord", case.order.id)}}

    assert (await in_portal.ask(LISTED, case.by_customer, where=where))["workInProgress"]["nodes"]


@pytest.mark.parametrize("prefix", PREFIXES)
async def test_moves_take_both(in_operations: SchemaClient, prefix: str) -> None:
    case = await a_shown_status()
    given = {"id": external(prefix, case.order.id)}

    payload = await in_operations.move("clientStatusHide", STAFF, given, entity="clientStatus { id visibility }")

    assert payload["clientStatus"] == {"id": external("cst", case.order.id), "visibility": "HIDDEN"}


async def test_an_order_and_its_status_are_two_objects(in_operations: SchemaClient) -> None:
    case = await a_shown_status()

    order = (await in_operations.ask(NODE, STAFF, id=external("ord", case.order.id)))["node"]
    status = (await in_operations.ask(NODE, STAFF, id=external("cst", case.order.id)))["node"]

    assert (order["__typename"], status["__typename"]) == ("Order", "ClientStatus")
    assert (order["clientStatus"]["id"], order["id"]) == (status["id"], external("ord", case.order.id))
