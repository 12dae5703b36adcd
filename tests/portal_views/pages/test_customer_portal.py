"""Customer pages: what signed-in customers see and do."""

import pytest

from domain.billing.model import InvoiceStatus
from domain.operator.model import CustomerAccess
from domain.orders.model import OrderStatus
from tests.makers.accounts import a_customer_account
from tests.makers.billing import an_invoice, the_operator
from tests.makers.client_status import a_client_status, move_client_status
from tests.makers.deliveries import a_delivery
from tests.makers.parties import a_customer
from tests.support.people import a_delivered_order, everyone
from tests.support.portal_browser import Portal, accept_delivery, notice, press, text_of, unfold

pytestmark = pytest.mark.browser


async def test_a_home_without_anything_explains_itself(portal: Portal) -> None:
    page = await portal.sign_in(await a_customer_account(await a_customer()))

    text = await text_of(page)

    for explained in ("There is nothing to do for you", "No status has been published", "There is no order to be seen"):
        assert explained in text
    assert "There is no invoice to be seen" in text


async def test_work_in_progress_is_exactly_what_is_shown(portal: Portal) -> None:
    people = await everyone()
    await a_client_status(people.case, description="We are drawing.")
    page = await portal.sign_in(people.customer)
    assert "We are drawing." in await text_of(page)

    await move_client_status(people.case, "hide")
    await page.reload()

    assert "We are drawing." not in await text_of(page)


async def test_the_time_left_is_said_exactly_and_in_words(portal: Portal) -> None:
    people, _ = await a_delivered_order()
    page = await portal.signed_in(people.customer)

    await page.goto(f"/orders/ord_{people.case.order.id}")

    said = await page.locator(".deadline").inner_text()
    assert "2 days and 23 hours left" in said
    assert await page.locator(".deadline time").get_attribute("datetime") is not None


async def test_more_time_is_chosen_from_the_days_that_are_possible(portal: Portal) -> None:
    people, delivery = await a_delivered_order()
    before = delivery.delivery.review_ends_at
    page = await portal.signed_in(people.customer)
    await page.goto(f"/orders/ord_{people.case.order.id}")

    await unfold(page, "More time to review")
    await page.locator("select[name=until]").select_option(index=1)
    await press(page, "More time to review")

    assert "more time" in await notice(page)
    await delivery.delivery.refresh_from_db()
    after = delivery.delivery.review_ends_at
    assert before is not None
    assert after is not None
    assert after > before


async def test_a_revision_needs_a_defect(portal: Portal) -> None:
    people, _ = await a_delivered_order()
    page = await portal.signed_in(people.customer)
    await page.goto(f"/orders/ord_{people.case.order.id}")

    await unfold(page, "Request a revision")
    await page.locator("[name=placedDefects-0-text]").fill("   ")
    await press(page, "Request a revision")

    assert await page.get_by_role("alert").count() == 1
    assert await page.locator("[name=placedDefects-0-text]").is_visible()


async def test_nothing_internal_stands_in_a_customers_order(portal: Portal) -> None:
    people = await everyone(internal_notes="QUITE SECRET", tags=("HUSHHUSH",))
    page = await portal.signed_in(people.customer)

    await page.goto(f"/orders/ord_{people.case.order.id}")

    text = await page.content()
    assert "QUITE SECRET" not in text
    assert "HUSHHUSH" not in text
    assert "455.00" not in text


async def test_an_issued_invoice_is_there_as_text(portal: Portal) -> None:
    await the_operator()
    people = await everyone()
    billed = await an_invoice(InvoiceStatus.PRINTED, case=people.case)
    page = await portal.sign_in(people.customer)

    await page.get_by_role("link", name=billed.invoice.number, exact=True).click()

    text = await text_of(page)
    assert "€595.00" in text
    assert "19% VAT on €500.00" in text
    assert "Kunde XYZ" in text


async def test_a_customer_who_sees_only_the_status_still_reviews(portal: Portal) -> None:
    people = await everyone(customer_access=CustomerAccess.STATUS_ONLY)
    delivery = await a_delivery(around=people.case)
    page = await portal.sign_in(people.customer)

    await page.get_by_role("link", name="Review", exact=True).click()
    await accept_delivery(page)

    await delivery.delivery.refresh_from_db()
    assert delivery.delivery.accepted_at is not None


async def test_an_order_in_review_is_not_there_for_its_customer(portal: Portal) -> None:
    people = await everyone(OrderStatus.IN_REVIEW)
    page = await portal.signed_in(people.customer)

    answer = await page.goto(f"/orders/ord_{people.case.order.id}")

    assert answer is not None
    assert answer.status == 404
