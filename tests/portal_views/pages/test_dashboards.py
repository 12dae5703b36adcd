"""First pages: what waits for each role, in numbers that lead to their lists."""

import re

import pytest

from domain.billing.documents.model import DocumentJob
from domain.billing.model import InvoiceStatus
from domain.orders.model import OrderStatus
from tests.makers.accounts import a_session
from tests.makers.billing import an_invoice, the_operator
from tests.makers.orders import Case, an_order, planned
from tests.support.impersonation import visit
from tests.support.people import FAR, everyone
from tests.support.portal_browser import Portal, notice, press
from tests.support.site import Site

TILE = re.compile(r'<li[^>]*><a href="([^"]*)"><strong>([^<]*)</strong> ([^<]*)</a>')


async def a_running_order() -> Case:
    """An active order with one planned invoice."""
    return await an_order(OrderStatus.ACTIVE, offer_valid_until=FAR, planned_invoices=(planned("500.00"),))


def tiles_of(text: str) -> dict[str, str]:
    """The number of each tile by the words behind it."""
    return {words.strip(): number for _, number, words in TILE.findall(text)}


async def test_a_member_reads_what_is_to_be_done_in_groups_with_counts(site: Site) -> None:
    people = await everyone()
    for project in ("First", "Second"):
        await an_order(OrderStatus.DRAFT, member=people.case.member, customer=people.case.customer, project=project)
    session = await a_session(people.member)

    page = (await visit(site, session, "/")).text

    assert tiles_of(page) == {
        "drafts": "2",
        "with the operator": "0",
        "awaiting customer": "0",
        "active order": "1",
        "draft invoices to check": "0",
    }
    groups = re.findall(r'<h3>([^<]*) <span class="pill">(\d+)</span></h3>', page)
    assert ("Finish the draft and submit it", "2") in groups
    assert "<title>(" in page
    assert 'href="/orders/new"' in page
    assert 'href="/invoices/propose"' in page


async def test_finance_reads_what_waits_and_every_number_leads_to_its_list(site: Site) -> None:
    await the_operator()
    people = await everyone()
    await an_invoice(InvoiceStatus.ON_HOLD, case=await a_running_order())
    printed = await an_invoice(InvoiceStatus.PRINTED, case=await a_running_order())
    await DocumentJob.filter(invoice_id=printed.invoice.id).update(state="FAILED")
    session = await a_session(people.finance)

    page = (await visit(site, session, "/")).text

    tiles = tiles_of(page)
    assert (tiles["invoice on hold"], tiles["print failed"], tiles["invoices to approve"]) == ("1", "1", "0")
    for path, _, _ in TILE.findall(page):
        assert (await visit(site, session, path)).status_code == 200, path


@pytest.mark.parametrize("role", ["staff", "admin"])
async def test_the_operator_reads_what_waits_and_every_number_leads_to_its_list(site: Site, role: str) -> None:
    people = await everyone(OrderStatus.IN_REVIEW)
    session = await a_session(getattr(people, role))

    page = (await visit(site, session, "/")).text

    assert tiles_of(page)["order to review"] == "1"
    assert "<title>(1) " in page
    for path, _, _ in TILE.findall(page):
        assert (await visit(site, session, path.partition("#")[0] or "/")).status_code == 200, path


@pytest.mark.browser
async def test_an_order_is_approved_from_the_queue_by_one_click(portal: Portal) -> None:
    people = await everyone(OrderStatus.IN_REVIEW)
    page = await portal.sign_in(people.staff)

    await press(page, f"Approve {people.case.order.number}")

    assert "approved" in (await notice(page)).lower()
    await people.case.order.refresh_from_db()
    assert people.case.order.status is OrderStatus.AWAITING_CUSTOMER
