"""Exports of a month: the files byte by byte, their sums, and the line in the audit trail."""

import csv
import io
from datetime import date
from decimal import Decimal
from hashlib import sha256
from pathlib import Path

import pytest
from tortoise import connections

from domain.database.model import AuditEntry
from domain.kernel.errors import Refused
from domain.kernel.money import VatCategory
from domain.ledger_export.export import ExportFormat, ExportRefused, ExportRequest, LedgerExport, export_ledger
from domain.receivables.inputs import WriteOff
from domain.receivables.model import Receivable
from domain.receivables.reminders.inputs import Waiver
from settings import Settings
from tests.domain.ledger_export.month import a_month, known_to_consultant, posted
from tests.makers.accounts import an_account
from tests.makers.billing import the_operator
from tests.makers.receivables import a_receivable
from tests.makers.time import berlin, time_passes

pytestmark = pytest.mark.frozen_clock(berlin(2026, 4, 1, 10))
GOLDEN = Path(__file__).parent / "golden"


async def exported(
    settings: Settings,
    form: ExportFormat,
    first: date = date(2026, 4, 1),
    last: date = date(2026, 4, 30),
) -> tuple[LedgerExport, bytes]:
    request = ExportRequest(format=form, first_day=first, last_day=last)
    made = await export_ledger(settings.database_url, request, (await an_account()).id)
    return made, b"".join([portion async for portion in made.portions()])


async def test_the_plain_file_of_a_month_is_the_one_written_by_hand(settings: Settings) -> None:
    await a_month()

    made, content = await exported(settings, ExportFormat.CSV)

    assert content == (GOLDEN / "postings.csv").read_bytes()
    assert (made.name, made.size) == ("postings-2026-04-01-2026-04-30.csv", len(content))


async def test_the_posting_batch_of_a_month_is_the_one_written_by_hand(settings: Settings) -> None:
    await a_month()
    await known_to_consultant()

    made, content = await exported(settings, ExportFormat.DATEV)

    assert content == (GOLDEN / "EXTF_Buchungsstapel.csv").read_bytes()
    assert made.name == "EXTF_Buchungsstapel-2026-04-01-2026-04-30.csv"


async def test_what_remains_of_all_postings_is_what_customers_owe(settings: Settings) -> None:
    await a_month()

    _, content = await exported(settings, ExportFormat.CSV)

    rows = list(csv.DictReader(io.StringIO(content.decode())))
    of_open_items = sum(
        row.amount_cents - row.canceled_cents - row.paid_cents - row.written_off_cents for row in await Receivable.all()
    )
    assert sum(Decimal(row["amount_eur"]) for row in rows) == Decimal(of_open_items) / 100 == 0


async def test_the_audit_trail_has_the_checksum_before_the_file_is_given_out(settings: Settings) -> None:
    await a_month()

    made, content = await exported(settings, ExportFormat.CSV)

    entry = await AuditEntry.get(action="ledger.export")
    assert entry.detail == {
        "format": "csv",
        "first_day": "2026-04-01",
        "last_day": "2026-04-30",
        "postings": 11,
        "sha256": sha256(content).hexdigest(),
    }
    assert made.sha256 == entry.detail["sha256"]


async def test_customers_keep_their_accounts(settings: Settings) -> None:
    await the_operator()
    await posted("Zuerst GmbH", ("100.00", VatCategory.STANDARD))
    await exported(settings, ExportFormat.CSV)
    await posted("Danach GmbH", ("100.00", VatCategory.STANDARD))

    for _ in range(2):
        _, content = await exported(settings, ExportFormat.CSV)

    accounts = {row["customer"]: row["customer_account"] for row in csv.DictReader(io.StringIO(content.decode()))}
    assert accounts == {"Zuerst GmbH": "10000", "Danach GmbH": "10001"}
    assert len(await connections.get("default").execute_query_dict("SELECT number FROM customer_accounts")) == 2


async def test_a_batch_names_the_consultant_and_holds_one_fiscal_year(settings: Settings) -> None:
    with pytest.raises(ExportRefused) as unknown:
        await exported(settings, ExportFormat.DATEV)
    await known_to_consultant(fiscal_year_month=4)
    with pytest.raises(ExportRefused) as divided:
        await exported(settings, ExportFormat.DATEV, first=date(2026, 3, 1))

    assert [unknown.value.reason, divided.value.reason] == ["ledger_consultant_missing", "ledger_two_fiscal_years"]
    assert await AuditEntry.filter(action="ledger.export").count() == 0


async def test_charges_that_are_written_off_have_no_tax(settings: Settings) -> None:
    await the_operator(friendly_reminder_fee=Decimal("5.00"), write_off_limit_euros=1_000)
    owed = await a_receivable("100.00")
    await time_passes(berlin(2026, 4, 25))
    await owed.move("writeOff", WriteOff(reason="Insolvent."))
    with pytest.raises(Refused):
        await owed.move("waiveCharges", Waiver(reason="They are written off already."))

    _, content = await exported(settings, ExportFormat.CSV)

    rows = [*csv.DictReader(io.StringIO(content.decode("utf-8-sig")))]
    found = [(row["kind"], row["contra_account"], row["vat_rate"], row["amount"]) for row in rows[2:]]
    assert found == [
        ("REMINDER_FEE", "2700", "", "5.00"),
        ("WRITE_OFF", "2406", "19", "-495.00"),
        ("WRITE_OFF", "2400", "", "-5.00"),
    ]
