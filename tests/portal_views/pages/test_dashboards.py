"""First pages: what waits for each role, in numbers that lead to their lists."""

import html
import re
from collections.abc import Iterable
from datetime import date

import pytest

from domain.billing.documents.model import DocumentJob
from domain.billing.model import Invoice, InvoiceStatus
from domain.claims.model import ClaimStatus
from domain.kernel.actors import Role
from domain.kernel.ids import external
from domain.orders.model import Order, OrderStatus
from portal_views.documents.waiting import WAITS_FOR
from portal_views.forms.filters import billing, claims, orders, receivables
from portal_views.pages import customers
from portal_views.pages.administration import deadlines, mails
from portal_views.pages.billing import bank
from tests.makers.accounts import a_session, an_account
from tests.makers.automations import shown_from_template
from tests.makers.billing import an_invoice, the_operator
from tests.makers.claims import a_claim
from tests.makers.orders import Case, an_order, planned
from tests.makers.time import berlin
from tests.support.impersonation import visit
from tests.support.people import FAR, everyone
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
    today, later = [await an_invoice(case=await a_running_order()) for _ in range(2)]
    await Invoice.filter(id=today.invoice.id).update(invoice_on=date(2026, 1, 5))
    await Invoice.filter(id=later.invoice.id).update(invoice_on=FAR)
    session = await a_session(people.finance)

    page = (await visit(site, session, "/")).text

    tiles = tiles_of(page)
    to_issue = await visit(site, session, next(path for path, _, words in TILE.findall(page) if "issue today" in words))
    assert tiles["invoice to issue today"] == "1"
    assert re.findall(r"/invoices/(inv_[^\"]+)\">", to_issue.text) == [external("inv", today.invoice.id)]
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


async def test_the_order_that_waits_longest_stands_first_whenever_it_was_begun(site: Site) -> None:
    newer, older = [await an_order(OrderStatus.IN_REVIEW, offer_valid_until=FAR, project=name) for name in ("A", "B")]
    await Order.filter(id=newer.order.id).update(submitted_at=berlin(2026, 3, 1, 8), created_at=berlin(2026, 2, 1, 8))
    await Order.filter(id=older.order.id).update(submitted_at=berlin(2026, 3, 2, 8), created_at=berlin(2026, 1, 1, 8))
    session = await a_session(await an_account(Role.STAFF))

    home, in_list = [(await visit(site, session, path)).text for path in ("/", "/orders?tab=in-review&sort=waiting")]

    for page in (home, in_list):
        assert page.index(newer.order.number) < page.index(older.order.number)


async def test_a_contradiction_of_an_ended_order_stands_in_the_list_that_its_number_leads_to(site: Site) -> None:
    people = await everyone()
    await shown_from_template("In progress", people.case)
    await Order.filter(id=people.case.order.id).update(status=OrderStatus.COMPLETED)
    session = await a_session(people.staff)

    tiles = {words: (path, n) for path, n, words in TILE.findall((await visit(site, session, "/")).text)}
    contradicting, stale = (html.unescape(tiles[words][0]) for words in ("status contradicts", "stale statuses"))

    assert tiles["status contradicts"][1] == "1"
    assert people.case.order.number in (await visit(site, session, contradicting)).text
    assert people.case.order.number not in (await visit(site, session, stale)).text


@pytest.mark.frozen_clock(berlin(2026, 4, 1, 10))
async def test_the_lists_of_what_waits_have_its_count_in_their_title(site: Site) -> None:
    people = await everyone(OrderStatus.IN_REVIEW)
    await an_order(OrderStatus.DRAFT, member=people.case.member, customer=people.case.customer)
    await a_claim(ClaimStatus.SUBMITTED)
    sessions = {who: await a_session(getattr(people, who)) for who in ("staff", "member", "finance")}

    counted = {
        (who, path): "<title>(1) " in (await visit(site, sessions[who], path)).text
        for who, path in (
            ("staff", "/orders?tab=in-review"),
            ("staff", "/orders?tab=active"),
            ("member", "/orders?tab=in-review"),
            ("member", "/orders?tab=drafts"),
            ("finance", "/claims"),
            ("finance", "/claims?tab=paid"),
            ("finance", "/receivables/dunning"),
            ("finance", "/bank"),
        )
    }

    assert [where for where, is_counted in counted.items() if is_counted] == [
        ("staff", "/orders?tab=in-review"),
        ("member", "/orders?tab=drafts"),
        ("finance", "/claims"),
    ]


def test_what_waits_are_tabs_of_lists() -> None:
    tabs: dict[str, Iterable[str]] = {
        "orders": orders.TABS,
        "customers": customers.WHERE_BY_TAB,
        "invoices": billing.INVOICE_TABS,
        "lines": billing.LINE_TABS,
        "receivables": receivables.TABS,
        "bank_transactions": bank.TABS,
        "claims": claims.OF_FINANCE,
        "messages": mails.TABS,
        **{each.document: [name] for name, each in deadlines.TABS.items() if each.document != "deadlines"},
        "automation_exceptions": [""],
        "dunning_run": [""],
    }

    assert [each for each in WAITS_FOR if each[1] not in tabs[each[0]]] == []
