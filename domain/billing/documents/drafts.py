"""The snapshot that a draft would have if it were issued now; nothing of it is stored."""

from datetime import timedelta
from typing import Any
from uuid import UUID

from tortoise.backends.base.client import BaseDBAsyncClient

from domain.billing.items import load_items
from domain.billing.model import Invoice
from domain.billing.snapshot import contents, load_parties


async def draft_snapshot(connection: BaseDBAsyncClient, invoice_id: UUID) -> dict[str, Any] | None:
    """The contents with the provisional number; None for an invoice that is issued or unknown."""
    invoice = await Invoice.get_or_none(id=invoice_id, number__isnull=True, using_db=connection)
    if invoice is None:
        return None
    invoice.issued_on = invoice.invoice_on
    invoice.due_on = invoice.invoice_on + timedelta(days=invoice.payment_days)
    items = await load_items(connection, invoice.id)
    return contents(invoice, items, await load_parties(connection, invoice)) | {"number": invoice.provisional_number}
