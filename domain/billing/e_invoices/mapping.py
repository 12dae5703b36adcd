"""From the frozen snapshot of a document to its electronic invoice; pure, so that the same snapshot says the same."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from domain.billing.e_invoices.e_invoice import (
    AccountingTax,
    DocumentType,
    EInvoice,
    Line,
    Period,
    Reference,
    VatBreakdown,
)
from domain.billing.e_invoices.parties import buyer_of, language_of, seller_of
from domain.billing.e_invoices.payment import payment_of
from domain.billing.e_invoices.vat_categories import TREATMENTS
from domain.billing.model import InvoiceKind
from domain.kernel import i18n
from domain.kernel.money import Currency, VatCategory

Snapshot = Mapping[str, Any]
PIECE = "C62"
CENT = Decimal("0.01")


def e_invoice_of(snapshot: Snapshot) -> EInvoice:
    """The electronic invoice of a snapshot of any version."""
    is_cancellation = snapshot["kind"] == InvoiceKind.CANCELLATION
    sign = -1 if is_cancellation else 1
    lines = tuple(_line(item, sign) for item in snapshot["items"])
    issued_on = date.fromisoformat(snapshot["issued_on"])
    period = _whole_period(lines, issued_on)
    return EInvoice(
        number=snapshot["number"],
        type=DocumentType.CREDIT_NOTE if is_cancellation else DocumentType.INVOICE,
        issued_on=issued_on,
        due_on=date.fromisoformat(snapshot["due_on"]) if snapshot["due_on"] and not is_cancellation else None,
        currency=snapshot["currency"],
        buyer_reference=snapshot["buyer"].get("buyer_reference") or "",
        order_number=_order_number(snapshot),
        notes=tuple(_notes(snapshot)),
        seller=seller_of(snapshot),
        buyer=buyer_of(snapshot),
        delivered_on=period.last,
        period=period,
        payment=payment_of(snapshot),
        lines=lines,
        breakdown=tuple(_breakdown(group, sign, language_of(snapshot)) for group in snapshot["vat_groups"]),
        net=money(snapshot["net_cents"] * sign),
        tax=money(snapshot["vat_cents"] * sign),
        gross=money(snapshot["gross_cents"] * sign),
        accounting_tax=_accounting_tax(snapshot, sign),
        preceding=_preceding(snapshot),
    )


def money(cents: int) -> Decimal:
    """Cents as an amount of the currency."""
    return cents * CENT


def period_of(item: Mapping[str, Any]) -> Period | None:
    """The service period of an item; None where an end is missing."""
    days = [item["service_from"], item["service_to"]]
    if any(day in (None, "None") for day in days):
        return None
    return Period(first=date.fromisoformat(days[0]), last=date.fromisoformat(days[1]))


def _line(item: Mapping[str, Any], sign: int) -> Line:
    quantity, price = Decimal(item["quantity"]) * sign, Decimal(item["unit_price_cents"]) * CENT
    category = VatCategory(item["vat_category"])
    return Line(
        number=item["position"],
        text=item["text"].strip(),
        quantity=-quantity if price < 0 else quantity,
        unit=PIECE,
        price=abs(price),
        net=money(item["net_cents"] * sign),
        category=category.code,
        rate=Decimal(item["vat_rate"]) if TREATMENTS[category].has_rate else None,
        period=period_of(item),
    )


def _breakdown(group: Mapping[str, Any], sign: int, language: str) -> VatBreakdown:
    category = VatCategory(group["category"])
    return VatBreakdown(
        category=category.code,
        rate=Decimal(group["rate"]),
        net=money(group["net_cents"] * sign),
        tax=money(group["vat_cents"] * sign),
        reason=group["exemption"][language] if group["exemption"] else "",
        reason_code=TREATMENTS[category].reason_code,
    )


def _whole_period(lines: tuple[Line, ...], issued_on: date) -> Period:
    """From the first to the last day of all lines; the day of issue where no line names one."""
    periods = [line.period for line in lines if line.period]
    if not periods:
        return Period(first=issued_on, last=issued_on)
    return Period(first=min(each.first for each in periods), last=max(each.last for each in periods))


def _order_number(snapshot: Snapshot) -> str:
    """The order, where the document is about one only (BT-14)."""
    orders = snapshot["orders"]
    return str(orders[0]["number"]) if len(orders) == 1 else ""


def _notes(snapshot: Snapshot) -> list[str]:
    """What the document says in words (BT-22): the orders of several, and what a cancellation takes back and why."""
    language, notes = language_of(snapshot), []
    if len(snapshot["orders"]) > 1:
        numbers = sorted(order["number"] for order in snapshot["orders"])
        notes.append(i18n.translate(language, "document.orders", numbers=numbers))
    if snapshot.get("reverses"):
        notes.append(cancellation_note(snapshot))
    return notes


def cancellation_note(snapshot: Snapshot) -> str:
    """The sentence that names the original of a cancellation invoice and the reason."""
    original, language = snapshot["reverses"], language_of(snapshot)
    return i18n.translate(
        language,
        "document.cancels",
        number=original["number"],
        on=date.fromisoformat(original["issued_on"]),
        reason=snapshot["reason"][language],
    )


def _accounting_tax(snapshot: Snapshot, sign: int) -> AccountingTax | None:
    """The tax in euros; snapshots before the third version name none."""
    cents = snapshot.get("vat_euro_cents")
    return None if cents is None else AccountingTax(currency=Currency.EUR, amount=money(cents * sign))


def _preceding(snapshot: Snapshot) -> Reference | None:
    original = snapshot.get("reverses")
    if not original:
        return None
    return Reference(number=original["number"], issued_on=date.fromisoformat(original["issued_on"]))
