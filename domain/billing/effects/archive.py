"""Archive of issued invoices, after their retention."""

from domain.billing.model import ArchivedInvoice
from domain.engine.transition import TransitionContext


def archive(move: TransitionContext) -> None:
    """Record that the invoice is archived; its own row, its files and its number stay."""
    move.insert(ArchivedInvoice(invoice_id=move.row.id, archived_at=move.now))
    move.event_body["number"] = move.row.number
