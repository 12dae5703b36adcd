"""Consequences for receivables: posting an invoice opens one, and cancellation invoices take back of it."""

from collections.abc import Sequence
from typing import Any

from domain.billing.model import InvoiceKind
from domain.engine.noun import Consequence
from domain.engine.transition import TransitionContext, cascade
from domain.receivables.inputs import CancellationDocument

# Locked, because a transaction of the bank is booked without the lock of the invoice.
LOCK_RECEIVABLES = """SELECT r.id, r.invoice_id FROM receivables r WHERE r.invoice_id = ANY($1::uuid[])
    ORDER BY r.id FOR UPDATE OF r"""


async def open_receivables(moves: Sequence[TransitionContext]) -> None:
    posted = [move.row.id for move in moves if move.row.kind is not InvoiceKind.CANCELLATION]
    await cascade(moves, "receivable", "open", [(invoice_id, None) for invoice_id in posted])


async def take_back(moves: Sequence[TransitionContext]) -> None:
    """Take back of the originals that are posted; the others open later with less."""
    originals = [move.row.reverses_id for move in moves]
    rows = await moves[0].connection.execute_query_dict(LOCK_RECEIVABLES, [originals])
    receivables = {row["invoice_id"]: row["id"] for row in rows}
    documents = [move.row for move in moves if move.row.reverses_id in receivables]
    requests = [(receivables[document.reverses_id], _input(document)) for document in documents]
    await cascade(moves, "receivable", "cancel", requests)


def _input(document: Any) -> CancellationDocument:
    amount = document.net_cents + document.vat_cents
    return CancellationDocument(document_id=document.id, amount_cents=amount, number=document.number)


CONSEQUENCES: dict[str, tuple[Consequence, ...]] = {
    "invoice.post": (open_receivables,),
    "invoice.reverse": (take_back,),
}
