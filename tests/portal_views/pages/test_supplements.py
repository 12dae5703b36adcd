"""Further invoices on the pages: the member proposes, the customer answers by link or signed in, finance decides."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from playwright.async_api import Page

from domain.access.mailed_links import KEY_PURPOSE, token
from domain.access.model import Link, LinkPurpose
from domain.billing.model import BillableLine, LineSource, LineStatus
from domain.orders.model import OrderStatus, PlannedInvoice
from domain.supplements.model import Supplement, SupplementStatus
from settings import Settings
from tests.makers.billing import move_line
from tests.makers.supplements import REASON, customers_are_asked, propose
from tests.support.people import Everyone, everyone
from tests.support.portal_browser import Portal, choose, notice, press, text_of, unfold

pytestmark = pytest.mark.browser

DAY = date.today() + timedelta(days=40)


async def with_a_proposal() -> tuple[Everyone, BillableLine]:
    await customers_are_asked()
    people = await everyone()
    return people, await propose(people.case, invoice_on=DAY)


async def link_of(line: BillableLine, settings: Settings) -> str:
    supplement = await Supplement.filter(line_id=line.id).order_by("-id").first()
    assert supplement is not None
    link = await Link.filter(supplement_id=supplement.id).order_by("-id").first()
    assert link is not None
    return f"/l/{token(link.id, LinkPurpose.SUPPLEMENT, settings.key(KEY_PURPOSE))}?lang=en"


async def fill_in_proposal(page: Page) -> None:
    await page.locator("main input[name=text]").fill("Another workshop")
    await page.locator("[name=unitPrice]").fill("1,250.50")
    await page.locator("[name=invoiceOn]").fill(DAY.isoformat())


async def the_proposal() -> BillableLine:
    return await BillableLine.get(source=LineSource.PROPOSAL)


async def test_a_member_proposes_on_the_order(portal: Portal) -> None:
    people = await everyone()
    page = await portal.signed_in(people.member)
    await page.goto(f"/orders/ord_{people.case.order.id}")

    await unfold(page, "+ New invoice")
    await fill_in_proposal(page)
    await press(page, "New invoice")

    line = await the_proposal()
    assert (line.net_cents, line.order_id) == (125_050, people.case.order.id)
    assert "The invoice has been proposed" in await notice(page)
    assert "With finance" in await page.locator("#proposals + .sheet").inner_text()


@pytest.mark.parametrize("scripts", [True, False])
async def test_a_member_proposes_from_the_list_of_invoices_with_and_without_scripts(
    portal: Portal, scripts: bool
) -> None:
    people = await everyone()
    page = await portal.signed_in(people.member, java_script_enabled=scripts)
    await page.goto("/invoices")

    await page.get_by_role("link", name="+ New invoice").click()
    if scripts:
        await choose(page, "Order", people.case.order.number)
    else:
        await page.locator("[name=orderId-search]").fill(people.case.order.number)
        await press(page, "Search")
        await page.locator("[name=orderId][value^=ord_]").check()
    await fill_in_proposal(page)
    await press(page, "Propose the invoice")

    assert (await the_proposal()).order_id == people.case.order.id
    assert page.url.split("?")[0].endswith(f"/orders/ord_{people.case.order.id}")


async def test_what_is_wrong_is_said_beside_its_field(portal: Portal) -> None:
    people = await everyone()
    page = await portal.signed_in(people.member)
    await page.goto(f"/invoices/propose?order=ord_{people.case.order.id}")

    await fill_in_proposal(page)
    await page.locator("[name=unitPrice]").fill("-5")
    await press(page, "Propose the invoice")

    assert await page.locator("[name=unitPrice][aria-invalid=true]").count() == 1
    assert await page.locator("[name=orderId]").input_value() == f"ord_{people.case.order.id}"
    assert not await BillableLine.exists(source=LineSource.PROPOSAL)


async def test_without_an_active_order_the_page_says_so(portal: Portal) -> None:
    people = await everyone(OrderStatus.DRAFT)
    page = await portal.signed_in(people.member)

    await page.goto("/invoices/propose")

    assert "you have none at present" in await text_of(page)


@pytest.mark.parametrize("scripts", [True, False])
async def test_a_customer_confirms_behind_the_link(portal: Portal, settings: Settings, scripts: bool) -> None:
    _, line = await with_a_proposal()
    page = await portal.page(java_script_enabled=scripts)
    await page.goto(await link_of(line, settings))
    assert "€297.50" in await text_of(page)

    await page.get_by_label("Your name").fill("Karla Kundin")
    await press(page, "Agree with binding effect")

    assert "Confirmed by Karla Kundin" in await text_of(page)
    supplement = await Supplement.get(line_id=line.id)
    assert (supplement.status, supplement.answered_by) == (SupplementStatus.CONFIRMED, "Karla Kundin")


async def test_looking_at_the_link_changes_nothing(portal: Portal, settings: Settings) -> None:
    _, line = await with_a_proposal()
    page = await portal.page()

    answer = await page.goto(await link_of(line, settings))

    assert answer is not None
    assert answer.headers["referrer-policy"] == "no-referrer"
    assert (await Supplement.get(line_id=line.id)).status is SupplementStatus.OPEN


async def test_a_customer_declines_behind_the_link(portal: Portal, settings: Settings) -> None:
    _, line = await with_a_proposal()
    page = await portal.page()
    await page.goto(await link_of(line, settings))

    await unfold(page, "Decline")
    await page.locator("textarea[name=reason]").fill("Too much.")
    await press(page, "Decline")

    assert "Declined on" in await text_of(page)
    assert (await BillableLine.get(id=line.id)).status is LineStatus.CANCELED


async def test_the_link_of_a_withdrawn_invoice_says_so(portal: Portal, settings: Settings) -> None:
    _, line = await with_a_proposal()
    await move_line(line, "cancel", takes=REASON)
    page = await portal.page()

    answer = await page.goto(await link_of(line, settings))

    assert answer is not None
    assert answer.status == 410
    assert "This invoice was taken back" in await text_of(page)


async def test_a_signed_in_customer_is_led_from_home_to_the_answer(portal: Portal) -> None:
    people, line = await with_a_proposal()
    page = await portal.sign_in(people.customer)

    await page.get_by_role("link", name="To the invoice").click()
    await press(page, "Agree with binding effect")
    await page.goto(f"/orders/ord_{people.case.order.id}")

    assert "Confirmed by the customer" in await page.locator("#live-supplements").inner_text()
    assert (await Supplement.get(line_id=line.id)).status is SupplementStatus.CONFIRMED


async def test_a_customer_answers_on_the_page_of_the_order(portal: Portal) -> None:
    people, line = await with_a_proposal()
    page = await portal.signed_in(people.customer)
    await page.goto(f"/orders/ord_{people.case.order.id}")

    await press(page, "Agree with binding effect")

    assert (await Supplement.get(line_id=line.id)).status is SupplementStatus.CONFIRMED


async def test_finance_finds_proposals_and_cancels_one_with_a_reason(portal: Portal) -> None:
    people = await everyone()
    await propose(people.case, invoice_on=DAY)
    page = await portal.sign_in(people.finance)
    assert "Proposed by members (1)" in await text_of(page)
    await page.goto("/lines?tab=proposed")

    await page.get_by_role("link", name="Another workshop").click()
    await unfold(page, "Cancel")
    await page.locator("textarea[name=reason]").fill("Not agreed.")
    await press(page, "Cancel")

    assert (await the_proposal()).status is LineStatus.CANCELED
    assert "Not agreed." in await text_of(page)


async def test_finance_reads_why_a_line_cannot_be_confirmed_yet(portal: Portal) -> None:
    people, line = await with_a_proposal()
    page = await portal.signed_in(people.finance)

    await page.goto(f"/lines/lin_{line.id}")

    text = await text_of(page)
    assert "The customer has not answered yet." in text
    assert "Awaiting answer" in text


async def test_administrators_switch_the_setting(portal: Portal) -> None:
    people = await everyone()
    page = await portal.signed_in(people.admin)
    await page.goto("/settings/operator/orders")

    form = page.locator("#supplements form")
    await form.locator("[name=supplementsAreConfirmed]").check()
    await form.locator("[name=supplementDays]").fill("7")
    async with page.expect_navigation():
        await form.get_by_role("button").click()
    await propose(people.case, invoice_on=DAY)

    supplement = await Supplement.get()
    assert supplement.valid_until - supplement.offered_at.date() in (timedelta(days=7), timedelta(days=8))


@pytest.mark.parametrize("scripts", [True, False])
async def test_a_repeated_invoice_of_a_draft_becomes_its_rows(portal: Portal, scripts: bool) -> None:
    people = await everyone()
    page = await portal.signed_in(people.member, java_script_enabled=scripts)
    await page.goto("/orders/new")

    await page.get_by_label("Project", exact=True).fill("Care")
    await page.locator("[name=plannedInvoices-0-text]").fill("Care {period}")
    await page.locator("[name=plannedInvoices-0-invoiceOn]").fill("2031-01-31")
    await page.locator("[name=plannedInvoices-0-unitPrice]").fill("240")
    await unfold(page, "Repeat this invoice")
    await page.locator("[name=plannedInvoices-0-repeats]").select_option("MONTHLY")
    await page.locator("[name=plannedInvoices-0-repeatCount]").fill("3")
    await press(page, "Save draft")

    rows = await PlannedInvoice.filter(order__project="Care").order_by("position")
    assert [(row.invoice_on, row.text) for row in rows] == [
        (date(2031, 1, 31), "Care Januar 2031"),
        (date(2031, 2, 28), "Care Februar 2031"),
        (date(2031, 3, 31), "Care März 2031"),
    ]
    assert rows[0].unit_price_cents == Decimal(24_000)
    await page.get_by_role("link", name="Edit").first.click()
    assert await page.locator("[name=plannedInvoices-2-text]").input_value() == "Care März 2031"


async def test_an_incomplete_repetition_is_said_beside_its_field(portal: Portal) -> None:
    people = await everyone()
    page = await portal.signed_in(people.member)
    await page.goto("/orders/new")

    await page.locator("[name=plannedInvoices-0-text]").fill("Care")
    await page.locator("[name=plannedInvoices-0-invoiceOn]").fill("2031-01-31")
    await page.locator("[name=plannedInvoices-0-unitPrice]").fill("240")
    await unfold(page, "Repeat this invoice")
    await page.locator("[name=plannedInvoices-0-repeats]").select_option("MONTHLY")
    await press(page, "Save draft")

    assert await page.locator("[name=plannedInvoices-0-repeatCount][aria-invalid=true]").is_visible()
