"""Impersonation shows what the customer sees, completely and nothing else."""

from typing import Any

import pytest

from domain.accounts.model import Account
from domain.kernel.actors import Role
from domain.orders.model import OrderStatus
from domain.parties.model import Customer
from portal_views.documents.loader import document
from tests.makers.accounts import a_customer_account, a_session, an_account
from tests.makers.billing import an_invoice, the_operator
from tests.makers.client_status import a_client_status
from tests.makers.deliveries import a_delivery
from tests.makers.orders import Case, an_order
from tests.makers.parties import a_customer
from tests.support.impersonation import an_impersonation, send, visit
from tests.support.people import FAR
from tests.support.site import Site, codes

EVERYTHING = """query { orders(first: 50) { totalCount nodes { id number version openActions { name allowed }
    deliveries { id } invoices { id } timeline(first: 20) { nodes { label } } } }
    invoices(first: 50) { nodes { id } } deliveries(first: 50) { nodes { id } }
    workInProgress(first: 50) { nodes { label name } } viewer { customers { id legalName } } }"""


async def a_busy_customer() -> tuple[Customer, list[Case]]:
    """A customer with an order in every stage, a delivery, an invoice and a shown status."""
    await the_operator()
    customer = await a_customer()
    facts: dict[str, Any] = {"customer": customer, "offer_valid_until": FAR, "service_to": FAR}
    cases = [await an_order(status, **facts) for status in OrderStatus if status is not OrderStatus.COMPLETED]
    (active,) = (case for case in cases if case.order.status is OrderStatus.ACTIVE)
    await a_client_status(active)
    await a_delivery(around=active)
    await an_invoice(case=active)
    return customer, cases


async def an_offer() -> Case:
    return await an_order(OrderStatus.AWAITING_CUSTOMER, offer_valid_until=FAR)


def told(answer: Any) -> Any:
    """An answer but for the instant, the name and the mails of a person, which differ between any two people."""
    data = answer.json()["data"]
    return {**data, "now": None, "unreadNotifications": None, "viewer": {**data["viewer"], "name": None}}


async def both_asked(site: Site, customer: Customer, account: Account, query: str) -> tuple[Any, Any]:
    """The answer to the customer, and the answer to staff who impersonates them."""
    sessions = await a_session(account), await an_impersonation(customer)
    asked = [await site.ask(query, path="/portal/graphql", session=session) for session in sessions]
    return told(asked[0]), told(asked[1])


@pytest.mark.parametrize("query", [document("portal", "dashboard"), EVERYTHING], ids=["dashboard", "everything"])
async def test_both_are_told_the_same(site: Site, query: str) -> None:
    customer, _ = await a_busy_customer()

    theirs, looked_at = await both_asked(site, customer, await a_customer_account(customer), query)

    assert looked_at == theirs
    assert len(theirs["orders"]["nodes"]) == 4


async def test_another_customers_order_is_not_there(site: Site) -> None:
    theirs, other = await an_offer(), await an_offer()
    session = await an_impersonation(theirs.customer)

    answers = [await visit(site, session, f"/orders/ord_{case.order.id}") for case in (theirs, other)]

    assert [answer.status_code for answer in answers] == [200, 404]


async def test_an_order_in_review_is_not_there_although_staff_reviews_it(site: Site) -> None:
    case = await an_order(OrderStatus.IN_REVIEW)
    session = await an_impersonation(case.customer)

    answer = await visit(site, session, f"/orders/ord_{case.order.id}")

    assert answer.status_code == 404


async def test_the_pages_are_the_customers_below_a_banner(site: Site) -> None:
    case = await an_offer()
    session = await an_impersonation(case.customer)

    page = (await visit(site, session, "/")).text

    assert "You see the portal as Kunde XYZ does. Nothing can be changed here." in page
    assert 'href="/viewing/hidden"' in page
    assert "Work in progress" in page
    assert 'href="/customers"' not in page
    assert "Petra Person" not in page


async def test_whoever_is_not_looking_has_no_banner(site: Site) -> None:
    session = await a_session(await a_customer_account(await a_customer()))

    page = (await visit(site, session, "/")).text

    assert "Nothing can be changed here" not in page
    assert "disabled" not in page


async def test_the_language_is_ones_own_and_can_be_switched(site: Site) -> None:
    session = await an_impersonation(await a_customer())

    await send(site, session, "/language", language="de", next="/")

    page = (await visit(site, session, "/")).text
    assert "Sie sehen das Portal wie Kunde XYZ. Hier kann nichts geändert werden." in page


async def test_meanwhile_the_operations_api_is_closed_and_says_why(site: Site) -> None:
    session = await an_impersonation(await a_customer())

    answer = await site.ask("{ viewer { name } }", session=session)

    assert answer.status_code == 403
    assert codes(answer) == ["VIEWING_AS_CUSTOMER"]


@pytest.mark.parametrize("path", ["/customers", "/customers/{customer}", "/password", "/security"])
async def test_ones_own_pages_lead_to_the_view(site: Site, path: str) -> None:
    customer = await a_customer()
    session = await an_impersonation(customer)

    answer = await visit(site, session, path.format(customer=f"cus_{customer.id}"))

    assert (answer.status_code, answer.headers["location"]) == (303, "/")


async def test_an_administrator_looks_too(site: Site) -> None:
    session = await an_impersonation(await a_customer(), await an_account(Role.ADMIN))

    assert "Nothing can be changed here" in (await visit(site, session, "/")).text


@pytest.mark.parametrize("path", ["/nothing", "/orders/ord_1", "/work/ord_1"])
async def test_what_is_not_there_is_told_below_the_banner_as_well(site: Site, path: str) -> None:
    session = await an_impersonation(await a_customer(), await an_account(Role.STAFF))

    answer = await visit(site, session, path)

    assert answer.status_code == 404
    assert "You see the portal as Kunde XYZ does." in answer.text
