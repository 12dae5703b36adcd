"""An invoice run: select, look at the plan, compose, issue, record how they were sent, post."""

import pytest

from domain.billing.model import Invoice, InvoiceStatus
from domain.kernel.actors import Role
from tests.makers.billing import move_line, the_operator
from tests.makers.invoice_runs import lines_for
from tests.support.browsing.cast import Cast
from tests.support.browsing.visitor import Visitor
from tests.support.portal_browser import text_of

pytestmark = [pytest.mark.browser, pytest.mark.thorough]


async def test_a_run_goes_from_its_plan_to_posted_invoices(cast: Cast) -> None:
    await the_operator()
    *_, held = await lines_for(3)
    await move_line(held, "hold")
    finance = await cast.employee(Role.FINANCE)

    await looks_at_the_plan(finance)
    await composes(finance)
    await issues(finance)
    await cast.clock_strikes()
    await posts(finance)


async def looks_at_the_plan(finance: Visitor) -> None:
    await finance.unfold("Billing")
    await finance.follow("Runs")
    await finance.follow("+ New invoice run")
    await finance.fill("Invoice date up to", "2036-12-31")
    await finance.press("Show the plan")
    assert "Plan (2)" in await text_of(finance.page)
    await finance.follow("Exceptions (1)")
    assert "A line is not confirmed." in await text_of(finance.page)


async def composes(finance: Visitor) -> None:
    await finance.press("Compose")
    assert "2 ready to be issued" in await text_of(finance.page)


async def issues(finance: Visitor) -> None:
    await finance.follow("Issue all")
    await finance.press("Issue 2 invoices now")
    assert "2 issued" in await text_of(finance.page)


async def posts(finance: Visitor) -> None:
    await finance.page.reload()
    assert await Invoice.filter(status=InvoiceStatus.POSTED).count() == 2
