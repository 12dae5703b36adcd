"""Bookings of a receivable: an entry is written, and its amount added to the sums of the row."""

from typing import Any

from domain.engine.transition import TransitionContext
from domain.receivables.balance import add_to_sums, excess_write_off_cents
from domain.receivables.model import EntryKind, ReceivableEntry


def book(move: TransitionContext, row: Any, kind: EntryKind, amount_cents: int, **values: Any) -> None:
    """Write the entry that the move is about; the event names it."""
    entry = add_entry(move, row, kind, amount_cents, **values)
    move.event_body |= {"entry_id": entry.id, "amount_cents": amount_cents, "currency": row.currency}


def add_entry(move: TransitionContext, row: Any, kind: EntryKind, amount_cents: int, **values: Any) -> ReceivableEntry:
    """Write an entry, whose amount is added to what remains of the receivable."""
    entry = ReceivableEntry(
        receivable_id=row.id,
        kind=kind,
        amount_cents=amount_cents,
        created_at=move.now,
        **{"booked_on": move.context.today, "entered_by_id": move.context.actor.account_id, **values},
    )
    add_to_sums(row, kind, amount_cents)
    move.insert(entry)
    return entry


def undo_excess_write_off(move: TransitionContext, row: Any, note: str) -> None:
    """Take back what was written off as far as it is canceled or paid since: no one gives up what is not open."""
    if excess := excess_write_off_cents(row):
        add_entry(move, row, EntryKind.WRITE_OFF_REVERSAL, excess, note=note)
