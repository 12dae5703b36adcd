"""The content of an offer as the customer may confirm it, frozen at submission.

A consumer's also holds the withdrawal notice of that day, in both languages: what is shown is what is kept.
"""

import json
from collections.abc import Sequence
from uuid import UUID

from tortoise.backends.base.client import BaseDBAsyncClient

from domain.orders.model import Order

SELECT_CONTENT = """SELECT (jsonb_build_object(
    'number', o.number, 'project', o.project, 'description', o.description, 'currency', o.currency,
    'customer', c.legal_name, 'service_from', o.service_from, 'service_to', o.service_to,
    'net_cents', o.net_cents, 'vat_cents', o.vat_cents, 'planned_invoices', coalesce((
        SELECT jsonb_agg(jsonb_build_object('invoice_on', p.invoice_on,
            'service_from', p.service_from, 'service_to', p.service_to, 'text', p.text, 'quantity', p.quantity,
            'unit_price_cents', trim_scale(p.unit_price_cents), 'vat_category', p.vat_category, 'vat_rate', p.vat_rate,
            'net_cents', p.net_cents) ORDER BY p.position)
        FROM planned_invoices p WHERE p.order_id = o.id), '[]'::jsonb))
        || CASE c.kind WHEN 'CONSUMER' THEN (SELECT jsonb_build_object('withdrawal',
            jsonb_build_object('de', s.withdrawal_de, 'en', s.withdrawal_en)) FROM operator_settings s)
        ELSE '{}'::jsonb END)::text AS content, o.id
    FROM orders o JOIN customers c ON c.id = o.customer_id WHERE o.id = ANY($1::uuid[])"""


def made_to(order: Order) -> dict[str, object]:
    """What the event of an offer says: which revision was offered to which customer."""
    return {"revision": order.offer_revision, "customer_id": order.customer_id}


async def offer_content(connection: BaseDBAsyncClient, order: Order) -> dict[str, object]:
    """Every fact of the offer; amounts in cents, dates in ISO 8601."""
    return (await offer_contents(connection, [order.id]))[order.id]


async def offer_contents(connection: BaseDBAsyncClient, order_ids: Sequence[UUID]) -> dict[UUID, dict[str, object]]:
    """The same of several orders with a customer, by id, with one statement."""
    rows = await connection.execute_query_dict(SELECT_CONTENT, [list(order_ids)])
    return {row["id"]: json.loads(row["content"]) for row in rows}
