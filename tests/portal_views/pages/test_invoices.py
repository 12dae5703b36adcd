"""Pages of invoices: finance is asked before it issues, the PDF stands in the page, members see what changed."""

from decimal import Decimal

import pytest
from playwright.async_api import Page

from domain.billing.inputs import ChangeRequest, LineChanges
from domain.billing.model import Invoice, InvoiceStatus
from domain.kernel.actors import Role
from domain.orders.model import OrderStatus
from domain.parties.model import Customer
from tests.makers.accounts import a_customer_account, a_member_account, an_account
from tests.makers.billing import Billed, an_invoice, move_line, the_operator
from tests.makers.orders import an_order
from tests.support.page_flaws import flaws_of
from tests.support.people import FAR
from tests.support.portal_browser import DESKTOP, PHONE, Portal, notice, press, text_of

pytestmark = pytest.mark.browser


async def a_billed_order(status: InvoiceStatus = InvoiceStatus.READY_TO_PRINT) -> Billed:
    await the_operator()
    return await an_invoice(status, case=await an_order(OrderStatus.ACTIVE, offer_valid_until=FAR, service_to=FAR))


async def in_finance(portal: Portal, billed: Billed, **more: object) -> Page:
    page = await portal.signed_in(await an_account(Role.FINANCE), **more)
    await page.goto(f"/invoices/inv_{billed.invoice.id}")
    return page


async def the_number_of(billed: Billed) -> str | None:
    return (await Invoice.get(id=billed.invoice.id)).number


async def follow(page: Page, words: str) -> None:
    async with page.expect_navigation():
        await page.get_by_role("link", name=words).first.click()


@pytest.mark.parametrize("has_scripts", [True, False], ids=["scripts", "no scripts"])
async def test_finance_is_asked_once_before_an_invoice_is_issued(portal: Portal, has_scripts: bool) -> None:
    billed = await a_billed_order()
    page = await in_finance(portal, billed, java_script_enabled=has_scripts)

    await follow(page, "Issue …")
    asked = await text_of(page)
    assert await the_number_of(billed) is None
    await press(page, "Issue it now")

    number = await the_number_of(billed)
    assert number is not None
    assert number in asked
    assert "This is final" in asked
    assert "Planned for" in asked
    assert await notice(page) == "The invoice has been issued."


async def test_who_does_not_confirm_issues_nothing(portal: Portal) -> None:
    billed = await a_billed_order()
    page = await in_finance(portal, billed)

    await follow(page, "Issue …")
    await follow(page, "Do not issue it")

    assert await the_number_of(billed) is None
    assert page.url.endswith(f"/invoices/inv_{billed.invoice.id}")


async def test_the_question_leads_back_once_it_is_issued(portal: Portal) -> None:
    billed = await a_billed_order(InvoiceStatus.PRINTED)
    page = await in_finance(portal, billed)

    await page.goto(f"/invoices/inv_{billed.invoice.id}/issue")

    assert page.url.endswith(f"/invoices/inv_{billed.invoice.id}")


async def test_a_draft_that_changed_meanwhile_is_not_issued(portal: Portal) -> None:
    billed = await a_billed_order()
    page = await in_finance(portal, billed)
    await follow(page, "Issue …")
    await billed.move("hold")

    await press(page, "Issue it now")

    assert await the_number_of(billed) is None
    assert await page.get_by_role("alert").count() > 0


async def test_the_pdf_stands_in_the_page_of_its_invoice(portal: Portal) -> None:
    billed = await a_billed_order(InvoiceStatus.PRINTED)
    page = await in_finance(portal, billed)

    source = await page.locator("iframe").get_attribute("src")
    answer = await page.request.get(f"{source}")
    data = await page.request.get(f"/files/invoices/inv_{billed.invoice.id}/zugferd")
    policy = (await page.request.get(page.url)).headers["content-security-policy"]

    assert (answer.status, answer.headers["x-frame-options"]) == (200, "SAMEORIGIN")
    assert "frame-ancestors 'self'" in answer.headers["content-security-policy"]
    assert "frame-src 'self'" in policy
    assert f"{billed.invoice.number}</ram:ID>" in await data.text()


async def test_no_other_page_may_have_a_frame(portal: Portal) -> None:
    page = await portal.sign_in(await an_account(Role.FINANCE))

    policies = [(await page.request.get(path)).headers["content-security-policy"] for path in ("/invoices", "/")]

    assert [policy for policy in policies if "frame-src" in policy or "frame-ancestors 'none'" not in policy] == []


async def test_the_member_reads_what_changed_on_hold(portal: Portal) -> None:
    billed = await a_billed_order()
    await billed.move("requestChanges", billed.case.by_member, ChangeRequest(message="Cheaper, please."))
    (line,) = await billed.lines()
    await move_line(line, "amend", takes=LineChanges(unit_price=Decimal("450.00")))
    page = await portal.signed_in(await a_member_account(billed.case.member))

    await page.goto(f"/invoices/inv_{billed.invoice.id}")

    changed = await page.locator("article:has(#difference)").inner_text()
    assert "€500.00" in changed
    assert "€450.00" in changed
    assert "€595.00" in changed


async def test_finance_searches_sorts_and_sums_up(portal: Portal) -> None:
    billed = await a_billed_order(InvoiceStatus.PRINTED)
    await a_billed_order(InvoiceStatus.PRINTED)
    page = await portal.signed_in(await an_account(Role.FINANCE), java_script_enabled=False)
    await page.goto("/invoices?tab=issued")
    assert "€1,190.00" in await page.locator(".list-sums").inner_text()

    await page.locator("#search").fill(billed.invoice.number)
    await page.locator("#sort").select_option("due")
    await press(page, "Show")

    rows = page.locator("tbody tr")
    assert await rows.count() == 1
    assert billed.case.member.name in await rows.inner_text()
    assert "€595.00" in await page.locator(".list-sums").inner_text()


async def test_a_customer_finds_files_date_and_state_in_the_list(portal: Portal) -> None:
    billed = await a_billed_order(InvoiceStatus.PRINTED)
    page = await portal.signed_in(await a_customer_account(await Customer.get(id=billed.invoice.customer_id)))

    await page.goto("/invoices")

    row = await page.locator("tbody tr").inner_text()
    links = await page.locator("tbody a[download]").evaluate_all("each => each.map(a => a.getAttribute('href'))")
    assert "Open" in row
    assert [path.rsplit("/", 1)[1] for path in links] == ["pdf", "zugferd"]


@pytest.mark.parametrize("size", [DESKTOP, PHONE], ids=["desktop", "phone"])
async def test_invoice_pages_can_be_used_by_all(portal: Portal, size: dict[str, int]) -> None:
    draft, issued = await a_billed_order(), await a_billed_order(InvoiceStatus.PRINTED)
    page = await portal.sign_in(await an_account(Role.FINANCE), size=size)
    paths = [f"/invoices/inv_{each.invoice.id}" for each in (draft, issued)]

    for path in (*paths, f"{paths[0]}/issue", "/invoices?tab=attention"):
        assert await flaws_of(page, path) == []
