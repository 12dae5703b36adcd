"""Effects of a budget's moves: each books entries and adds them to the sums of the row."""

from typing import Any

from domain.budgets.model import BudgetEntry, BudgetEntryKind
from domain.engine.transition import TransitionContext
from domain.kernel.amount_input import cents_of

KIND = BudgetEntryKind
RESERVATIONS = frozenset({KIND.CLAIM_RESERVED, KIND.CLAIM_RELEASED})
PAYMENTS = frozenset({KIND.CLAIM_PAID, KIND.CLAIM_RETURNED})


def book(move: TransitionContext, kind: BudgetEntryKind, amount_cents: int, **values: Any) -> None:
    """Write an entry, whose amount is added to what is available."""
    entry = BudgetEntry(
        budget_id=move.row.id,
        kind=kind,
        amount_cents=amount_cents,
        booked_on=move.context.today,
        entered_by_id=move.context.actor.account_id,
        created_at=move.now,
        **values,
    )
    move.insert(entry)
    _add_to_sums(move.row, kind, amount_cents)


def _add_to_sums(row: Any, kind: BudgetEntryKind, amount_cents: int) -> None:
    if kind in RESERVATIONS:
        row.reserved_cents -= amount_cents
    elif kind in PAYMENTS:
        row.paid_cents -= amount_cents
    else:
        row.received_cents += amount_cents


def book_all(move: TransitionContext) -> None:
    for booking in move.input.bookings:
        book(
            move,
            booking.kind,
            booking.amount_cents,
            invoice_id=booking.invoice_id,
            order_id=booking.order_id,
            claim_id=booking.claim_id,
            note=booking.note,
        )
    move.event_body["bookings"] = [
        {"kind": booking.kind, "amount_cents": booking.amount_cents} for booking in move.input.bookings
    ]


def correct(move: TransitionContext) -> None:
    amount, reason = cents_of(move.input.amount, "amount"), move.input.reason.strip()
    book(move, KIND.CORRECTION, amount, note=reason)
    move.event_body |= {"amount_cents": amount, "reason": reason}
