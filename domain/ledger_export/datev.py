"""Posting batches in the DATEV format: EXTF with header version 700, category 21, format version 13.

The header has 31 fields and each line 125, as DATEV's description of the format has them
(developer.datev.de, DATEV format, header and posting batch).
"""

from collections.abc import Sequence
from datetime import date, datetime

from domain.kernel.i18n import translate
from domain.kernel.money import VatCategory
from domain.ledger_export.accounts import DOCUMENTS, LedgerSettings
from domain.ledger_export.postings import LedgerPosting
from domain.ledger_export.texts import CODE_PAGE, in_code_page, reference

# More lines are refused when a batch is read.
MAX_POSTINGS = 99_999
COLUMNS = (
    *("Umsatz (ohne Soll/Haben-Kz)", "Soll/Haben-Kennzeichen", "WKZ Umsatz", "Kurs", "Basis-Umsatz"),
    *("WKZ Basis-Umsatz", "Konto", "Gegenkonto (ohne BU-Schlüssel)", "BU-Schlüssel", "Belegdatum", "Belegfeld 1"),
    *("Belegfeld 2", "Skonto", "Buchungstext", "Postensperre", "Diverse Adressnummer", "Geschäftspartnerbank"),
    *("Sachverhalt", "Zinssperre", "Beleglink"),
    *(f"Beleginfo - {part} {place}" for place in range(1, 9) for part in ("Art", "Inhalt")),
    *("KOST1 - Kostenstelle", "KOST2 - Kostenstelle", "Kost-Menge", "EU-Land u. UStID (Bestimmung)"),
    *("EU-Steuersatz (Bestimmung)", "Abw. Versteuerungsart", "Sachverhalt L+L", "Funktionsergänzung L+L"),
    *("BU 49 Hauptfunktionstyp", "BU 49 Hauptfunktionsnummer", "BU 49 Funktionsergänzung"),
    *(
        f"Zusatzinformation{dash} {part} {place}"
        for place in range(1, 21)
        for dash, part in ((" -", "Art"), ("-", "Inhalt"))
    ),
    *("Stück", "Gewicht", "Zahlweise", "Forderungsart", "Veranlagungsjahr", "Zugeordnete Fälligkeit", "Skontotyp"),
    *("Auftragsnummer", "Buchungstyp", "USt-Schlüssel (Anzahlungen)", "EU-Land (Anzahlungen)"),
    *("Sachverhalt L+L (Anzahlungen)", "EU-Steuersatz (Anzahlungen)", "Erlöskonto (Anzahlungen)", "Herkunft-Kz"),
    *("Buchungs GUID", "KOST-Datum", "SEPA-Mandatsreferenz", "Skontosperre", "Gesellschaftername"),
    *("Beteiligtennummer", "Identifikationsnummer", "Zeichnernummer", "Postensperre bis"),
    *("Bezeichnung SoBil-Sachverhalt", "Kennzeichen SoBil-Buchung", "Festschreibung", "Leistungsdatum"),
    *("Datum Zuord. Steuerperiode", "Fälligkeit", "Generalumkehr (GU)", "Steuersatz", "Land", "Abrechnungsreferenz"),
    *("BVV-Position", "EU-Land u. UStID (Ursprung)", "EU-Steuersatz (Ursprung)", "Abw. Skontokonto"),
)
# Text stands in quotation marks even where it is empty; the columns are counted from 1.
HEADER_TEXTS = frozenset({1, 4, 8, 9, 10, 17, 18, 22, 24, 27, 30, 31})
LINE_TEXTS = frozenset(
    {2, 3, 6, 9, 11, 12, 14, 16, 20, *range(21, 37), 37, 38, 40, 42, *range(48, 88), 91, 95, 96, 98}
    | {102, 103, 105, 107, 109, 110, 112, 118, 120, 121, 123}
)
POSITION = {name: place for place, name in enumerate(COLUMNS, start=1)}
EURO = "EUR"
# Turnover of these is reported to the tax office by the VAT id of the customer.
EU_CATEGORIES = frozenset({VatCategory.REVERSE_CHARGE, VatCategory.INTRA_COMMUNITY})


def head(settings: LedgerSettings, first_day: date, last_day: date, made_at: datetime) -> bytes:
    """The header of the batch, whose postings can still be changed where they are read, and the names of the columns.

    Both days are in one fiscal year, and the settings are known to the tax consultant.
    """
    values = {
        1: "EXTF",
        2: "700",
        3: "21",
        4: "Buchungsstapel",
        5: "13",
        6: f"{made_at:%Y%m%d%H%M%S}{made_at.microsecond // 1000:03}",
        8: "WS",
        11: str(settings.ledger_consultant),
        12: str(settings.ledger_client),
        13: f"{settings.fiscal_year_of(first_day):%Y%m%d}",
        14: str(settings.ledger_digits),
        15: f"{first_day:%Y%m%d}",
        16: f"{last_day:%Y%m%d}",
        17: f"Werkstand {first_day:%Y-%m-%d}",
        19: "1",
        20: "0",
        21: "0",
        22: EURO,
        27: settings.chart_of_accounts.removeprefix("SKR"),
    }
    return _line(values, 31, HEADER_TEXTS) + f"{';'.join(COLUMNS)}\r\n".encode(CODE_PAGE)


def line(posting: LedgerPosting, settings: LedgerSettings) -> bytes:
    """One posting in euros, gross, on the account of the customer; all postings of an invoice carry its number.

    Automatic accounts compute the tax. Nothing that people have entered stands at the beginning of a text.
    """
    values = {
        POSITION["Umsatz (ohne Soll/Haben-Kz)"]: _amount(posting.euro_cents),
        POSITION["Soll/Haben-Kennzeichen"]: "S" if posting.euro_cents > 0 else "H",
        POSITION["WKZ Umsatz"]: EURO,
        POSITION["Konto"]: settings.customer_account(posting),
        POSITION["Gegenkonto (ohne BU-Schlüssel)"]: settings.contra_account(posting),
        POSITION["Belegdatum"]: f"{posting.booked_on:%d%m}",
        POSITION["Belegfeld 1"]: reference(posting.number, 36),
        POSITION["Belegfeld 2"]: f"{posting.due_on:%d%m%y}" if posting.due_on else "",
        POSITION["Buchungstext"]: _text(posting),
        POSITION["Festschreibung"]: "0",
        **_of_document(posting),
    }
    return _line(values, len(COLUMNS), LINE_TEXTS)


def _of_document(posting: LedgerPosting) -> dict[int, str]:
    """The document itself, the VAT id of a business elsewhere in the EU, and an amount in another currency."""
    values: dict[int, str] = {}
    if posting.document != posting.number:
        values |= _info(1, "Beleg", posting.document)
    if posting.kind in DOCUMENTS and posting.tax and posting.tax.category in EU_CATEGORIES:
        values[POSITION["EU-Land u. UStID (Bestimmung)"]] = in_code_page(posting.customer_vat_id)[:15]
    if posting.currency != EURO:
        values |= _info(2, "Betrag", f"{_amount(posting.amount_cents)} {posting.currency}")
    return values


def _info(place: int, kind: str, content: str) -> dict[int, str]:
    return {
        POSITION[f"Beleginfo - Art {place}"]: kind,
        POSITION[f"Beleginfo - Inhalt {place}"]: in_code_page(content)[:210],
    }


def _text(posting: LedgerPosting) -> str:
    return in_code_page(f"{translate('de', f'ledger.kind.{posting.kind}')} {posting.customer}")[:60].rstrip()


def _amount(cents: int) -> str:
    """Never below zero; the side says the direction."""
    euros, rest = divmod(abs(cents), 100)
    return f"{euros},{rest:02}"


def _line(values: dict[int, str], length: int, texts: frozenset[int]) -> bytes:
    cells: Sequence[str] = [
        _quoted(values.get(place, "")) if place in texts else values.get(place, "") for place in range(1, length + 1)
    ]
    return f"{';'.join(cells)}\r\n".encode(CODE_PAGE)


def _quoted(text: str) -> str:
    return '"' + text.replace('"', '""') + '"'
