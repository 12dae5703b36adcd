"""The page that lists what a customer does not see, with the reasons."""

import pytest

from domain.deliveries.model import DeliveryStatus
from domain.kernel.actors import Role
from domain.orders.model import OrderStatus
from tests.makers.accounts import a_customer_account, a_session, an_account
from tests.makers.billing import a_manual_line, compose, the_operator
from tests.makers.deliveries import a_delivery
from tests.makers.orders import an_order
from tests.makers.parties import a_customer
from tests.support.impersonation import an_impersonation, visit
from tests.support.people import FAR
from tests.support.site import Site

pytestmark = pytest.mark.database


async def test_the_page_lists_what_is_hidden_with_its_rule(site: Site) -> None:
    await the_operator()
    case = await an_order(OrderStatus.ACTIVE, offer_valid_until=FAR, service_to=FAR)
    await a_delivery(DeliveryStatus.DRAFT, around=case)
    review = await an_order(OrderStatus.IN_REVIEW, customer=case.customer, project="SECRET PLAN", offer_valid_until=FAR)
    await compose((await a_manual_line(member=case.member, customer=case.customer)).id)
    session = await an_impersonation(case.customer)

    page = (await visit(site, session, "/viewing/hidden")).text

    assert "SECRET PLAN" in page
    assert review.order.number in page
    assert "The operator has not decided about the order yet." in page
    assert "It is not delivered yet." in page
    assert "Invoices of no order" in page
    assert "internal notes, tags, stage or assignees" in page


async def test_the_page_tells_nothing_of_other_customers(site: Site) -> None:
    await an_order(OrderStatus.IN_REVIEW, project="SECRET PLAN", offer_valid_until=FAR)
    session = await an_impersonation(await a_customer("Kunde DEF"))

    page = (await visit(site, session, "/viewing/hidden")).text

    assert "SECRET PLAN" not in page
    assert "Nothing is hidden: this customer sees every order that you see" in page


async def test_the_page_is_for_whoever_looks_and_nobody_else(site: Site) -> None:
    customer = await a_customer()
    for session in (await a_session(await a_customer_account(customer)), await a_session(await an_account(Role.STAFF))):
        answer = await visit(site, session, "/viewing/hidden")
        assert (answer.status_code, answer.headers["location"]) == (303, "/")
