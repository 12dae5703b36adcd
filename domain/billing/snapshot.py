"""The snapshot of an issued document: all its contents, frozen at issue."""

import json
from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from tortoise.backends.base.client import BaseDBAsyncClient

from domain.billing.e_invoices.vat_categories import HAS_REASON
from domain.billing.model import Invoice, InvoiceItem
from domain.billing.totals import totals_of
from domain.kernel import i18n
from domain.kernel.languages import LANGUAGES
from domain.kernel.money import Totals, VatCategory, VatGroup, euro_cents, plain
from domain.operator.model import TaxRegime

SELECT_PARTIES = """SELECT jsonb_build_object(
    'seller', jsonb_build_object('name_de', s.name_de, 'name_en', s.name_en, 'street', s.street,
        'postcode', s.postcode, 'city', s.city, 'country', s.country, 'email', s.email,
        'contact_name', s.contact_name, 'phone', s.phone, 'vat_id', s.vat_id, 'tax_number', s.tax_number,
        'tax_regime', s.tax_regime, 'iban', s.iban, 'bic', s.bic, 'bank_name', s.bank_name),
    'buyer', jsonb_build_object('legal_name', c.legal_name, 'kind', c.kind, 'street', c.street,
        'postcode', c.postcode, 'city', c.city, 'country', c.country, 'vat_id', c.vat_id,
        'invoice_email', c.invoice_email, 'document_format', c.document_format, 'buyer_reference', c.buyer_reference,
        'electronic_address', c.electronic_address, 'electronic_address_scheme', c.electronic_address_scheme,
        'language', coalesce((SELECT k.language FROM contacts k WHERE k.id = c.default_contact_id), s.language)),
    'member', jsonb_build_object('number', m.number, 'name', m.name),
    'orders', (SELECT coalesce(jsonb_agg(DISTINCT jsonb_build_object('number', o.number, 'project', o.project)), '[]')
        FROM invoice_items x JOIN billable_lines l ON l.id = x.line_id JOIN orders o ON o.id = l.order_id
        WHERE x.invoice_id = wanted.invoice_id))::text AS parties, wanted.invoice_id
    FROM operator_settings s, unnest($1::uuid[], $2::uuid[], $3::uuid[]) AS wanted (invoice_id, customer_id, member_id)
        JOIN customers c ON c.id = wanted.customer_id JOIN members m ON m.id = wanted.member_id"""
VERSION = 3
"""Counts up when the contents change their shape. Documents of the first version name no language and no format, those
before the third have whole cents as unit prices, as numbers."""


async def load_parties(connection: BaseDBAsyncClient, invoice: Any) -> dict[str, Any]:
    """Both parties and the member as of now, and the orders that the invoice names."""
    return (await load_parties_of(connection, [invoice]))[invoice.id]


async def load_parties_of(connection: BaseDBAsyncClient, invoices: Sequence[Any]) -> Mapping[UUID, dict[str, Any]]:
    """The same of several invoices, by invoice."""
    names = ("id", "customer_id", "member_id")
    values: list[object] = [[getattr(invoice, name) for invoice in invoices] for name in names]
    rows = await connection.execute_query_dict(SELECT_PARTIES, values)
    return {row["invoice_id"]: json.loads(row["parties"]) for row in rows}


def contents(
    invoice: Invoice, items: Sequence[InvoiceItem], parties: Mapping[str, Any], total: Totals | None = None
) -> dict[str, object]:
    """All contents of the document but its number: amounts in cents, prices, quantities and rates as text.

    The sums are those of the items, unless a `total` is given.
    """
    total = total or totals_of(items)
    return {
        **parties,
        "version": VERSION,
        "kind": invoice.kind,
        "currency": invoice.currency,
        "issued_on": str(invoice.issued_on),
        "due_on": str(invoice.due_on) if invoice.due_on else None,
        "exchange_rate": None if invoice.exchange_rate is None else plain(invoice.exchange_rate),
        "payment_days": invoice.payment_days,
        "items": [_item(item) for item in items],
        "vat_groups": [group_contents(group, parties["seller"]["tax_regime"]) for group in total.groups],
        "net_cents": total.net_cents,
        "vat_cents": total.vat_cents,
        "vat_euro_cents": _vat_in_euro(invoice, total.vat_cents),
        "gross_cents": total.gross_cents,
    }


def _vat_in_euro(invoice: Invoice, vat_cents: int) -> int | None:
    """The tax in euros, for invoices in another currency; without tax there is nothing to state."""
    if invoice.exchange_rate is None or vat_cents == 0:
        return None
    return euro_cents(vat_cents, invoice.exchange_rate)


def _item(item: InvoiceItem) -> dict[str, object]:
    return {
        "position": item.position,
        "text": item.text,
        "service_from": str(item.service_from),
        "service_to": str(item.service_to),
        "quantity": plain(item.quantity),
        "unit_price_cents": plain(item.unit_price_cents),
        "vat_category": item.vat_category,
        "vat_rate": plain(item.vat_rate),
        "net_cents": item.net_cents,
    }


def group_contents(group: VatGroup, tax_regime: str) -> dict[str, object]:
    """One tax rate with its sums, and the legal reason in words where there is no tax."""
    return {
        "category": group.category,
        "code": group.category.code,
        "rate": plain(group.rate),
        "net_cents": group.net_cents,
        "vat_cents": group.vat_cents,
        "exemption": _exemption(group.category, tax_regime) if group.category in HAS_REASON else None,
    }


def _exemption(category: VatCategory, tax_regime: str) -> dict[str, str]:
    """The legal reason in each language; a small business has one for all its exempt lines."""
    is_small = category is VatCategory.EXEMPT and tax_regime == TaxRegime.SMALL_BUSINESS
    return in_all_languages(f"exemption.{tax_regime if is_small else category}")


def in_all_languages(key: str, **params: str) -> dict[str, str]:
    """A sentence in each language, for readers of any language."""
    return {language: i18n.translate(language, key, **params) for language in LANGUAGES}
