"""Downloads of invoices: the stored bytes for those who see the invoice, and nothing for everybody else."""

import pytest

from domain.billing.documents.model import InvoiceDocument
from domain.billing.model import InvoiceStatus
from domain.kernel.actors import Role
from domain.kernel.ids import external
from domain.parties.model import Customer
from tests.makers.accounts import a_customer_account, a_member_account, an_account
from tests.makers.billing import Billed, an_invoice, the_operator
from tests.makers.parties import a_customer, a_member
from tests.makers.time import berlin
from tests.support.account_client import Target
from tests.support.site import Site

pytestmark = pytest.mark.frozen_clock(berlin(2026, 4, 1, 10))


@pytest.fixture
def target(site: Site) -> Target:
    return Target(site.dependencies, site.client)


async def an_issued_invoice() -> Billed:
    await the_operator()
    return await an_invoice(InvoiceStatus.PRINTED)


def path_of(billed: Billed, name: str = "pdf") -> str:
    return f"/files/invoices/{external('inv', billed.invoice.id)}/{name}"


async def test_those_who_see_an_invoice_get_the_stored_bytes(target: Target) -> None:
    billed = await an_issued_invoice()
    customer = await Customer.get(id=billed.invoice.customer_id)
    finance, owner = await an_account(Role.FINANCE), await a_customer_account(customer)

    answers = [await target.get(path_of(billed), account) for account in (finance, owner)]

    stored = await InvoiceDocument.get(invoice_id=billed.invoice.id)
    assert [answer.status_code for answer in answers] == [200, 200]
    assert answers[0].content == answers[1].content
    assert len(answers[0].content) == stored.size
    assert answers[0].headers["content-type"] == "application/pdf"
    assert answers[0].headers["content-disposition"] == f'inline; filename="{billed.invoice.number}.pdf"'
    assert answers[0].headers["x-content-type-options"] == "nosniff"


async def test_an_invoice_of_others_is_answered_as_one_that_does_not_exist(target: Target) -> None:
    billed = await an_issued_invoice()
    stranger = await a_customer_account(await a_customer())
    other_member = await a_member_account(await a_member())
    missing = path_of(billed).replace(str(billed.invoice.id), str(billed.case.order.id))

    answers = [await target.get(path_of(billed), each) for each in (stranger, other_member)]
    answers.append(await target.get(missing, stranger))
    answers.append(await target.client.get(path_of(billed)))

    assert {(answer.status_code, answer.text) for answer in answers} == {(404, answers[0].text)}


@pytest.mark.parametrize("name", ["xrechnung", "draft", "exe"])
async def test_a_file_that_the_invoice_does_not_have_is_absent(target: Target, name: str) -> None:
    billed = await an_issued_invoice()

    answer = await target.get(path_of(billed, name), await an_account(Role.FINANCE))

    assert answer.status_code == 404


async def test_a_draft_is_printed_for_those_who_see_it_and_not_stored(target: Target) -> None:
    await the_operator()
    billed = await an_invoice(InvoiceStatus.READY_TO_PRINT)
    customer = await a_customer_account(await Customer.get(id=billed.invoice.customer_id))

    seen = await target.get(path_of(billed, "draft"), await an_account(Role.FINANCE))
    hidden = await target.get(path_of(billed, "draft"), customer)

    assert (seen.status_code, seen.content[:5]) == (200, b"%PDF-")
    assert hidden.status_code == 404
    assert await InvoiceDocument.all().count() == 0
