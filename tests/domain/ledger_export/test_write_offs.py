"""Write-offs of what is canceled or paid later: taken back at the rates at which they were posted."""

import csv
import io
from collections import defaultdict
from datetime import date
from decimal import Decimal

import pytest

from domain.billing.inputs import Reversal, ReversedItem
from domain.kernel.money import VatCategory
from domain.ledger_export.export import ExportFormat, ExportRequest, export_ledger
from domain.receivables.inputs import Refund, WriteOff
from settings import Settings
from tests.domain.ledger_export.month import post_cancellations, posted
from tests.makers.accounts import an_account
from tests.makers.billing import the_operator
from tests.makers.receivables import Owed, a_receivable
from tests.makers.time import berlin, time_passes

pytestmark = pytest.mark.frozen_clock(berlin(2026, 4, 1, 10))
INSOLVENT = WriteOff(reason="Insolvent.")
NEVER_DELIVERED = Reversal(reason="Never delivered.")
TWO_RATES = (("500.00", VatCategory.STANDARD), ("100.00", VatCategory.REDUCED))


async def postings(settings: Settings) -> list[dict[str, str]]:
    request = ExportRequest(format=ExportFormat.CSV, first_day=date(2026, 4, 1), last_day=date(2026, 4, 30))
    made = await export_ledger(settings.database_url, request, (await an_account()).id)
    content = b"".join([portion async for portion in made.portions()])
    return [*csv.DictReader(io.StringIO(content.decode("utf-8-sig")))]


def taken_back(rows: list[dict[str, str]]) -> list[tuple[str, str, str]]:
    of_kind = (row for row in rows if row["kind"] == "WRITE_OFF_REVERSAL")
    return [(row["contra_account"], row["vat_rate"], row["amount"]) for row in of_kind]


def sums_by_rate(rows: list[dict[str, str]]) -> dict[str, Decimal]:
    sums: dict[str, Decimal] = defaultdict(Decimal)
    for row in rows:
        sums[row["vat_rate"]] += Decimal(row["amount"])
    return dict(sums)


async def reverse(owed: Owed, reversal: Reversal = NEVER_DELIVERED) -> None:
    await owed.billed.move("reverse", takes=reversal)
    await post_cancellations()
    await owed.refresh()


async def test_a_reversal_takes_back_what_was_written_off(settings: Settings) -> None:
    await the_operator(write_off_limit_euros=1_000)
    owed = await a_receivable("100.00")
    await owed.move("writeOff", INSOLVENT)

    await reverse(owed)
    await owed.move("refund", Refund(amount=Decimal("100.00"), refunded_on=date(2026, 4, 1)))

    rows = await postings(settings)
    assert owed.row.written_off_cents == 0
    assert taken_back(rows) == [("2406", "19", "495.00")]
    assert sum(Decimal(row["amount"]) for row in rows) == 0


async def test_a_reversal_of_one_rate_takes_back_what_was_written_off_of_that_rate(settings: Settings) -> None:
    await the_operator(write_off_limit_euros=1_000)
    owed = await posted("Müller & Söhne GmbH", *TWO_RATES)
    await owed.move("writeOff", INSOLVENT)
    reduced = next(item for item in await owed.billed.items() if item.vat_category is VatCategory.REDUCED)

    await reverse(owed, Reversal(reason="Half.", items=(ReversedItem(item_id=reduced.id, net=Decimal("50.00")),)))

    rows = await postings(settings)
    assert (owed.row.written_off_cents, taken_back(rows)) == (648_50, [("2401", "7", "53.50")])
    assert sums_by_rate(rows) == {"19": 0, "7": 0}


async def test_charges_that_were_written_off_are_taken_back_without_tax(settings: Settings) -> None:
    await the_operator(friendly_reminder_fee=Decimal("5.00"), write_off_limit_euros=1_000)
    owed = await a_receivable()
    await time_passes(berlin(2026, 4, 25))
    await owed.move("writeOff", INSOLVENT)

    await reverse(owed)

    rows = await postings(settings)
    assert taken_back(rows) == [("2406", "19", "595.00"), ("2400", "", "5.00")]
    assert sums_by_rate(rows) == {"19": 0, "": 0}


async def test_what_is_paid_after_all_takes_back_its_part_of_a_write_off(settings: Settings) -> None:
    await the_operator(write_off_limit_euros=1_000)
    owed = await posted("Müller & Söhne GmbH", *TWO_RATES)
    await owed.move("writeOff", INSOLVENT)

    await owed.pay("351.00")
    await owed.pay("351.00")

    rows = await postings(settings)
    assert owed.row.written_off_cents == 0
    assert taken_back(rows) == [("2406", "19", "297.50"), ("2401", "7", "53.50")] * 2
    assert sum(Decimal(row["amount"]) for row in rows) == 0
