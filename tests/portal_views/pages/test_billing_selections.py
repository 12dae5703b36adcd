"""Lines and invoices selected in their lists: previewed, moved together, with a result for each."""

from zipfile import ZipFile

import pytest
from playwright.async_api import Page

from domain.billing.model import BillableLine, Invoice, InvoiceStatus, LineStatus
from domain.bulk.model import BulkOperation, BulkSubject
from domain.kernel.actors import Role
from domain.orders.model import OrderStatus
from tests.makers.accounts import an_account
from tests.makers.billing import Billed, a_manual_line, an_invoice, the_operator
from tests.makers.orders import an_order
from tests.makers.parties import a_customer, a_member
from tests.support.looks import PHONE_FIRST
from tests.support.page_flaws import flaws_of
from tests.support.people import FAR
from tests.support.portal_browser import Portal, press, text_of

pytestmark = pytest.mark.browser


async def a_due_invoice(status: InvoiceStatus = InvoiceStatus.READY_TO_PRINT) -> Billed:
    case = await an_order(OrderStatus.ACTIVE, offer_valid_until=FAR, service_to=FAR)
    return await an_invoice(status, case=case)


async def choose_move(page: Page, label: str) -> None:
    await page.locator("#many-move").select_option(label=label)
    await press(page, "Next")


async def test_ticked_lines_are_held_without_script_after_a_preview(portal: Portal) -> None:
    member, customer = await a_member(), await a_customer()
    lines = [await a_manual_line(member=member, customer=customer) for _ in range(3)]
    page = await portal.signed_in(await an_account(Role.FINANCE), java_script_enabled=False)
    await page.goto("/lines?tab=open")

    for line in lines[:2]:
        await page.locator(f"input[value='lin_{line.id}']").check()
    await choose_move(page, "Hold many")
    assert "2 lines would change" in await text_of(page)
    await press(page, "Hold many: 2 lines")

    assert "2 lines changed" in await text_of(page)
    states = [(await BillableLine.get(id=line.id)).status for line in lines]
    assert states == [LineStatus.ON_HOLD, LineStatus.ON_HOLD, LineStatus.CONFIRMED]


async def test_all_invoices_of_a_tab_are_held_and_the_refused_are_named(portal: Portal) -> None:
    await the_operator()
    ready, issued = await a_due_invoice(), await a_due_invoice(InvoiceStatus.PRINTED)
    page = await portal.signed_in(await an_account(Role.FINANCE))
    await page.goto("/invoices")

    await page.get_by_label("Select all rows of this page").check()
    await page.get_by_label("all 2 invoices; no filter is set").check()
    await choose_move(page, "Hold many")
    await page.get_by_label("Comment").fill("Prices are being checked.")
    await press(page, "See what would change")
    assert issued.invoice.number in await page.locator(".refusals").inner_text()
    await press(page, "Hold many: 1 invoice")

    operation = await BulkOperation.get(dry_run=False)
    assert (operation.subject, operation.applied, operation.failed) == (BulkSubject.INVOICE, 1, 1)
    assert (await Invoice.get(id=ready.invoice.id)).hold_comment == "Prices are being checked."


async def test_the_question_before_many_are_issued_names_their_numbers_and_that_it_is_final(portal: Portal) -> None:
    await the_operator()
    ready = [await a_due_invoice() for _ in range(3)]
    page = await portal.signed_in(await an_account(Role.FINANCE), java_script_enabled=False)
    await page.goto("/invoices")

    for each in ready[:2]:
        await page.locator(f"input[value='inv_{each.invoice.id}']").check()
    await choose_move(page, "Issue many")
    question = await text_of(page)
    await press(page, "Issue 2 invoices now")

    assert "00001 to RE-" in question
    assert "This is final" in question
    assert await Invoice.filter(status=InvoiceStatus.PRINTED).count() == 2


async def test_the_preview_leads_back_to_the_list_it_came_from(portal: Portal) -> None:
    await a_due_invoice()
    page = await portal.signed_in(await an_account(Role.FINANCE))
    await page.goto("/invoices?tab=ready")

    await page.get_by_label("Select all rows of this page").check()
    await page.get_by_label("the one invoice that matches").check()
    await choose_move(page, "Hold many")
    await page.locator("a.crumb").click()

    assert page.url.endswith("/invoices?tab=ready")


async def test_members_select_no_invoices(portal: Portal) -> None:
    page = await portal.signed_in(await an_account(Role.MEMBER))

    await page.goto("/invoices")

    assert await page.locator("#many").count() == 0


@PHONE_FIRST
async def test_lists_with_ticks_can_be_used_by_everybody(portal: Portal, size: dict[str, int], colors: str) -> None:
    await a_due_invoice()
    page = await portal.sign_in(await an_account(Role.FINANCE), size=size, color_scheme=colors)

    flaws = [flaw for path in ("/invoices", "/lines", "/bulk") for flaw in await flaws_of(page, path)]

    assert flaws == []


async def test_ticked_drafts_are_summed_up_and_downloaded_without_script(portal: Portal) -> None:
    await the_operator()
    drafts = [await a_due_invoice() for _ in range(2)]
    issued, _ = await a_due_invoice(InvoiceStatus.PRINTED), await a_due_invoice()
    page = await portal.signed_in(await an_account(Role.FINANCE), java_script_enabled=False)
    await page.goto("/invoices")

    for each in (*drafts, issued):
        await page.locator(f"input[value='inv_{each.invoice.id}']").check()
    await press(page, "Draft prints")

    assert "3 invoices: €1,500.00 net + €285.00 VAT = €1,785.00" in await text_of(page)
    assert "1 of the selected invoices is no draft any more" in await text_of(page)
    async with page.expect_download() as download:
        await page.get_by_role("link", name="Download 2 drafts").click()
    names = ZipFile(await (await download.value).path()).namelist()
    assert {*names} == {f"{each.invoice.provisional_number}.pdf" for each in drafts}


async def test_the_bar_and_the_preview_show_what_the_ticked_invoices_come_to(portal: Portal) -> None:
    ticked = [await a_due_invoice() for _ in range(2)]
    await a_due_invoice()
    page = await portal.signed_in(await an_account(Role.FINANCE))
    await page.goto("/invoices")

    for each in ticked:
        await page.locator(f"input[value='inv_{each.invoice.id}']").check()
    assert await page.locator("[data-sums]").inner_text() == "· €1,190.00"
    await choose_move(page, "Hold many")

    assert "2 invoices: €1,000.00 net + €190.00 VAT = €1,190.00" in await text_of(page)
