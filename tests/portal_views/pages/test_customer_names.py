"""The name of a customer leads to their page, wherever members and the operator's roles read it."""

import re

import pytest

from domain.billing.model import InvoiceStatus
from domain.kernel.ids import external
from domain.receivables.model import Receivable
from tests.makers.accounts import a_session
from tests.makers.billing import an_invoice, lines_of, the_operator
from tests.makers.orders import planned
from tests.support.impersonation import visit
from tests.support.people import everyone
from tests.support.site import Site

MAIN = re.compile(r"<main.*</main>", re.DOTALL)
LISTS = ["/orders?tab=all", "/invoices", "/lines", "/receivables?tab=all"]
MEMBERS_LISTS = ["/", "/orders?tab=all", "/invoices"]


@pytest.mark.parametrize("role", ["member", "finance"])
async def test_names_of_customers_are_links(site: Site, role: str) -> None:
    await the_operator()
    people = await everyone(planned_invoices=(planned("500.00"), planned("200.00")))
    billed = await an_invoice(InvoiceStatus.POSTED, case=people.case)
    session, customer = await a_session(getattr(people, role)), people.case.customer
    rows = {"orders": people.case.order, "invoices": billed.invoice, "lines": (await lines_of(people.case))[0]}
    own = [f"/orders/{external('ord', rows['orders'].id)}"]
    owed = await Receivable.get(invoice_id=billed.invoice.id)
    office = [f"/lines/{external('lin', rows['lines'].id)}", f"/receivables/{external('rcv', owed.id)}"]
    link = f'href="/customers/{external("cus", customer.id)}">{customer.legal_name}</a>'

    for path in [*MEMBERS_LISTS, *own] if role == "member" else [*LISTS, *own, *office]:
        main = MAIN.search((await visit(site, session, path)).text)
        assert main, path
        text = re.sub(r'(title|aria-label|value|placeholder)="[^"]*"', "", main[0])
        assert link in text.replace(" >", ">"), path
        unlinked = re.sub(r"<a [^>]*href=\"/customers/[^>]*>[^<]*</a>", "", text)
        assert customer.legal_name not in unlinked, path
