"""Snapshots of documents for tests of what is rendered from them, with sums that follow from their items."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from domain.billing.effects.reversal_sums import LeftOfInvoice, euro_tax_taken, reversal_totals
from domain.billing.model import InvoiceItem
from domain.billing.snapshot import group_contents
from domain.kernel.money import Totals, VatCategory, VatGroup, net_cents, totals

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


def partial_reversals(snapshot: dict[str, Any], shares: Sequence[int]) -> list[dict[str, Any]]:
    """The snapshots of cancellation invoices that take back a share in percent of what is left, and the rest at last.

    One that would give nothing back is left out, and what it would take is taken by those after it.
    """
    left, documents = [item["net_cents"] for item in snapshot["items"]], []
    sums = _left_of(snapshot)
    rest = 100
    for share in (*shares, rest):
        taken = [cents if share == rest else int(cents * share / 100) for cents in left]
        items = [_part(item, cents) for item, cents in zip(snapshot["items"], taken, strict=True) if cents]
        total = reversal_totals([_billed(item) for item in items], sums)
        if not items or (total.gross_cents >= 0 and share != rest):
            continue
        rate = Decimal(snapshot["exchange_rate"]) if snapshot.get("exchange_rate") else None
        document = {
            **a_reversal(snapshot),
            "items": [item | {"position": position} for position, item in enumerate(items, start=1)],
            **_written(total, snapshot["seller"]["tax_regime"]),
            "vat_euro_cents": euro_tax_taken(total, sums, rate),
        }
        documents.append(document)
        left = [cents - part for cents, part in zip(left, taken, strict=True)]
        sums = _left_of(snapshot, *documents)
    return documents


def _left_of(*documents: dict[str, Any]) -> LeftOfInvoice:
    groups: dict[tuple[VatCategory, Decimal], VatGroup] = {}
    for group in (group for document in documents for group in document["vat_groups"]):
        key = (VatCategory(group["category"]), Decimal(group["rate"]))
        before = groups.get(key, VatGroup(*key, 0, 0))
        groups[key] = VatGroup(*key, before.net_cents + group["net_cents"], before.vat_cents + group["vat_cents"])
    euros = [document.get("vat_euro_cents") for document in documents]
    return LeftOfInvoice(groups=groups, vat_euro_cents=None if euros[0] is None else sum(each or 0 for each in euros))


def _part(item: dict[str, Any], cents: int) -> dict[str, Any]:
    return item | {"quantity": "-1", "unit_price_cents": str(cents), "net_cents": -cents}


def _billed(item: dict[str, Any]) -> InvoiceItem:
    return InvoiceItem(
        vat_category=VatCategory(item["vat_category"]), vat_rate=Decimal(item["vat_rate"]), net_cents=item["net_cents"]
    )


def _sums(items: Sequence[dict[str, Any]], tax_regime: str) -> dict[str, Any]:
    total = totals((VatCategory(item["vat_category"]), Decimal(item["vat_rate"]), item["net_cents"]) for item in items)
    return _written(total, tax_regime)


def _written(total: Totals, tax_regime: str) -> dict[str, Any]:
    return {
        "vat_groups": [group_contents(group, tax_regime) for group in total.groups],
        "net_cents": total.net_cents,
        "vat_cents": total.vat_cents,
        "gross_cents": total.gross_cents,
    }
