"""Effects of a receivable's moves: what they book, and what follows for its flags."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from domain.billing.model import Invoice
from domain.database.row_writes import load_rows
from domain.engine.transition import TransitionContext
from domain.kernel.actors import Role
from domain.kernel.amount_input import cents_of
from domain.kernel.errors import Refused, invalid
from domain.receivables.balance import is_invoice_paid, status_of
from domain.receivables.bookings import add_entry, book, undo_excess_write_off
from domain.receivables.model import EntryKind, Receivable, ReceivableEntry
from domain.receivables.reminders.rest import end_pause, give_time_again

REVERSED_BY = "SELECT e.id FROM receivable_entries e WHERE e.reverses_id = $1"


async def open_receivables(moves: Sequence[TransitionContext]) -> None:
    """Open what posted invoices ask for, less what cancellation invoices have taken back already."""
    connection, ids = moves[0].connection, [move.facts.id for move in moves]
    invoices = {row.id: row for row in await load_rows(connection, Invoice, "t.id = ANY($1::uuid[])", ids)}
    documents = await load_rows(connection, Invoice, "t.reverses_id = ANY($1::uuid[]) ORDER BY t.id", ids)
    for move in moves:
        move.row = _receivable_of(move, invoices[move.facts.id])
        for document in documents:
            if document.reverses_id == move.facts.id:
                gross = document.net_cents + document.vat_cents
                book(move, move.row, EntryKind.CANCELLATION, gross, document_id=document.id, note=document.number)
        move.row.status = status_of(move.row)
        move.insert(move.row)


def _receivable_of(move: TransitionContext, invoice: Any) -> Any:
    row = Receivable(
        invoice_id=invoice.id,
        order_id=invoice.order_id,
        currency=invoice.currency,
        amount_cents=invoice.net_cents + invoice.vat_cents,
        due_on=invoice.due_on,
        created_at=move.now,
    )
    move.event_body |= {"number": invoice.number, "asked_cents": row.amount_cents, "due_on": row.due_on}
    return row


def take_back(move: TransitionContext) -> None:
    """Take back what the cancellation invoice takes back; of nothing there is no dispute and no charge."""
    document = move.input
    book(
        move,
        move.row,
        EntryKind.CANCELLATION,
        document.amount_cents,
        document_id=document.document_id,
        note=document.number,
    )
    if move.row.canceled_cents == move.row.amount_cents:
        _end_dispute(move.row)
        end_proposal(move.row)
        end_pause(move.row)
        _waive_charges(move, document.number)
    undo_excess_write_off(move, move.row, document.number)


def _waive_charges(move: TransitionContext, note: str) -> None:
    if move.row.charges_cents:
        add_entry(move, move.row, EntryKind.CHARGE_WAIVER, -move.row.charges_cents, note=note)


def record_payment(move: TransitionContext) -> None:
    """Book the payment; its member hears of it once the invoice is paid."""
    amount = cents_of(move.input.amount, "amount")
    _pay(move, amount, booked_on=move.input.received_on, note=move.input.note.strip())


def record_transfer(move: TransitionContext) -> None:
    """Book what the bank stated, in the name of the one in finance who decided that."""
    transfer = move.input
    _pay(
        move,
        transfer.amount_cents,
        booked_on=transfer.received_on,
        note=transfer.note,
        bank_transaction_id=transfer.bank_transaction_id,
        entered_by_id=transfer.entered_by_id,
    )


def _pay(move: TransitionContext, cents: int, **values: Any) -> None:
    was_paid = is_invoice_paid(move.row)
    book(move, move.row, EntryKind.PAYMENT, -cents, **values)
    undo_excess_write_off(move, move.row, "")
    end_proposal(move.row)
    if was_paid or not is_invoice_paid(move.row):
        move.notifies -= {Role.MEMBER}


async def reverse_payment(move: TransitionContext) -> None:
    await _take_back_payment(move)


async def reverse_transfer(move: TransitionContext) -> None:
    await _take_back_payment(move, entered_by_id=move.input.entered_by_id)


async def _take_back_payment(move: TransitionContext, **values: Any) -> None:
    payment, reason = await _payment(move, move.input.entry_id), move.input.reason.strip()
    amount = -payment.amount_cents
    book(move, move.row, EntryKind.PAYMENT_REVERSAL, amount, reverses_id=payment.id, note=reason, **values)
    move.event_body["reason"] = reason
    give_time_again(move)


async def _payment(move: TransitionContext, entry_id: UUID) -> Any:
    condition = "t.id = $1 AND t.receivable_id = $2 AND t.kind = 'PAYMENT'"
    found = await load_rows(move.connection, ReceivableEntry, condition, entry_id, move.row.id)
    if not found:
        raise Refused(invalid("payment_unknown", "entry_id"))
    if await move.connection.execute_query_dict(REVERSED_BY, [entry_id]):
        raise Refused(invalid("payment_is_reversed", "entry_id"))
    if -found[0].amount_cents > move.row.paid_cents:
        raise Refused(invalid("payment_was_refunded", "entry_id"))
    return found[0]


def refund(move: TransitionContext) -> None:
    amount = cents_of(move.input.amount, "amount")
    note = move.input.note.strip()
    book(move, move.row, EntryKind.REFUND, amount, booked_on=move.input.refunded_on, note=note)


def dispute(move: TransitionContext) -> None:
    """Who disputes need not be told; what finance enters for a customer is told to no customer."""
    move.row.disputed_at, move.row.dispute_reason = move.now, move.input.reason.strip()
    move.row.dispute_resolution = None
    move.event_body["reason"] = move.row.dispute_reason
    if Role.FINANCE in move.context.actor.roles:
        move.notifies -= {Role.FINANCE}


def resolve(move: TransitionContext) -> None:
    _end_dispute(move.row)
    give_time_again(move)
    move.row.dispute_resolution = move.input.comment.strip()
    move.event_body["comment"] = move.row.dispute_resolution


def write_off(move: TransitionContext) -> None:
    _write_off(move, move.input.reason.strip())


def propose_write_off(move: TransitionContext) -> None:
    move.row.write_off_proposed_at = move.now
    move.row.write_off_proposed_by_id = move.context.actor.account_id
    move.row.write_off_reason = move.input.reason.strip()
    move.event_body |= {"reason": move.row.write_off_reason, "amount_cents": move.facts.remaining_cents}


def approve_write_off(move: TransitionContext) -> None:
    _write_off(move, move.row.write_off_reason)
    end_proposal(move.row)


def refuse_write_off(move: TransitionContext) -> None:
    end_proposal(move.row)
    move.event_body["reason"] = move.input.reason.strip()


def _write_off(move: TransitionContext, reason: str) -> None:
    book(move, move.row, EntryKind.WRITE_OFF, -move.facts.remaining_cents, note=reason)
    move.event_body["reason"] = reason


def _end_dispute(row: Any) -> None:
    row.disputed_at = row.dispute_reason = None


def end_proposal(row: Any) -> None:
    """A proposed write-off speaks of what remained when it was proposed; what changes that ends it."""
    row.write_off_proposed_at = row.write_off_proposed_by_id = row.write_off_reason = None
