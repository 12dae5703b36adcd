"""Pages of invoice runs: select, look at the plan, compose, print, and see to what waits."""

from datetime import date

import pytest

from domain.billing.model import Invoice, InvoiceStatus
from domain.invoice_runs.model import InvoiceRun
from domain.kernel.actors import Role
from tests.makers.accounts import an_account
from tests.makers.billing import move_line, the_operator
from tests.makers.invoice_runs import lines_for
from tests.support.looks import PHONE_FIRST
from tests.support.page_flaws import flaws_of
from tests.support.portal_browser import Portal, choose, notice, press, text_of, unfold

pytestmark = pytest.mark.browser

LATE = "2036-12-31"


async def test_finance_goes_from_a_selection_to_issued_invoices_without_script(portal: Portal) -> None:
    await the_operator()
    *_, held = await lines_for(3)
    await move_line(held, "hold")
    page = await portal.signed_in(await an_account(Role.FINANCE), java_script_enabled=False)
    await page.goto("/runs")

    await page.get_by_role("link", name="+ New invoice run").click()
    await page.get_by_label("Invoice date up to").fill(LATE)
    await press(page, "Show the plan")
    plan = await text_of(page)
    await page.get_by_role("link", name="Exceptions (1)").click()
    left_out = await text_of(page)
    await press(page, "Compose")
    composed = await text_of(page)
    await page.get_by_role("link", name="Issue all …").click()
    question, issued_before = await text_of(page), await Invoice.filter(number__isnull=False).count()
    await press(page, "Issue 2 invoices now")

    year = date.today().year
    assert f"RE-{year}-00001 to RE-{year}-00002" in question
    assert "This is final" in question
    assert "€238.00" in question
    assert issued_before == 0
    assert "Plan (2)" in plan
    assert "Kunde 00" in plan
    assert "Kunde 02" in left_out
    assert "A line is not confirmed. Confirm the line first." in left_out
    assert "2 ready to be issued" in composed
    assert await page.locator("a[href$='/draft']").count() == 0
    assert "2 issued" in await text_of(page)
    assert await Invoice.filter(status=InvoiceStatus.PRINTED).count() == 2


async def test_a_run_without_drafts_is_deleted_and_leaves_the_list(portal: Portal) -> None:
    await lines_for(1)
    page = await portal.signed_in(await an_account(Role.FINANCE), java_script_enabled=False)
    await page.goto("/runs/new")
    await press(page, "Show the plan")

    await press(page, "Delete the run")

    assert await notice(page) == "The run is deleted."
    assert page.url.partition("?")[0].endswith("/runs")
    assert await page.locator("tbody tr").count() == 0


async def test_the_selection_is_changed_as_long_as_nothing_is_composed(portal: Portal) -> None:
    first, _ = await lines_for(2)
    page = await portal.signed_in(await an_account(Role.FINANCE))
    await page.goto("/runs/new")
    await press(page, "Show the plan")

    await page.get_by_role("link", name="Change the selection").click()
    await unfold(page, "Customers")
    await choose(page, "Customers", "Kunde 00")
    await press(page, "Show the plan")

    assert "Plan (1)" in await text_of(page)
    assert (await InvoiceRun.get()).customer_ids == [first.customer_id]


async def test_each_draft_of_a_run_can_be_printed(portal: Portal) -> None:
    await the_operator()
    await lines_for(2)
    page = await portal.signed_in(await an_account(Role.FINANCE))
    await page.goto("/runs/new")
    await press(page, "Show the plan")
    await press(page, "Compose")

    paths = await page.locator("a[href$='/draft']").evaluate_all("links => links.map(link => link.href)")
    answers = [await page.request.get(path) for path in paths]

    assert [answer.headers["content-type"] for answer in answers] == ["application/pdf"] * 2


@pytest.mark.parametrize("role", [Role.MEMBER, Role.STAFF, Role.CUSTOMER])
async def test_others_have_no_such_pages(portal: Portal, role: Role) -> None:
    page = await portal.sign_in(await an_account(role))

    answers = [await page.goto(path) for path in ("/runs", "/runs/new")]

    assert [answer.status for answer in answers if answer] == [404, 404]


@PHONE_FIRST
async def test_the_pages_can_be_used_by_everybody(portal: Portal, size: dict[str, int], colors: str) -> None:
    held, _ = await lines_for(2)
    await move_line(held, "hold")
    page = await portal.signed_in(await an_account(Role.FINANCE), size=size, color_scheme=colors)
    await page.goto("/runs/new")
    flaws = await flaws_of(page, "/runs/new")
    await press(page, "Show the plan")
    path = page.url.removeprefix(portal.address)

    for each in ("/runs", path, f"{path.partition('?')[0]}?tab=exceptions"):
        flaws += await flaws_of(page, each)

    assert flaws == []
