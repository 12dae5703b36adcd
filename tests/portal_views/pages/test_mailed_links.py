"""The pages behind mailed links: without a sign-in, GET shows and POST acts."""

import pytest

from domain.orders.model import OrderStatus
from settings import Settings
from tests.support.people import a_delivered_order, a_review_link, an_offer_link, everyone
from tests.support.portal_browser import Portal, press, text_of, unfold

pytestmark = pytest.mark.browser


async def test_a_customer_confirms_behind_the_link(portal: Portal, settings: Settings) -> None:
    people = await everyone(OrderStatus.AWAITING_CUSTOMER)
    page = await portal.page()
    await page.goto(f"{await an_offer_link(people.case, settings)}?lang=en")

    await page.get_by_label("Your name").fill("Karla Kundin")
    await press(page, "Confirm the order")

    assert "Confirmed by Karla Kundin" in await text_of(page)
    await people.case.order.refresh_from_db()
    assert people.case.order.confirmed_by == "Karla Kundin"


async def test_looking_at_an_offer_changes_nothing(portal: Portal, settings: Settings) -> None:
    people = await everyone(OrderStatus.AWAITING_CUSTOMER)
    page = await portal.page()

    answer = await page.goto(await an_offer_link(people.case, settings))

    assert answer is not None
    assert answer.headers["referrer-policy"] == "no-referrer"
    await people.case.order.refresh_from_db()
    assert people.case.order.status is OrderStatus.AWAITING_CUSTOMER


async def test_a_change_that_is_wished_voids_the_link(portal: Portal, settings: Settings) -> None:
    people = await everyone(OrderStatus.AWAITING_CUSTOMER)
    page = await portal.page()
    await page.goto(f"{await an_offer_link(people.case, settings)}?lang=en")

    await unfold(page, "Ask for a change")
    await page.locator("textarea[name=message]").fill("In October, please.")
    await press(page, "Ask for a change")

    assert "We have received your wishes" in await text_of(page)


async def test_an_offer_can_be_declined_without_a_reason(portal: Portal, settings: Settings) -> None:
    people = await everyone(OrderStatus.AWAITING_CUSTOMER)
    page = await portal.page()
    await page.goto(f"{await an_offer_link(people.case, settings)}?lang=en")

    await unfold(page, "Decline the offer")
    await press(page, "Decline the offer")

    await people.case.order.refresh_from_db()
    assert people.case.order.status is OrderStatus.REJECTED


async def test_a_link_that_was_replaced_says_so(portal: Portal, settings: Settings) -> None:
    people = await everyone(OrderStatus.AWAITING_CUSTOMER)
    old = await an_offer_link(people.case, settings)
    await an_offer_link(people.case, settings)
    page = await portal.page()

    answer = await page.goto(f"{old}?lang=en")

    assert answer is not None
    assert answer.status == 410
    assert "There is a newer link" in await text_of(page)


async def test_an_unknown_link_tells_nothing(portal: Portal) -> None:
    page = await portal.page()

    answer = await page.goto("/l/nothing-of-ours?lang=en")

    assert answer is not None
    assert answer.status == 404
    assert "We do not know this link" in await text_of(page)


async def test_a_delivery_is_accepted_behind_its_link(portal: Portal, settings: Settings) -> None:
    _, delivery = await a_delivered_order()
    page = await portal.page()
    await page.goto(f"{await a_review_link(delivery, settings)}?lang=en")
    assert "days" in await page.locator(".deadline .left").inner_text()

    await unfold(page, "Accept the delivery")
    await page.get_by_label("4 – good").check()
    await press(page, "Yes, accept for good")

    await delivery.delivery.refresh_from_db()
    assert (delivery.delivery.rating, delivery.delivery.accepted_by) == (4, "CUSTOMER")


async def test_the_language_of_a_link_page_can_be_chosen(portal: Portal, settings: Settings) -> None:
    people = await everyone(OrderStatus.AWAITING_CUSTOMER)
    page = await portal.page()
    await page.goto(await an_offer_link(people.case, settings))
    assert "Möchten Sie den Auftrag erteilen?" in await text_of(page)

    await page.get_by_role("link", name="English").click()

    assert "Would you like to place this order?" in await text_of(page)
