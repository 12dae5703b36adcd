"""The snapshots that drafts would have if they were issued now; nothing of them is stored."""

from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import Any
from uuid import UUID

from tortoise.backends.base.client import BaseDBAsyncClient

from domain.billing.items import load_items_of
from domain.billing.model import Invoice
from domain.billing.snapshot import contents, load_parties_of

Snapshot = dict[str, Any]


async def draft_snapshot(connection: BaseDBAsyncClient, invoice_id: UUID) -> Snapshot | None:
    """The contents with the provisional number; None for an invoice that is issued or unknown."""
    return (await draft_snapshots(connection, [invoice_id])).get(invoice_id)


async def draft_snapshots(connection: BaseDBAsyncClient, invoice_ids: Sequence[UUID]) -> Mapping[UUID, Snapshot]:
    """The same of several drafts, by invoice; those that are issued or unknown are left out."""
    drafts = await Invoice.filter(id__in=invoice_ids, number__isnull=True).using_db(connection)
    items = await load_items_of(connection, [draft.id for draft in drafts])
    parties = await load_parties_of(connection, drafts) if drafts else {}
    return {draft.id: _snapshot(draft, items[draft.id], parties[draft.id]) for draft in drafts}


def _snapshot(draft: Invoice, items: Sequence[Any], parties: Mapping[str, Any]) -> Snapshot:
    draft.issued_on = draft.invoice_on
    draft.due_on = draft.invoice_on + timedelta(days=draft.payment_days)
    return contents(draft, items, parties) | {"number": draft.provisional_number}
