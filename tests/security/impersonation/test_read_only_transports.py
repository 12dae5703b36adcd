"""Impersonation is read-only over every transport: no mutation and no form changes anything."""

from collections.abc import Iterator
from typing import Any

import pytest
from graphql import (
    GraphQLEnumType,
    GraphQLInputObjectType,
    GraphQLInputType,
    GraphQLSchema,
    get_named_type,
    is_list_type,
    is_non_null_type,
    is_required_input_field,
)
from tortoise import connections

from domain.orders.model import OrderStatus
from domain.parties.model import Contact
from portal_views.page_table import PAGES
from schema import portal
from settings import Settings
from tests.makers.client_status import a_client_status
from tests.makers.deliveries import DeliveryCase, a_delivery
from tests.makers.orders import an_order
from tests.makers.parties import a_customer
from tests.support.impersonation import an_impersonation, send
from tests.support.live_server import a_socket, hear, say, serving, signed_in
from tests.support.people import FAR, a_review_link, an_offer_link, an_unsubscribe_address
from tests.support.rollback import contents
from tests.support.site import Site

pytestmark = pytest.mark.database
SCHEMA: GraphQLSchema = portal.schema._schema
SAMPLES: dict[str, Any] = {
    "String": "A sentence that is long enough.",
    "Int": 1,
    "Float": 1.0,
    "DateTime": "2036-01-31T08:00:00Z",
}
REFUSED = ["view_only"]


@pytest.fixture
async def case(database: str) -> DeliveryCase:
    """A shown order with a delivery to review."""
    made = await a_delivery(around=await an_order(OrderStatus.ACTIVE, offer_valid_until=FAR, service_to=FAR))
    await a_client_status(made.around)
    return made


def mutations(case: DeliveryCase, contact: Contact) -> Iterator[tuple[str, dict[str, Any]]]:
    """Every mutation of the portal with an input that fits its type."""
    subjects = {
        "order": f"ord_{case.around.order.id}",
        "delivery": f"del_{case.id}",
        "contact": f"con_{contact.id}",
        "notification": f"ntf_{contact.id}",
        "supplement": f"sup_{contact.id}",
        "receivable": f"rcv_{contact.id}",
        "upload": f"fil_{contact.id}",
    }
    assert SCHEMA.mutation_type is not None
    for name, field in SCHEMA.mutation_type.fields.items():
        noun = next(noun for noun in subjects if name.startswith(noun))
        kind = get_named_type(field.args["input"].type)
        given = _sample(kind) | {"idempotencyKey": name}
        if "id" in kind.fields:
            given["id"] = subjects[noun]
        text = f"mutation ($input: {kind.name}!) {{ {name}(input: $input) {{ errors {{ reason }} replayed }} }}"
        yield name, {"query": text, "variables": {"input": given}}


def _sample(kind: GraphQLInputType) -> Any:
    if is_non_null_type(kind):
        return _sample(kind.of_type)
    if is_list_type(kind):
        return [_sample(kind.of_type)]
    if isinstance(kind, GraphQLEnumType):
        return next(iter(kind.values))
    if isinstance(kind, GraphQLInputObjectType):
        return {name: _sample(each.type) for name, each in kind.fields.items() if is_required_input_field(each)}
    return SAMPLES.get(str(kind), "A sentence that is long enough.")


async def everything() -> str:
    return await contents(connections.get("default"))


async def test_no_mutation_over_http(site: Site, case: DeliveryCase) -> None:
    session, contact = await an_impersonation(case.around.customer), await Contact.get()
    before, asked = await everything(), dict(mutations(case, contact))

    answers = {
        name: (
            await site.ask(each["query"], path="/portal/graphql", session=session, variables=each["variables"])
        ).json()
        for name, each in asked.items()
    }

    assert len(answers) >= 8
    for name, answer in answers.items():
        assert [error["reason"] for error in answer["data"][name]["errors"]] == REFUSED, (name, answer)
    assert await everything() == before


@pytest.mark.parametrize("way", ["stream", "socket"])
async def test_no_mutation_over_what_stays_open(site: Site, case: DeliveryCase, way: str) -> None:
    session, contact = await an_impersonation(case.around.customer), await Contact.get()
    before = await everything()

    async with (
        serving(site.dependencies) as address,
        a_socket(address, path="/portal/graphql", session=session) as socket,
    ):
        await signed_in(socket)
        for name, asked in mutations(case, contact):
            if way == "socket":
                await say(socket, id=name, type="subscribe", payload=asked)
                assert '"view_only"' in str(await hear(socket)).replace("'", '"'), name
                await hear(socket)
            else:
                told = await site.ask(
                    asked["query"], path="/portal/graphql/stream", session=session, variables=asked["variables"]
                )
                assert '"view_only"' in told.text, name

    assert await everything() == before


async def test_no_form_of_any_page(site: Site, case: DeliveryCase) -> None:
    session, order, contact = await an_impersonation(case.around.customer), case.around.order, await Contact.get()
    things = {"deliveries": f"del_{case.id}", "customers": f"cus_{case.around.customer.id}"}
    chosen = {"step": "do", "do": "set", "order": f"ord_{order.id}", "stage": "off", "label": "Hello", "text": "Hello"}
    moves = {
        "orderComment": f"ord_{order.id}",
        "deliveryAccept": f"del_{case.id}",
        "contactChooseStatusMails": f"con_{contact.id}",
        "clientStatusHide": f"ord_{order.id}",
    }
    before = await everything()

    for path in (page.path for page in PAGES):
        address = path.replace("{id}", things.get(path.split("/")[1], f"ord_{order.id}"))
        for mutation, subject in moves.items():
            form = {"mutation": mutation, "subject": subject, "versionNumber": "1", "statusMails": "NONE"}
            answer = await send(site, session, address, **chosen, **form)
            assert answer.status_code in (200, 303, 404, 405, 422), (path, answer.text)

    assert await everything() == before


async def test_no_mailed_address(site: Site, case: DeliveryCase, settings: Settings) -> None:
    offer = await an_order(OrderStatus.AWAITING_CUSTOMER, customer=case.around.customer, offer_valid_until=FAR)
    session = await an_impersonation(case.around.customer)
    addresses = [
        await an_offer_link(offer, settings),
        await a_review_link(case, settings),
        await an_unsubscribe_address(case.around, settings),
    ]
    before = await everything()

    for address in addresses:
        for form in (
            {"List-Unsubscribe": "One-Click"},
            {"mutation": "orderDecline", "subject": f"ord_{offer.order.id}"},
        ):
            assert (await send(site, session, address, **form)).status_code in (404, 422)

    assert await everything() == before


async def test_no_other_customer_can_be_looked_at_meanwhile(site: Site, case: DeliveryCase) -> None:
    session, other = await an_impersonation(case.around.customer), await a_customer("Kunde DEF")
    text = "mutation ($id: ID!) { customerViewAs(input: {id: $id}) { errors { code } } }"

    answer = await site.ask(text, session=session, variables={"id": f"cus_{other.id}"})

    assert (answer.status_code, answer.json()["errors"][0]["extensions"]["code"]) == (403, "VIEWING_AS_CUSTOMER")
