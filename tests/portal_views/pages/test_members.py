"""Member pages: draft, deliver, check an invoice, impersonate a customer."""

from datetime import date, timedelta

import pytest
from playwright.async_api import Page

from domain.billing.model import InvoiceStatus
from domain.deliveries.model import DeliveryStatus
from domain.orders.model import Order, OrderStatus
from tests.makers.billing import an_invoice, the_operator
from tests.makers.deliveries import a_delivery
from tests.makers.orders import an_order
from tests.support.people import everyone
from tests.support.portal_browser import Portal, choose, notice, press, text_of, unfold

pytestmark = pytest.mark.browser


async def test_the_tabs_show_one_status_each(portal: Portal) -> None:
    people = await everyone()
    await an_order(OrderStatus.IN_REVIEW, member=people.case.member, project="Under review")
    page = await portal.signed_in(people.member)

    await page.goto("/orders")
    active = await text_of(page)
    await page.get_by_role("link", name="In review").click()

    assert "Projekt ABC" in active
    assert "Under review" not in active
    assert "Under review" in await text_of(page)


async def test_a_year_without_orders_says_so(portal: Portal) -> None:
    people = await everyone()
    page = await portal.signed_in(people.member)

    await page.goto("/orders?tab=all")
    await page.get_by_label("Year").select_option("2020")
    await press(page, "Show")

    assert "There are no orders in this selection" in await text_of(page)


async def test_a_long_list_comes_in_pages_and_leads_back(portal: Portal) -> None:
    people = await everyone(OrderStatus.DRAFT)
    for number in range(26):
        await an_order(member=people.case.member, customer=people.case.customer, project=f"Draft {number}")
    page = await portal.signed_in(people.member)
    await page.goto("/orders?tab=drafts")
    assert "27 orders" in await text_of(page)

    await page.get_by_role("link", name="More").click()
    assert "Projekt ABC" in await text_of(page)
    await page.get_by_role("link", name="Previous").click()

    assert "Draft 25" in await text_of(page)


async def test_a_row_more_keeps_what_was_typed_and_needs_no_script(portal: Portal) -> None:
    people = await everyone()
    page = await portal.signed_in(people.member, java_script_enabled=False)
    await page.goto("/orders/new")

    await page.get_by_label("Project", exact=True).fill("Half finished")
    await page.get_by_label("Text").fill("First")
    await press(page, "One more row")

    assert await page.get_by_label("Project", exact=True).input_value() == "Half finished"
    assert [await box.input_value() for box in await page.get_by_label("Text").all()] == ["First", "", ""]
    assert [await box.input_value() for box in await page.get_by_label("Quantity").all()] == ["1", "1", "1"]
    assert await Order.filter(project="Half finished").count() == 0


async def test_a_mistake_is_said_beside_its_field(portal: Portal) -> None:
    people = await everyone()
    page = await portal.signed_in(people.member)
    await page.goto("/orders/new")

    await page.get_by_label("Project", exact=True).fill("Wrong price")
    await page.get_by_label("Text").fill("Work")
    await page.get_by_label("Net unit price").fill("a lot")
    await press(page, "Save draft")

    price = page.get_by_label("Net unit price").first
    assert await price.get_attribute("aria-invalid") == "true"
    assert await price.input_value() == "a lot"
    assert "Please enter a number" in await page.get_by_role("alert").inner_text()


async def test_a_period_that_ends_too_early_is_said_by_the_rules(portal: Portal) -> None:
    people = await everyone()
    page = await portal.signed_in(people.member)
    await page.goto("/orders/new")

    await page.get_by_label("Service from").fill(date.today().isoformat())
    await page.get_by_label("Service until").fill((date.today() - timedelta(days=1)).isoformat())
    await press(page, "Save draft")

    assert await page.get_by_label("Service until").get_attribute("aria-invalid") == "true"


async def test_a_draft_is_amended_as_it_was_saved(portal: Portal) -> None:
    people = await everyone(OrderStatus.DRAFT, tags=("one", "two"), internal_notes="Quietly.")
    page = await portal.signed_in(people.member)
    await page.goto(f"/orders/ord_{people.case.order.id}/edit")

    await page.get_by_label("Project", exact=True).fill("Another name")
    await press(page, "Save draft")

    await people.case.order.refresh_from_db()
    order = people.case.order
    assert (order.project, order.tags, order.internal_notes) == ("Another name", ["one", "two"], "Quietly.")
    assert order.net_cents == 50_000


async def test_a_field_that_is_emptied_in_the_form_is_empty_afterwards(portal: Portal) -> None:
    people = await everyone(OrderStatus.DRAFT, tags=("one", "two"), internal_notes="Quietly.")
    page = await portal.signed_in(people.member)
    await page.goto(f"/orders/ord_{people.case.order.id}/edit")

    await page.locator("[name=internalNotes]").fill("")
    await page.locator("[name=tags]").fill("")
    await page.locator("[name=serviceTo]").fill("")
    await press(page, "Save draft")

    await people.case.order.refresh_from_db()
    order = people.case.order
    assert (order.project, order.tags, order.internal_notes, order.service_to) == ("Projekt ABC", [], "", None)


async def test_what_cannot_be_done_says_why(portal: Portal) -> None:
    people = await everyone(OrderStatus.DRAFT, planned_invoices=())
    page = await portal.signed_in(people.member)

    await page.goto(f"/orders/ord_{people.case.order.id}")

    shut = await page.locator(".shut").first.inner_text()
    assert shut.startswith("Submit")
    assert "Add at least one planned invoice." in shut


async def test_a_text_alone_is_delivered_once_it_is_said_that_there_is_no_file(portal: Portal) -> None:
    people = await everyone()
    delivery = await a_delivery(DeliveryStatus.DRAFT, around=people.case)
    page = await portal.signed_in(people.member)
    await page.goto(f"/orders/ord_{people.case.order.id}")
    await page.get_by_label("What is delivered").fill("All said in words.")
    await page.get_by_label("Link").first.fill("")

    await press(page, "Deliver")
    await delivery.delivery.refresh_from_db()
    forgotten = delivery.delivery.status, delivery.delivery.draft_description
    box = page.get_by_label("There is no file and no link")
    assert await box.get_attribute("aria-invalid") == "true"
    await box.check()
    await press(page, "Deliver")

    await delivery.delivery.refresh_from_db()
    assert forgotten == (DeliveryStatus.DRAFT, "All said in words.")
    assert delivery.delivery.status is DeliveryStatus.DELIVERED


async def test_a_form_sent_twice_acts_once(portal: Portal) -> None:
    people = await everyone()
    page = await portal.signed_in(people.member)
    await page.goto(f"/orders/ord_{people.case.order.id}")
    await page.get_by_label("Comment", exact=True).fill("Only once, please.")

    fields = await hidden_fields(page, "orderComment") | {"text": "Only once, please."}
    for _ in range(2):
        await page.request.post(page.url, form=fields, headers={"origin": portal.address})
    await page.reload()

    assert (await text_of(page)).count("Only once, please.") == 1


async def hidden_fields(page: Page, mutation: str) -> dict[str, str | float | bool]:
    form = page.locator("form", has=page.locator(f"input[value={mutation}]"))
    found = await form.locator("input[type=hidden]").all()
    return {str(await each.get_attribute("name")): str(await each.get_attribute("value")) for each in found}


async def test_whoever_saw_an_older_version_is_told(portal: Portal) -> None:
    people = await everyone(OrderStatus.DRAFT)
    page = await portal.signed_in(people.member)
    await page.goto(f"/orders/ord_{people.case.order.id}")
    await people.case.move("submit", people.case.by_member)
    await people.case.move("withdraw", people.case.by_member)

    await press(page, "Submit")

    assert "changed" in await page.get_by_role("alert").inner_text()


async def test_a_member_asks_for_a_change_of_an_invoice_draft(portal: Portal) -> None:
    await the_operator()
    people = await everyone()
    billed = await an_invoice(case=people.case)
    page = await portal.signed_in(people.member)
    await page.goto(f"/invoices/inv_{billed.invoice.id}")

    await unfold(page, "Request changes")
    await page.locator("form", has_text="Request changes").locator("textarea").fill("Wrong month.")
    await press(page, "Request changes")

    await billed.refresh()
    assert billed.invoice.status is InvoiceStatus.ON_HOLD
    assert "Finance has received" in await notice(page)


async def test_a_member_enters_a_customer_and_offers_at_once(portal: Portal) -> None:
    people = await everyone()
    page = await portal.signed_in(people.member)
    await page.goto("/customers/new")

    for label, text in {
        "Name on invoices": "Gärtnerei Südhang",
        "Street and number": "Hang 1",
        "Postcode": "89073",
        "City": "Ulm",
        "E-mail for invoices": "rechnung@suedhang.example",
    }.items():
        await page.get_by_label(label).fill(text)
    await page.get_by_label("Name", exact=True).fill("Grete Grün")
    await page.get_by_label("E-mail", exact=True).fill("grete@suedhang.example")
    await press(page, "Add customer")
    assert "Grete Grün" in await text_of(page)

    await page.goto("/orders/new")

    await choose(page, "Customer and contact", "Gärtnerei")
    assert "Grete Grün" in await page.locator(".chips").inner_text()
