"""Snapshots of documents for tests of what is rendered from them, with sums that follow from their items."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from domain.billing.snapshot import group_contents
from domain.kernel.money import VatCategory, net_cents, totals

SELLER: dict[str, Any] = {
    "name_de": "Werkstand eG",
    "name_en": "Werkstand Cooperative",
    "street": "Werkhof 1",
    "postcode": "10115",
    "city": "Berlin",
    "country": "DE",
    "email": "rechnung@werkstand.example",
    "contact_name": "Bea Büro",
    "phone": "+49 30 1234567",
    "vat_id": "DE136695976",
    "tax_number": "",
    "tax_regime": "REGULAR",
    "iban": "DE02120300000000202051",
    "bic": "BYLADEM1001",
    "bank_name": "Deutsche Kreditbank",
}
BUYER: dict[str, Any] = {
    "legal_name": "Kunde Müller & Söhne GmbH",
    "kind": "BUSINESS",
    "street": "Kundenweg 2",
    "postcode": "20095",
    "city": "Hamburg",
    "country": "DE",
    "vat_id": "DE129273398",
    "invoice_email": "rechnung@kunde.example",
    "language": "de",
    "document_format": "PDF",
    "buyer_reference": "04011000-12345-34",
    "electronic_address": "",
    "electronic_address_scheme": "EMAIL",
}


def an_item(
    unit_price_cents: int | str = 45_000,
    quantity: str = "1.000",
    category: VatCategory = VatCategory.STANDARD,
    rate: str | None = None,
    text: str = "Workshop",
) -> dict[str, Any]:
    """One item of a snapshot; a discount has a negative price."""
    usual = {VatCategory.STANDARD: "19.00", VatCategory.REDUCED: "7.00"}.get(category, "0.00")
    return {
        "position": 1,
        "text": text,
        "service_from": "2026-11-02",
        "service_to": "2026-11-20",
        "quantity": quantity,
        "unit_price_cents": str(unit_price_cents),
        "vat_category": category.value,
        "vat_rate": rate or usual,
        "net_cents": net_cents(Decimal(quantity), Decimal(unit_price_cents)),
    }


def a_snapshot(
    *items: dict[str, Any], seller: dict[str, Any] | None = None, buyer: dict[str, Any] | None = None, **more: Any
) -> dict[str, Any]:
    """The snapshot of an invoice with these items."""
    numbered = [item | {"position": position} for position, item in enumerate(items or (an_item(),), start=1)]
    seller = SELLER | (seller or {})
    return {
        "version": 3,
        "seller": seller,
        "buyer": BUYER | (buyer or {}),
        "member": {"number": 654, "name": "Mia Mitglied"},
        "orders": [{"number": "AF-00654-0779", "project": "Herbstkatalog"}],
        "kind": "INVOICE",
        "currency": "EUR",
        "number": "RE-2026-00042",
        "issued_on": "2026-11-22",
        "due_on": "2026-12-06",
        "payment_days": 14,
        "items": numbered,
        **_sums(numbered, seller["tax_regime"]),
        **more,
    }


def a_reversal(snapshot: dict[str, Any]) -> dict[str, Any]:
    """The snapshot of the cancellation invoice that takes back this whole invoice."""
    items = [
        item | {"quantity": str(-Decimal(item["quantity"])), "net_cents": -item["net_cents"]}
        for item in snapshot["items"]
    ]
    return {
        **snapshot,
        "kind": "CANCELLATION",
        "number": "ST-2026-00007",
        "due_on": snapshot["issued_on"],
        "reverses": {"number": snapshot["number"], "issued_on": snapshot["issued_on"]},
        "reason": {"de": "Doppelt berechnet", "en": "Invoiced twice"},
        "items": items,
        **({"vat_euro_cents": -snapshot["vat_euro_cents"]} if "vat_euro_cents" in snapshot else {}),
        **_sums(items, snapshot["seller"]["tax_regime"]),
    }


def _sums(items: Sequence[dict[str, Any]], tax_regime: str) -> dict[str, Any]:
    total = totals((VatCategory(item["vat_category"]), Decimal(item["vat_rate"]), item["net_cents"]) for item in items)
    return {
        "vat_groups": [group_contents(group, tax_regime) for group in total.groups],
        "net_cents": total.net_cents,
        "vat_cents": total.vat_cents,
        "gross_cents": total.gross_cents,
    }
