"""The snapshot of an issued document: all its contents, frozen at issue."""

import json
from collections.abc import Sequence
from typing import Any

from tortoise.backends.base.client import BaseDBAsyncClient

from domain.billing.model import Invoice, InvoiceItem
from domain.billing.totals import totals_of
from domain.kernel import i18n
from domain.kernel.languages import LANGUAGES
from domain.kernel.money import VatCategory, VatGroup

SELECT_PARTIES = """SELECT jsonb_build_object(
    'seller', jsonb_build_object('name_de', s.name_de, 'name_en', s.name_en, 'street', s.street,
        'postcode', s.postcode, 'city', s.city, 'country', s.country, 'email', s.email, 'vat_id', s.vat_id,
        'iban', s.iban, 'bank_name', s.bank_name),
    'buyer', jsonb_build_object('legal_name', c.legal_name, 'kind', c.kind, 'street', c.street,
        'postcode', c.postcode, 'city', c.city, 'country', c.country, 'vat_id', c.vat_id,
        'invoice_email', c.invoice_email),
    'member', jsonb_build_object('number', m.number, 'name', m.name))::text AS parties
    FROM operator_settings s, customers c, members m WHERE c.id = $1 AND m.id = $2"""
SELECT_ORDERS = """SELECT coalesce(jsonb_agg(DISTINCT jsonb_build_object('number', o.number, 'project', o.project)),
    '[]')::text AS orders FROM invoice_items x JOIN billable_lines l ON l.id = x.line_id
    JOIN orders o ON o.id = l.order_id WHERE x.invoice_id = $1"""
NOT_TAXED = frozenset(VatCategory) - {VatCategory.STANDARD, VatCategory.REDUCED}


async def load_parties(connection: BaseDBAsyncClient, invoice: Any) -> dict[str, object]:
    """Both parties and the member as of now, and the orders that the invoice names."""
    (row,) = await connection.execute_query_dict(SELECT_PARTIES, [invoice.customer_id, invoice.member_id])
    (orders,) = await connection.execute_query_dict(SELECT_ORDERS, [invoice.id])
    return {**json.loads(row["parties"]), "orders": json.loads(orders["orders"])}


def contents(invoice: Invoice, items: Sequence[InvoiceItem], parties: dict[str, object]) -> dict[str, object]:
    """All contents of the document but its number: amounts in cents, quantities and rates as text, ISO dates."""
    total = totals_of(items)
    return {
        **parties,
        "kind": invoice.kind,
        "currency": invoice.currency,
        "issued_on": str(invoice.issued_on),
        "due_on": str(invoice.due_on),
        "payment_days": invoice.payment_days,
        "items": [_item(item) for item in items],
        "vat_groups": [_group(group) for group in total.groups],
        "net_cents": total.net_cents,
        "vat_cents": total.vat_cents,
        "gross_cents": total.gross_cents,
    }


def _item(item: InvoiceItem) -> dict[str, object]:
    return {
        "position": item.position,
        "text": item.text,
        "service_from": str(item.service_from),
        "service_to": str(item.service_to),
        "quantity": str(item.quantity),
        "unit_price_cents": item.unit_price_cents,
        "vat_category": item.vat_category,
        "vat_rate": str(item.vat_rate),
        "net_cents": item.net_cents,
    }


def _group(group: VatGroup) -> dict[str, object]:
    """One tax rate with its sums, and the legal reason in words where there is no tax."""
    return {
        "category": group.category,
        "code": group.category.code,
        "rate": str(group.rate),
        "net_cents": group.net_cents,
        "vat_cents": group.vat_cents,
        "exemption": in_all_languages(f"exemption.{group.category}") if group.category in NOT_TAXED else None,
    }


def in_all_languages(key: str, **params: str) -> dict[str, str]:
    """A sentence in each language, for readers of any language."""
    return {language: i18n.translate(language, key, **params) for language in LANGUAGES}
