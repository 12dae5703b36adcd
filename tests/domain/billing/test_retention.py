"""Issued invoices are archived once they need not be kept: the row, the number and the files stay."""

from datetime import date

import pytest
from tortoise import connections

from domain.billing.model import ArchivedInvoice, InvoiceStatus
from domain.kernel.errors import Refused
from tests.makers.billing import Billed, an_invoice, the_operator
from tests.makers.time import berlin, the_clock_shows

pytestmark = pytest.mark.frozen_clock(berlin(2026, 4, 1, 10))


async def refusal(billed: Billed) -> tuple[str, object]:
    with pytest.raises(Refused) as refused:
        await billed.move("archive")
    (refusal,) = refused.value.refusals
    return refusal.reason, refusal.params.get("until")


@pytest.fixture
async def billed(database: str) -> Billed:
    await the_operator()
    return await an_invoice(InvoiceStatus.PRINTED)


async def test_an_invoice_that_must_be_kept_is_not_archived_and_the_day_is_named(billed: Billed) -> None:
    await the_clock_shows(berlin(2034, 12, 31, 23))

    assert await refusal(billed) == ("retention_not_over", date(2034, 12, 31))


async def test_it_is_archived_from_the_first_day_of_the_next_year_on_and_only_once(billed: Billed) -> None:
    await the_clock_shows(berlin(2035, 1, 1, 1))
    before = billed.invoice

    await billed.move("archive")

    entry = await ArchivedInvoice.get(invoice_id=billed.invoice.id)
    assert entry.archived_at == berlin(2035, 1, 1, 1)
    assert (billed.invoice.status, billed.invoice.snapshot) == (before.status, before.snapshot)
    assert (await refusal(billed))[0] == "invoice_already_archived"


async def test_the_operator_may_keep_invoices_for_ten_years(billed: Billed) -> None:
    await the_operator(invoice_retention_years=10)
    await the_clock_shows(berlin(2035, 1, 1, 1))

    assert await refusal(billed) == ("retention_not_over", date(2036, 12, 31))


@pytest.mark.parametrize(
    "change", ["UPDATE archived_invoices SET archived_at = now()", "DELETE FROM archived_invoices"]
)
async def test_the_entry_of_the_archive_is_final(billed: Billed, change: str) -> None:
    await the_clock_shows(berlin(2035, 1, 1, 1))
    await billed.move("archive")

    with pytest.raises(Exception, match=r"permission denied|never"):
        await connections.get("default").execute_query(change)
