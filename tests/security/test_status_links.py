"""A status link opens the client statuses of its contact's customer, as if signed in, and nothing else."""

import json
from typing import Any

import pytest

from domain.kernel.ids import external
from domain.orders.model import Order
from domain.parties.model import Contact, StatusMails
from schema.execution import limits
from schema.portal import schema as portal
from tests.support.graphql.schema_client import SchemaClient
from tests.support.graphql.schema_queries import queries
from tests.support.secret_rows import a_world, everything_known

WORK = """{ workInProgress(first: 20) { totalCount nodes { id name label description color expectedOn shownSince
    changedAt history(first: 20) { totalCount nodes { name label description expectedOn changedAt } } } } }"""
READABLE = ("now", "viewer", "operator", "workInProgress", "clientStatus", "__typename")


async def test_it_reads_the_same_statuses_as_its_customer(in_portal: SchemaClient) -> None:
    world = await a_world()

    by_link = await in_portal.ask(WORK, world.by_status_link)

    assert by_link == await in_portal.ask(WORK, world.by_customer)
    assert by_link["workInProgress"]["totalCount"] == 2


@pytest.mark.thorough
async def test_everything_but_statuses_and_its_own_contact_is_empty(
    in_portal: SchemaClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(limits, "MAX_COST", 10**9)
    world = await a_world()

    for query, variables in queries(portal._schema, await everything_known()):
        answer = await in_portal.fast_path.answer(query, variables, None, world.by_status_link)
        assert answer is not None
        for name, value in json.loads(answer)["data"].items():
            if name.rstrip("0123456789_") not in READABLE:
                assert _is_empty(_without_readable(value)), f"{query}\n{name}: {value}"


def _without_readable(value: Any) -> Any:
    """What was found by an identifier alone, without statuses and the link's own contact."""
    if isinstance(value, list):
        return [each for each in map(_without_readable, value) if each is not None]
    is_own = isinstance(value, dict) and (value.get("__typename"), value.get("name")) == ("Contact", "Kim Kontakt")
    is_status = isinstance(value, dict) and value.get("__typename") in ("ClientStatus", "ClientStatusChange")
    return None if is_own or is_status else value


async def test_it_names_neither_order_nor_customer_nor_a_step(in_portal: SchemaClient) -> None:
    world = await a_world()
    query = """{ viewer { viaLink customers { legalName } contacts { name customer { id } openActions { mutation } } }
        workInProgress(first: 100) { nodes { order { id } deliveryToReview { id } nextSteps { step } } } }"""

    answer = await in_portal.ask(query, world.by_status_link)

    assert answer["viewer"]["viaLink"] is True
    assert answer["viewer"]["customers"] == []
    assert answer["viewer"]["contacts"] == [{"name": "Kim Kontakt", "customer": None, "openActions": []}]
    assert {json.dumps(node) for node in answer["workInProgress"]["nodes"]} == {
        json.dumps({"order": None, "deliveryToReview": None, "nextSteps": []})
    }


@pytest.mark.parametrize("move", ["contactChooseStatusMails", "orderConfirm"])
async def test_it_makes_no_move(in_portal: SchemaClient, move: str) -> None:
    world = await a_world()
    contact, offer = await Contact.get(customer_id=world.customer.id), world.open[0].order
    inputs: dict[str, dict[str, Any]] = {
        "contactChooseStatusMails": {"id": external("con", contact.id), "statusMails": "NONE"},
        "orderConfirm": {"id": external("ord", offer.id), "name": "Kim", "revision": offer.offer_revision},
    }

    payload = await in_portal.move(move, world.by_status_link, inputs[move], entity="__typename")

    await contact.refresh_from_db()
    await offer.refresh_from_db()
    assert payload["errors"]
    assert (contact.status_mails, offer.confirmed_by) == (StatusMails.AT_ONCE, None)


async def test_the_statuses_of_another_customer_do_not_exist(in_portal: SchemaClient) -> None:
    world = await a_world()
    query = "query($id: ID!) { clientStatus(id: $id) { name } }"

    for order in await Order.exclude(customer_id=world.customer.id):
        asked = {"id": external("ord", order.id)}
        assert await in_portal.ask(query, world.by_status_link, **asked) == {"clientStatus": None}


def _is_empty(value: object) -> bool:
    if isinstance(value, dict):
        return all(_is_empty(each) for key, each in value.items() if key not in ("__typename", "pageInfo", "isExact"))
    return value in (None, [], 0)
