"""The operator's pages: staff review and show a status, finance composes and issues."""

import pytest

from domain.billing.model import BillableLine, Invoice, InvoiceStatus, LineSource
from domain.kernel.actors import Role
from domain.orders.model import OrderStatus
from tests.makers.accounts import an_account
from tests.makers.billing import an_invoice, the_operator
from tests.makers.orders import an_order
from tests.makers.time import berlin, the_clock_shows
from tests.support.people import FAR, everyone
from tests.support.portal_browser import Portal, choose, notice, press, switch_status, text_of, unfold, write_status

pytestmark = pytest.mark.browser


async def test_the_queue_begins_with_what_waits_longest(portal: Portal) -> None:
    for day, project in ((3, "Second"), (2, "First"), (4, "Third")):
        await the_clock_shows(berlin(2026, 11, day, 9))
        await an_order(OrderStatus.IN_REVIEW, project=project, offer_valid_until=FAR)
    page = await portal.sign_in(await an_account(Role.STAFF))

    projects = await page.locator(".turn h3").all_inner_texts()

    assert projects == ["First", "Second", "Third"]
    assert "has been waiting for 2 days" in await text_of(page)
    assert "Overdue" in await text_of(page)


async def test_an_empty_queue_says_so(portal: Portal) -> None:
    page = await portal.sign_in(await an_account(Role.STAFF))

    assert "All reviewed" in await text_of(page)


async def test_sending_back_needs_a_comment_that_the_member_reads(portal: Portal) -> None:
    people = await everyone(OrderStatus.IN_REVIEW)
    page = await portal.signed_in(people.staff)
    await page.goto(f"/orders/ord_{people.case.order.id}")

    await unfold(page, "Send back")
    await page.locator("form", has_text="Send back").locator("textarea").fill("Please split the work.")
    await press(page, "Send back")

    assert "back with the member" in await notice(page)
    as_member = await portal.signed_in(people.member)
    await as_member.goto(f"/orders/ord_{people.case.order.id}")
    assert "Please split the work." in await text_of(as_member)


async def test_a_status_is_shown_changed_and_hidden(portal: Portal) -> None:
    people = await everyone()
    page = await portal.signed_in(people.staff)
    await page.goto(f"/orders/ord_{people.case.order.id}")

    await write_status(page, "Planned", "Show")
    assert "The client sees this status in the portal right now" in await text_of(page)
    assert await page.locator("#status-form [name=label]").input_value() == "Planned"
    await switch_status(page)

    assert "Hidden: the client sees no status" in await text_of(page)


async def test_a_status_takes_any_colour_without_inline_style(portal: Portal) -> None:
    people = await everyone()
    page = await portal.signed_in(people.staff)
    await page.goto(f"/orders/ord_{people.case.order.id}")

    await write_status(page, "Planned", "Show", color="#b4005a")

    assert await page.locator(".preview .dot circle").get_attribute("fill") == "#b4005a"


async def test_finance_composes_and_issues_an_invoice(portal: Portal) -> None:
    await the_operator()
    people = await everyone()
    page = await portal.signed_in(people.finance)
    await page.goto("/invoices/new")

    await page.get_by_label("Workshop").check()
    await press(page, "Compose the draft")
    assert "Invoice draft" in await text_of(page)
    async with page.expect_navigation():
        await page.get_by_role("link", name="Issue …").click()
    await press(page, "Issue it now")

    assert "issued" in await notice(page)
    assert (await Invoice.get()).status is InvoiceStatus.PRINTED
    assert await page.get_by_role("link", name=people.case.order.number).is_visible()


async def test_finance_enters_a_line_by_hand(portal: Portal) -> None:
    people = await everyone()
    page = await portal.signed_in(people.finance)
    await page.goto("/lines/new")

    await choose(page, "Member", "M")
    await choose(page, "Customer", "K")
    await page.get_by_label("Text").fill("Beratung")
    await page.get_by_label("Net unit price").fill("1,250.50")
    await page.get_by_label("Service from").fill("2026-04-01")
    await page.get_by_label("Service until").fill("2026-04-30")
    await press(page, "Add line")

    line = await BillableLine.get(text="Beratung")
    assert (line.net_cents, line.source) == (125_050, LineSource.MANUAL)
    assert f"/lines/lin_{line.id}" in page.url


async def test_a_draft_that_went_back_is_marked_and_one_that_was_never_submitted_is_not_there(portal: Portal) -> None:
    people = await everyone(OrderStatus.IN_REVIEW, project="Went back")
    await people.case.move("withdraw", people.case.by_member)
    unseen = await an_order(member=people.case.member, customer=people.case.customer, project="Not yet seen")
    page = await portal.signed_in(people.staff)

    await page.goto("/orders?tab=all")
    text = await text_of(page)
    answer = await page.goto(f"/orders/ord_{unseen.order.id}")

    assert "Went back" in text
    assert "with the member" in text
    assert "Not yet seen" not in text
    assert answer is not None
    assert answer.status == 404


async def test_a_reversal_leads_to_its_own_document(portal: Portal) -> None:
    await the_operator()
    people = await everyone()
    billed = await an_invoice(InvoiceStatus.PRINTED, case=people.case)
    page = await portal.signed_in(people.finance)
    await page.goto(f"/invoices/inv_{billed.invoice.id}")

    await unfold(page, "Issue a cancellation invoice")
    await page.locator("form", has_text="Issue a cancellation").locator("[name=reason]").fill("Charged twice.")
    await press(page, "Issue a cancellation invoice")

    text = await text_of(page)
    assert "Cancellation invoice" in text
    assert billed.invoice.number in text


async def test_a_part_of_an_invoice_can_be_reversed(portal: Portal) -> None:
    await the_operator()
    people = await everyone()
    billed = await an_invoice(InvoiceStatus.PRINTED, case=people.case)
    page = await portal.signed_in(people.finance)
    await page.goto(f"/invoices/inv_{billed.invoice.id}")

    await unfold(page, "Issue a cancellation invoice")
    form = page.locator("form", has_text="Issue a cancellation")
    await form.locator("[name=reason]").fill("A fifth was not delivered.")
    await form.locator("[name=items-0-itemId]").select_option(label="Workshop")
    await form.locator("[name=items-0-net]").fill("100.00")
    await press(page, "Issue a cancellation invoice")

    assert "−€119.00" in await text_of(page)


async def test_finance_finds_no_moves_of_others(portal: Portal) -> None:
    people = await everyone(OrderStatus.IN_REVIEW)
    page = await portal.signed_in(people.finance)

    await page.goto(f"/orders/ord_{people.case.order.id}")

    text = await text_of(page)
    assert "Turn of: Staff" in text
    assert "Approve" not in text
