"""Issue of a document: its contents are frozen and, as the last step, its number is allocated."""

from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import Any

from domain.billing.document_numbers import allocate, series_of
from domain.billing.documents.job_claims import REQUEST_RENDERING, RETRY_RENDERING
from domain.billing.guards.invoices import issue_date
from domain.billing.items import load_items
from domain.billing.model import BillableLine, Invoice, InvoiceItem
from domain.billing.snapshot import contents, load_parties
from domain.billing.totals import asks_for_money
from domain.engine.transition import TransitionContext
from domain.kernel.actors import Role
from domain.outbox.claims import stop_messages

# The mails that bring an issued document to its customer.
CARRYING_MAILS = ("invoice.print", "invoice.reverse")
SENT_ANOTHER_WAY = "its document was sent another way"


async def print_invoice(move: TransitionContext) -> None:
    """Freeze the invoice as it is and allocate its number."""
    invoice = move.row
    invoice.issued_on = issue_date(move.facts, move.context)
    items = await load_items(move.connection, invoice.id)
    await issue(move, invoice, items, await load_parties(move.connection, invoice))
    move.event_body["number"] = invoice.number


async def issue(
    move: TransitionContext,
    invoice: Invoice,
    items: Sequence[InvoiceItem],
    parties: dict[str, Any],
    more: Mapping[str, Any] | None = None,
) -> None:
    """Freeze all contents of the document and allocate its number; the caller saves the invoice.

    `issued_on` is set before. `more` are facts that only this kind of document has.
    """
    assert invoice.issued_on is not None
    if asks_for_money(invoice.kind, invoice.net_cents + invoice.vat_cents):
        invoice.due_on = invoice.issued_on + timedelta(days=invoice.payment_days)
    invoice.printed_at = move.now
    snapshot = contents(invoice, items, parties) | dict(more or {})
    series = series_of(invoice.kind, invoice.issued_on, move.context.settings)
    invoice.number = await allocate(move.connection, series, invoice.id, move.now)
    invoice.snapshot = snapshot | {"number": invoice.number}
    move.work.writes.add(REQUEST_RENDERING, {"invoice_id": invoice.id})


async def retry_rendering(move: TransitionContext) -> None:
    """Request the documents anew; their snapshot is what it was."""
    await move.connection.execute_query(RETRY_RENDERING, [move.row.id])


async def post(move: TransitionContext) -> None:
    """Post the invoice to the books and mark its lines as consumed."""
    move.row.posted_at = move.now
    lines = BillableLine.filter(invoice_id=move.row.id, consumed_at__isnull=True).using_db(move.connection)
    await lines.update(consumed_at=move.now)


async def record_sending(move: TransitionContext) -> None:
    """Record that the mail server accepted the invoice, or how finance sent it; then the mail that waits is dropped."""
    invoice, sending = move.row, move.input
    invoice.sent_at = move.now
    invoice.sent_reason = sending.reason.strip() if sending and sending.reason else None
    move.event_body["reason"] = invoice.sent_reason
    if move.context.actor.role is not Role.CLOCK:
        noun = move.lifecycle.noun
        stopped = await stop_messages(move.connection, noun, invoice.id, CARRYING_MAILS, SENT_ANOTHER_WAY)
        move.event_body["mails_stopped"] = stopped
