"""Draft prints: the PDFs of several drafts in one ZIP, for those who see them."""

from io import BytesIO
from typing import Any
from zipfile import ZipFile

import pytest
import pytest_asyncio

from domain.billing.documents.draft_print import MAX_DRAFTS
from domain.billing.documents.model import InvoiceDocument
from domain.billing.model import Invoice, InvoiceStatus
from domain.invoice_runs import draft_prints
from domain.invoice_runs.model import InvoiceRunInvoice
from domain.kernel.actors import Role
from domain.kernel.ids import external, new_id
from tests.makers.accounts import a_member_account, an_account
from tests.makers.billing import Billed, an_invoice, print_now, someone_in_finance, the_operator
from tests.makers.invoice_runs import a_composed_run
from tests.makers.parties import a_member
from tests.makers.time import berlin
from tests.support.account_client import Target
from tests.support.site import Site

pytestmark = pytest.mark.frozen_clock(berlin(2026, 4, 1, 10))


@pytest.fixture
def target(site: Site) -> Target:
    return Target(site.dependencies, site.client)


@pytest_asyncio.fixture(autouse=True)
async def operator(database: str) -> None:
    await the_operator()


def path_of(*invoices: Billed) -> str:
    return "/files/invoices/drafts?" + "&".join(f"invoice={external('inv', each.invoice.id)}" for each in invoices)


async def test_drafts_arrive_as_pdfs_in_one_archive_and_what_is_issued_is_left_out(target: Target) -> None:
    first, second = await an_invoice(), await an_invoice(InvoiceStatus.ON_HOLD)
    issued = await an_invoice(InvoiceStatus.PRINTED)
    stored = await InvoiceDocument.all().count()

    answer = await target.get(path_of(second, issued, first), await an_account(Role.FINANCE))

    archive = ZipFile(BytesIO(answer.content))
    assert archive.testzip() is None
    assert archive.namelist() == [f"{each.invoice.provisional_number}.pdf" for each in (second, first)]
    assert {archive.read(name)[:5] for name in archive.namelist()} == {b"%PDF-"}
    assert await InvoiceDocument.all().count() == stored


async def test_who_sees_none_of_the_drafts_gets_nothing(target: Target) -> None:
    draft, issued = await an_invoice(), await an_invoice(InvoiceStatus.PRINTED)
    finance, stranger = await an_account(Role.FINANCE), await a_member_account(await a_member())

    answers = [
        await target.get(path_of(draft), stranger),
        await target.get(path_of(issued), finance),
        await target.get(path_of(), finance),
        await target.client.get(path_of(draft)),
    ]

    assert [answer.status_code for answer in answers] == [404] * 4


async def test_all_drafts_of_a_run_arrive_portion_by_portion_in_its_order(
    target: Target, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(draft_prints, "PORTION", 2)
    fay = await someone_in_finance()
    run = await a_composed_run(fay, 5)
    rows: list[Any] = await InvoiceRunInvoice.filter(run_id=run.id).order_by("position")
    drafts: list[Any] = [await Invoice.get(id=each.id) for each in rows]
    await print_now(drafts[1])
    path = f"/files/invoices/drafts?run={external('ivr', run.id)}"

    answer = await target.get(path, await an_account(Role.FINANCE))
    strangers = [await target.get(path, await an_account(role)) for role in (Role.STAFF, Role.MEMBER)]

    archive = ZipFile(BytesIO(answer.content))
    assert archive.testzip() is None
    assert archive.namelist() == [f"{each.provisional_number}.pdf" for each in (drafts[0], *drafts[2:])]
    assert [each.status_code for each in strangers] == [404, 404]


async def test_too_many_and_what_is_no_invoice_are_refused(target: Target) -> None:
    finance = await an_account(Role.FINANCE)
    many = "&".join(f"invoice={external('inv', new_id())}" for _ in range(MAX_DRAFTS + 1))

    answers = [
        await target.get(f"/files/invoices/drafts?{query}", finance) for query in (many, "invoice=ord_1", "run=1")
    ]

    assert [answer.status_code for answer in answers] == [400, 400, 400]
