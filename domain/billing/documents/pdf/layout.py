"""The values that the page of a document shows, written as its language writes them.

Amounts have the signs of the rows: those of a cancellation invoice are negative (see `docs/documents.md`).
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from babel.dates import format_date
from babel.numbers import format_decimal

from domain.billing.documents.pdf.party_lines import buyer_lines, footer_columns, grouped_iban, seller_lines
from domain.billing.documents.pdf.payment_code import payment_code
from domain.billing.e_invoices.e_invoice import EInvoice, Period
from domain.billing.e_invoices.mapping import cancellation_note, e_invoice_of, period_of
from domain.billing.e_invoices.parties import language_of, seller_name
from domain.billing.e_invoices.payment import asks_for_payment
from domain.billing.model import InvoiceKind
from domain.kernel import i18n
from domain.kernel.languages import locale_of
from domain.kernel.money import Currency, formatted, formatted_price

Snapshot = Mapping[str, Any]
PLAIN_ACCENT = "#1f5f6b"
COLUMNS = ("position", "description", "quantity", "unit_price", "vat_rate", "amount")
QUANTITY_FORMAT, RATE_FORMAT = "#,##0.####", "#,##0.00####"
MINUS = "\u2212"


@dataclass(frozen=True, kw_only=True)
class Appearance:
    """How the operator's documents look: its colour, and the file of its logo within Typst's folder."""

    accent_color: str = ""
    logo: str | None = None


@dataclass(frozen=True)
class Writer:
    """Writes the words, dates and amounts of one document."""

    language: str
    currency: str

    def word(self, name: str, **values: str) -> str:
        return i18n.translate(self.language, f"document.{name}", **values)

    def amount(self, cents: int) -> str:
        return formatted(cents, self.currency, self.language).replace("-", MINUS)

    def price(self, cents: str | int) -> str:
        """The price of one unit; in early snapshots its cents are a number."""
        return formatted_price(Decimal(cents), self.currency, self.language).replace("-", MINUS)

    def day(self, day: date) -> str:
        return format_date(day, "dd.MM.yyyy" if self.language == "de" else "d MMM yyyy", locale_of(self.language))

    def number(self, value: str) -> str:
        return format_decimal(Decimal(value), QUANTITY_FORMAT, locale_of(self.language)).replace("-", MINUS)

    def percent(self, value: str) -> str:
        """A tax rate: 19 % in German, 19% in English."""
        return self.word("percent", number=self.number(value))

    def period(self, period: Period) -> str:
        if period.first == period.last:
            return self.day(period.first)
        return self.word("period", first=self.day(period.first), last=self.day(period.last))


def page_values(snapshot: Snapshot, appearance: Appearance, *, xml: str | None, is_draft: bool) -> dict[str, Any]:
    """All values of the page; with `xml` the electronic invoice is put into the file, a draft has a watermark."""
    write = Writer(language_of(snapshot), snapshot["currency"])
    invoice = e_invoice_of(snapshot)
    return {
        "lang": write.language,
        "title": f"{write.word(_kind(snapshot))} {'' if is_draft else invoice.number}".strip(),
        "number": invoice.number,
        "subject": _project(snapshot),
        "accent": appearance.accent_color or PLAIN_ACCENT,
        "logo": appearance.logo,
        "draft": write.word("draft") if is_draft else None,
        "seller": seller_lines(snapshot),
        "buyer": buyer_lines(snapshot),
        "facts": [*_facts(snapshot, invoice, write, is_draft=is_draft)],
        "notes": [cancellation_note(snapshot)] if snapshot.get("reverses") else [],
        "columns": [write.word(name) for name in COLUMNS],
        "items": [*_items(snapshot, invoice.period, write)],
        "sums": [*_sums(snapshot, write)],
        "total": {"label": write.word(_total(snapshot)), "amount": write.amount(snapshot["gross_cents"])},
        "reasons": [*_reasons(snapshot, write)],
        "terms": invoice.payment.terms,
        "payment": [*_payment(snapshot, invoice, write)],
        "code": None if is_draft else payment_code(invoice),
        "footer": footer_columns(snapshot),
        "words": {
            "carried": write.word("carried"),
            "page": write.word("page", page="{page}", pages="{pages}"),
            "pay_by_code": write.word("pay_by_code"),
        },
        "xml": xml,
    }


def _kind(snapshot: Snapshot) -> str:
    return "cancellation" if snapshot["kind"] == InvoiceKind.CANCELLATION else "invoice"


def _total(snapshot: Snapshot) -> str:
    return "payable" if asks_for_payment(snapshot) else "gross"


def _project(snapshot: Snapshot) -> str | None:
    """The project of the one order that the document is about."""
    orders = snapshot["orders"]
    return orders[0]["project"] or None if len(orders) == 1 else None


def _facts(snapshot: Snapshot, invoice: EInvoice, write: Writer, *, is_draft: bool) -> Iterator[dict[str, Any]]:
    prefix = "cancellation_" if _kind(snapshot) == "cancellation" else ""
    one_day = invoice.period.first == invoice.period.last
    numbers = sorted(order["number"] for order in snapshot["orders"])
    facts = (
        (f"{prefix}number", invoice.number),
        (f"{prefix}issued_on", write.day(invoice.issued_on)),
        ("service_day" if one_day else "service", write.period(invoice.period)),
        ("order", ", ".join(numbers)),
        ("buyer_reference", invoice.buyer_reference),
        ("customer_vat_id", invoice.buyer.vat_id),
        ("payment_due", write.day(invoice.due_on) if invoice.due_on and asks_for_payment(snapshot) else ""),
    )
    for name, value in facts:
        if value:
            strong = name in {"number", "cancellation_number"}
            yield {"label": write.word("draft" if strong and is_draft else name), "value": value, "strong": strong}


def _items(snapshot: Snapshot, whole: Period, write: Writer) -> Iterator[dict[str, Any]]:
    """The lines; one names its period where that is another than the document's."""
    running = 0
    for item in snapshot["items"]:
        running += item["net_cents"]
        period = period_of(item)
        yield {
            "position": str(item["position"]),
            "text": item["text"],
            "period": write.period(period) if period and period != whole else None,
            "quantity": write.number(item["quantity"]),
            "unit_price": write.price(item["unit_price_cents"]),
            "rate": write.percent(item["vat_rate"]),
            "net": write.amount(item["net_cents"]),
            "running": write.amount(running),
        }


def _sums(snapshot: Snapshot, write: Writer) -> Iterator[dict[str, str]]:
    yield {"label": write.word("net"), "amount": write.amount(snapshot["net_cents"])}
    for group in snapshot["vat_groups"]:
        word = "without_vat" if group["exemption"] else "vat"
        label = write.word(word, rate=write.percent(group["rate"]), net=write.amount(group["net_cents"]))
        yield {"label": label, "amount": write.amount(group["vat_cents"])}


def _reasons(snapshot: Snapshot, write: Writer) -> Iterator[str]:
    """Why there is no tax where there is none, and the tax in euros of an invoice in another currency."""
    yield from (group["exemption"][write.language] for group in snapshot["vat_groups"] if group["exemption"])
    if snapshot.get("vat_euro_cents") is not None:
        euro = formatted(snapshot["vat_euro_cents"], Currency.EUR, write.language).replace("-", MINUS)
        rate = format_decimal(Decimal(snapshot["exchange_rate"]), RATE_FORMAT, locale_of(write.language))
        yield write.word("vat_in_euro", amount=euro, rate=rate, currency=write.currency)


def _payment(snapshot: Snapshot, invoice: EInvoice, write: Writer) -> Iterator[dict[str, str]]:
    """What a transfer needs; nothing where none is asked for."""
    seller = snapshot["seller"]
    if not invoice.payment.iban:
        return
    iban = grouped_iban(invoice.payment.iban)
    account = (("account_holder", seller_name(snapshot)), ("iban", iban), ("bic", invoice.payment.bic))
    for name, value in (*account, ("bank", seller.get("bank_name") or ""), ("reference", invoice.number)):
        if value:
            yield {"label": write.word(name), "value": value}
