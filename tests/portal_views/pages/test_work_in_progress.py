"""Work in progress as customers read it: the status, its history, open actions, and reasons for none."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from playwright.async_api import Page

from domain.client_status.inputs import StatusInput
from domain.kernel.actors import Actor, ActorKind, Role
from domain.operator.model import CustomerAccess
from domain.orders.inputs import Confirmation
from domain.orders.model import OrderStatus
from settings import Settings
from tests.makers.accounts import a_customer_account, an_account
from tests.makers.client_status import IN_PROGRESS, a_client_status, move_client_status
from tests.makers.deliveries import a_delivery
from tests.makers.orders import Case, an_order
from tests.makers.parties import STAFF, a_customer
from tests.support.graphql.schema_client import portal_client
from tests.support.people import FAR, Everyone, everyone
from tests.support.portal_browser import Portal, text_of

STEPS = "query($id: ID!) { clientStatus(id: $id) { nextSteps { step yours until } deliveryToReview { id } } }"
HISTORY = "query($id: ID!) { clientStatus(id: $id) { history(first: 9) { nodes { label } totalCount } } }"
STATUS_ONLY = CustomerAccess.STATUS_ONLY
browser = pytest.mark.browser


@browser
async def test_a_card_tells_everything_that_is_told(portal: Portal) -> None:
    people = await everyone()
    told: dict[str, Any] = {"name": "The new shop", "label": "Nearly done", "description": "Two pages are missing."}
    await a_client_status(people.case, **told, expected_on=date(2031, 5, 7))

    page = await portal.sign_in(people.customer)

    card = await page.locator(".work").inner_text()
    for said in (*told.values(), "7 May 2031", "since", "There is nothing to do for you at the moment."):
        assert said in card


@browser
async def test_what_changed_last_comes_first_and_the_rest_is_one_click_away(portal: Portal) -> None:
    people = await everyone()
    await a_client_status(people.case, name="Piece 0")
    for number in range(1, 52):
        await a_client_status(await another_order(people), name=f"Piece {number}")
    page = await portal.sign_in(people.customer)

    assert await page.locator(".work h3").first.inner_text() == "Piece 51"
    assert "52 orders" in await text_of(page)
    await page.get_by_role("link", name="Show more").click()

    assert await page.locator(".work h2").all_inner_texts() == ["Piece 1", "Piece 0"]


@browser
async def test_what_was_told_is_folded_below_and_has_a_page(portal: Portal) -> None:
    people = await everyone()
    await told_of(people.case, "Planned", "Begun", "Drawn", "Built", "Done")
    page = await portal.sign_in(people.customer)

    await page.locator("summary", has_text="History so far").click()
    folded = await page.locator(".told .label").all_inner_texts()
    await page.get_by_role("link", name="Show the whole history").click()

    assert folded == ["Done", "Built", "Drawn", "Begun"]
    assert await page.locator(".told .label").all_inner_texts() == ["Done", "Built", "Drawn", "Begun", "Planned"]


@browser
async def test_whoever_sees_only_the_status_has_a_page_of_it_without_the_order(portal: Portal) -> None:
    people = await everyone(customer_access=STATUS_ONLY, description="QUITE PRIVATE")
    await a_client_status(people.case, description="We are drawing.")
    page = await portal.sign_in(people.customer)

    await page.locator(".work a").first.click()

    text = await text_of(page)
    assert page.url.endswith(f"/work/cst_{people.case.order.id}")
    assert "We are drawing." in text
    assert "QUITE PRIVATE" not in text
    assert "595.00" not in text


@browser
async def test_a_step_on_a_card_leads_to_where_it_is_done(portal: Portal) -> None:
    people = await everyone(customer_access=STATUS_ONLY)
    await a_client_status(people.case)
    await a_delivery(around=people.case)
    page = await portal.sign_in(people.customer)

    await page.get_by_role("link", name="Review the delivery").click()

    await page.locator("summary", has_text="Accept the delivery").wait_for()


@browser
async def test_work_that_is_not_shown_has_no_page(portal: Portal) -> None:
    people = await everyone()
    foreign, hidden = await a_client_status((await everyone()).case), await a_client_status(people.case, shown=False)
    page = await portal.sign_in(people.customer)

    for case in (foreign, hidden):
        answer = await page.goto(f"/work/ord_{case.order.id}")
        assert answer is not None
        assert answer.status == 404


@browser
@pytest.mark.parametrize("path", ["/", "/orders"])
async def test_orders_that_are_not_listed_are_explained_by_the_status(portal: Portal, path: str) -> None:
    people = await everyone(customer_access=STATUS_ONLY)
    await a_client_status(people.case)
    page = await portal.signed_in(people.customer)

    await page.goto(path)

    assert "Your orders are not listed here one by one." in await text_of(page)


@browser
async def test_an_archived_order_leaves_the_same_words_as_none(portal: Portal) -> None:
    people, nobody = await everyone(), await a_customer_account(await a_customer())
    await people.case.move("archive", STAFF)

    after, without = await portal.sign_in(people.customer), await portal.sign_in(nobody)

    assert await text_of(after) == await text_of(without)
    for path in ("/orders", "/invoices", "/work"):
        assert await places_of(after, path) == await places_of(without, path) != []


@browser
async def test_an_account_without_a_customer_is_told_whom_to_ask(portal: Portal) -> None:
    page = await portal.sign_in(await an_account(Role.CUSTOMER))

    assert "Your account does not belong to a customer yet." in await text_of(page)


@browser
async def test_an_order_without_status_and_deliveries_says_when_there_will_be_some(portal: Portal) -> None:
    people = await everyone()
    page = await portal.signed_in(people.customer)

    await page.goto(f"/orders/ord_{people.case.order.id}")

    for place in (
        "No status has been published for this order",
        "Nothing has been delivered yet",
        "No invoice has been",
    ):
        assert place in await text_of(page)


async def test_history_is_what_the_customer_really_saw(settings: Settings, database: str) -> None:
    case = (await everyone()).case
    await move_client_status(case, "update", StatusInput(label="A first thought"))
    await told_of(case, "Begun")
    await move_client_status(case, "hide")
    await move_client_status(case, "update", StatusInput(label="A second thought"))
    await move_client_status(case, "show", StatusInput(label="Built"))

    history = (await asked(settings, HISTORY, case, case.by_customer))["history"]

    assert [change["label"] for change in history["nodes"]] == ["Built", "Begun"]
    assert history["totalCount"] == 2


async def test_there_is_an_offer_to_answer_then_nothing_then_a_delivery_to_review(
    settings: Settings, database: str
) -> None:
    case = (await everyone(OrderStatus.AWAITING_CUSTOMER, customer_access=STATUS_ONLY)).case
    await a_client_status(case)
    offered = await asked(settings, STEPS, case, case.by_customer)
    await case.move("confirm", case.by_customer, Confirmation(name="Kim", revision=case.order.offer_revision))
    confirmed = await asked(settings, STEPS, case, case.by_customer)
    delivery = await a_delivery(around=case)
    delivered = await asked(settings, STEPS, case, case.by_customer)

    assert [step["step"] for step in offered["nextSteps"]] == ["answer_the_offer"]
    assert confirmed == {"nextSteps": [], "deliveryToReview": None}
    assert [step["step"] for step in delivered["nextSteps"]] == ["review_the_delivery"]
    assert delivered["deliveryToReview"] == {"id": f"del_{delivery.id}"}


async def test_the_link_of_an_offer_knows_of_no_delivery(settings: Settings, database: str) -> None:
    case = (await everyone(customer_access=STATUS_ONLY)).case
    await a_client_status(case)
    await a_delivery(around=case)
    link = Actor(kind=ActorKind.LINK, role=Role.CUSTOMER, order_id=case.order.id, customer_ids=(case.customer.id,))

    assert await asked(settings, STEPS, case, link) == {"nextSteps": [], "deliveryToReview": None}


async def told_of(case: Case, *labels: str) -> None:
    for label in labels:
        await move_client_status(case, "show", replace(IN_PROGRESS, label=label))


async def another_order(people: Everyone) -> Case:
    around = people.case
    return await an_order(
        OrderStatus.ACTIVE, member=around.member, customer=around.customer, offer_valid_until=FAR, service_to=FAR
    )


async def places_of(page: Page, path: str) -> list[str]:
    """What is said where there is nothing."""
    await page.goto(path)
    return await page.locator(".empty").all_inner_texts()


async def asked(settings: Settings, query: str, case: Case, actor: Actor) -> Any:
    return (await portal_client(settings).ask(query, actor, id=f"ord_{case.order.id}"))["clientStatus"]
