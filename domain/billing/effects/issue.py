"""Issue of a document: its contents are frozen and, as the last step, its number is allocated."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from domain.billing.document_numbers import allocate, series_of
from domain.billing.documents.job_claims import REQUEST_RENDERING, RETRY_RENDERING
from domain.billing.guards.invoices import issue_date
from domain.billing.items import load_items_of
from domain.billing.model import InvoiceItem
from domain.billing.snapshot import contents, load_parties_of
from domain.billing.totals import asks_for_money
from domain.engine.transition import TransitionContext
from domain.kernel.actors import Role
from domain.kernel.money import Totals
from domain.operator.number_series import Series
from domain.outbox.claims import stop_messages

CONSUME_LINES = """UPDATE billable_lines SET consumed_at = $2
    WHERE invoice_id = ANY($1::uuid[]) AND consumed_at IS NULL"""
# The mails that bring an issued document to its customer.
CARRYING_MAILS = ("invoice.print", "invoice.reverse")
SENT_ANOTHER_WAY = "its document was sent another way"


@dataclass(frozen=True, kw_only=True)
class UnissuedDocument:
    """An invoice whose `issued_on` is set, and its contents; `facts` are those that only this kind of document has.

    `total` is given where it does not follow from the items alone.
    """

    invoice: Any
    items: Sequence[InvoiceItem]
    parties: Mapping[str, Any]
    facts: Mapping[str, Any] = field(default_factory=dict)
    total: Totals | None = None


async def print_invoices(moves: Sequence[TransitionContext]) -> None:
    """Freeze the invoices as they are and allocate their numbers, in the order of the moves."""
    connection, invoices = moves[0].connection, [move.row for move in moves]
    items = await load_items_of(connection, [invoice.id for invoice in invoices])
    parties = await load_parties_of(connection, invoices)
    for move in moves:
        move.row.issued_on = issue_date(move.facts, move.context)
    await issue(
        moves[0],
        [UnissuedDocument(invoice=each, items=items[each.id], parties=parties[each.id]) for each in invoices],
    )
    for move in moves:
        move.event_body["number"] = move.row.number


async def issue(move: TransitionContext, documents: Sequence[UnissuedDocument]) -> None:
    """Freeze all contents of the documents and allocate their numbers, as part of this move; the caller saves them."""
    by_series: dict[Series, list[Any]] = {}
    for document in documents:
        invoice = document.invoice
        if asks_for_money(invoice.kind, invoice.net_cents + invoice.vat_cents):
            invoice.due_on = invoice.issued_on + timedelta(days=invoice.payment_days)
        invoice.printed_at = move.now
        frozen = contents(invoice, document.items, document.parties, document.total)
        invoice.snapshot = frozen | dict(document.facts)
        move.work.writes.add(REQUEST_RENDERING, {"invoice_id": invoice.id})
        series = series_of(invoice.kind, invoice.issued_on, move.context.settings)
        by_series.setdefault(series, []).append(invoice)
    for series in sorted(by_series, key=lambda each: each.name):
        await _number(move, series, by_series[series])


async def _number(move: TransitionContext, series: Series, invoices: Sequence[Any]) -> None:
    """Allocate the numbers of one series; series are taken in the order of their names, so that nothing deadlocks."""
    numbers = await allocate(move.connection, series, [invoice.id for invoice in invoices], move.now)
    for invoice, number in zip(invoices, numbers, strict=True):
        invoice.number, invoice.snapshot = number, {**invoice.snapshot, "number": number}


async def retry_rendering(move: TransitionContext) -> None:
    """Request the documents anew; their snapshot is what it was."""
    await move.connection.execute_query(RETRY_RENDERING, [move.row.id])


async def post(moves: Sequence[TransitionContext]) -> None:
    """Post the invoices to the books and mark their lines as consumed."""
    for move in moves:
        move.row.posted_at = move.now
    await moves[0].connection.execute_query(CONSUME_LINES, [[move.row.id for move in moves], moves[0].now])


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
