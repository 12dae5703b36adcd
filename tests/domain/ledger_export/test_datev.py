"""Lines of posting batches: sides, accounts, texts and limits of fields, as DATEV's description has them."""

from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal
from typing import Any

import pytest

from domain.kernel.i18n import translate
from domain.kernel.money import VatCategory
from domain.ledger_export import datev
from domain.ledger_export.accounts import CHARTS, LedgerSettings
from domain.ledger_export.postings import LedgerPosting, PostingKind, PostingTax
from domain.ledger_export.shares import divided
from domain.operator.ledger_guards import ACCOUNTS
from domain.operator.model import ChartOfAccounts
from domain.receivables.model import EntryKind

SETTINGS = LedgerSettings(
    zone="Europe/Berlin",
    chart_of_accounts=ChartOfAccounts.SKR04,
    ledger_consultant=29_098,
    ledger_client=55_003,
    fiscal_year_month=7,
    ledger_digits=4,
    ledger_first_customer=None,
    accounts={},
)
INVOICE = LedgerPosting(
    kind=PostingKind.INVOICE,
    booked_on=date(2026, 4, 1),
    number="RE-2026-00001",
    document="RE-2026-00001",
    due_on=date(2026, 4, 15),
    customer_number=3,
    customer="Kunde XYZ",
    customer_vat_id="ATU12345678",
    amount_cents=595_00,
    euro_cents=595_00,
    currency="EUR",
    exchange_rate=None,
    tax=PostingTax(category=VatCategory.STANDARD, rate=Decimal(19)),
    note="",
)


def cells(posting: LedgerPosting, settings: LedgerSettings = SETTINGS) -> dict[str, str]:
    """The cells of the line by their columns, without quotation marks; empty ones left out."""
    values = datev.line(posting, settings).decode("cp1252").removesuffix("\r\n").split(";")
    assert len(values) == 125
    return {name: value.strip('"') for name, value in zip(datev.COLUMNS, values, strict=True) if value.strip('"')}


def test_the_header_has_the_fields_of_the_format() -> None:
    head = datev.head(SETTINGS, date(2026, 4, 1), date(2026, 4, 30), datetime(2026, 5, 2, 8, 30, 15, 123_000))

    header, columns = head.decode("cp1252").splitlines()
    assert header == (
        '"EXTF";700;21;"Buchungsstapel";13;20260502083015123;;"WS";"";"";29098;55003;20250701;4;20260401;20260430;'
        '"Werkstand 2026-04-01";"";1;0;0;"EUR";;"";;;"04";;;"";""'
    )
    assert (len(header.split(";")), len(columns.split(";"))) == (31, 125)
    assert columns.startswith("Umsatz (ohne Soll/Haben-Kz);Soll/Haben-Kennzeichen;WKZ Umsatz;Kurs;Basis-Umsatz;")
    assert columns.endswith("BVV-Position;EU-Land u. UStID (Ursprung);EU-Steuersatz (Ursprung);Abw. Skontokonto")


def test_an_invoice_is_gross_on_the_side_of_the_customer() -> None:
    assert cells(INVOICE) == {
        "Umsatz (ohne Soll/Haben-Kz)": "595,00",
        "Soll/Haben-Kennzeichen": "S",
        "WKZ Umsatz": "EUR",
        "Konto": "10002",
        "Gegenkonto (ohne BU-Schlüssel)": "4400",
        "Belegdatum": "0104",
        "Belegfeld 1": "RE-2026-00001",
        "Belegfeld 2": "150426",
        "Buchungstext": "Rechnung Kunde XYZ",
        "Festschreibung": "0",
    }


def test_a_cancellation_keeps_the_number_of_its_invoice_on_the_other_side() -> None:
    found = cells(
        replace(INVOICE, kind=PostingKind.CANCELLATION, document="ST-2026-00001", euro_cents=-7, amount_cents=-7)
    )

    assert (found["Umsatz (ohne Soll/Haben-Kz)"], found["Soll/Haben-Kennzeichen"]) == ("0,07", "H")
    assert (found["Belegfeld 1"], found["Beleginfo - Art 1"], found["Beleginfo - Inhalt 1"]) == (
        "RE-2026-00001",
        "Beleg",
        "ST-2026-00001",
    )


@pytest.mark.parametrize(
    ("changed", "account"),
    [
        ({"kind": PostingKind.PAYMENT, "tax": None}, "1800"),
        ({"kind": PostingKind.REFUND, "tax": None}, "1800"),
        ({"kind": PostingKind.REMINDER_FEE, "tax": None}, "4830"),
        ({"kind": PostingKind.INTEREST, "tax": None}, "7100"),
        ({"kind": PostingKind.WRITE_OFF}, "6936"),
        ({"kind": PostingKind.WRITE_OFF, "tax": None}, "6930"),
        ({"tax": PostingTax(category=VatCategory.REDUCED, rate=Decimal(7))}, "4300"),
        ({"tax": PostingTax(category=VatCategory.REVERSE_CHARGE, rate=Decimal(0))}, "4336"),
        ({"tax": PostingTax(category=VatCategory.EXEMPT, rate=Decimal(0))}, "4100"),
        ({"tax": PostingTax(category=VatCategory.EXEMPT, rate=Decimal(0), is_small_business=True)}, "4185"),
    ],
)
def test_the_other_account_follows_from_kind_and_tax(changed: dict[str, Any], account: str) -> None:
    assert cells(replace(INVOICE, **changed))["Gegenkonto (ohne BU-Schlüssel)"] == account


def test_turnover_elsewhere_in_the_union_names_the_customers_vat_id() -> None:
    abroad = replace(INVOICE, tax=PostingTax(category=VatCategory.REVERSE_CHARGE, rate=Decimal(0)))

    assert cells(abroad)["EU-Land u. UStID (Bestimmung)"] == "ATU12345678"


def test_longer_accounts_are_lengthened_and_the_operators_own_win() -> None:
    longer = replace(SETTINGS, ledger_digits=6, accounts={"ledger_revenue_standard": 440_017})

    found = cells(INVOICE, longer)
    paid = cells(replace(INVOICE, kind=PostingKind.PAYMENT), longer)

    assert (found["Konto"], found["Gegenkonto (ohne BU-Schlüssel)"]) == ("1000002", "440017")
    assert paid["Gegenkonto (ohne BU-Schlüssel)"] == "180000"


def test_another_currency_is_posted_in_euros_and_told() -> None:
    found = cells(replace(INVOICE, currency="USD", amount_cents=654_50))

    assert (found["Umsatz (ohne Soll/Haben-Kz)"], found["WKZ Umsatz"]) == ("595,00", "EUR")
    assert found["Beleginfo - Inhalt 2"] == "654,50 USD"


def test_names_fit_the_code_page_and_no_line_is_broken() -> None:
    found = cells(replace(INVOICE, customer='=Łódź "Żółw"\r\nGmbH 株 ' + "x" * 80, number="-2026 / 1;x"))

    assert found["Buchungstext"].startswith('Rechnung =Lódz ""Zólw"" GmbH ? xxx')
    assert len(found["Buchungstext"].replace('""', '"')) == 60
    assert found["Belegfeld 1"] == "2026-/-1-x"


def test_every_entry_of_a_receivable_has_a_posting_in_words_and_every_account_a_number() -> None:
    assert {*map(str, EntryKind)} - {"CANCELLATION"} == {*map(str, PostingKind)} - {"INVOICE", "CANCELLATION"}
    assert all(translate(language, f"ledger.kind.{kind}") for kind in PostingKind for language in ("de", "en"))
    assert [set(chart) for chart in CHARTS.values()] == [set(ACCOUNTS), set(ACCOUNTS)]


def test_a_share_is_rounded_and_the_last_takes_the_rest() -> None:
    assert divided(-100_00, [1, 1, 1]) == [-33_33, -33_33, -33_34]
    assert divided(-296_50, [595_00, 53_50]) == [-272_04, -24_46]
