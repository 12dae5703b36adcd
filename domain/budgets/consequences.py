"""Consequences for budgets: what becomes of a receivable adds to the budgets of its member, or takes from them."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any
from uuid import UUID

from domain.budgets.inputs import BudgetBooking, BudgetBookings
from domain.budgets.model import BudgetEntryKind
from domain.budgets.shares import BOOKED, IS_GUARANTEED, SHARES, InvoiceShare, due_cents
from domain.engine.noun import Consequence
from domain.engine.subjects import read_subjects
from domain.engine.transition import TransitionContext, cascade
from domain.orders.progress import payment_guarantee

KIND = BudgetEntryKind
KINDS = {
    "open": KIND.INFLOW,
    "recordPayment": KIND.INFLOW,
    "recordTransfer": KIND.INFLOW,
    "reversePayment": KIND.REVERSAL,
    "reverseTransfer": KIND.REVERSAL,
    "refund": KIND.REVERSAL,
    "cancel": KIND.REVERSAL,
    "writeOff": KIND.CLAWBACK,
    "approveWriteOff": KIND.CLAWBACK,
}
# Budgets are locked last, ids ascending: orders, deliveries, invoices and receivables come before them.
LOCK_BUDGETS = """SELECT b.id FROM member_budgets b WHERE b.member_id IN (SELECT i.member_id FROM invoices i
    JOIN receivables r ON r.invoice_id = i.id WHERE r.id = ANY($1::uuid[])) ORDER BY b.id FOR UPDATE OF b"""
SELECT_SHARES = f"""SELECT b.id AS budget_id, i.id AS invoice_id, i.number, s.order_id, s.share_cents,
    r.amount_cents - r.canceled_cents AS owed_cents, r.paid_cents, r.written_off_cents,
    {IS_GUARANTEED} AS is_guaranteed, {BOOKED} AS booked_cents
    FROM receivables r JOIN invoices i ON i.id = r.invoice_id JOIN member_budgets b ON b.member_id = i.member_id
    CROSS JOIN LATERAL {SHARES} s WHERE r.id = ANY($1::uuid[]) ORDER BY b.id, i.id, s.order_id"""


async def follow_receivables(moves: Sequence[TransitionContext]) -> None:
    """Book the difference between what of each share belongs to the budget now, and what is booked already."""
    if not (moves := _those_that_book(moves)):
        return
    ids = [move.row.id for move in moves]
    await moves[0].connection.execute_query(LOCK_BUDGETS, [ids])
    rows = await moves[0].connection.execute_query_dict(SELECT_SHARES, [ids])
    shares = await _with_new_guarantees(moves, [InvoiceShare(**row) for row in rows])
    bookings = _bookings(shares, KINDS[moves[0].transition.name], moves[0].transition.name == "open")
    requests = [(budget_id, BudgetBookings(bookings=tuple(listed))) for budget_id, listed in bookings.items()]
    await cascade(moves, "memberBudget", "book", requests)


def _those_that_book(moves: Sequence[TransitionContext]) -> Sequence[TransitionContext]:
    """Posting alone brings nothing in, unless payment is guaranteed or nothing is asked for."""
    if moves[0].transition.name != "open" or moves[0].context.settings.guarantee_pays_at_posting:
        return moves
    return [move for move in moves if move.row.amount_cents == move.row.canceled_cents]


async def _with_new_guarantees(
    moves: Sequence[TransitionContext], shares: Sequence[InvoiceShare]
) -> Sequence[InvoiceShare]:
    """The shares; guaranteed are those posted now while the guarantee of their order holds, if the setting is on."""
    if moves[0].transition.name != "open" or not moves[0].context.settings.guarantee_pays_at_posting:
        return shares
    order_ids = list(dict.fromkeys(share.order_id for share in shares if share.order_id))
    orders = await read_subjects(moves[0].connection, moves[0].work.registry.root, order_ids)
    return [replace(share, is_guaranteed=_is_guaranteed(orders, share.order_id)) for share in shares]


def _is_guaranteed(orders: Mapping[UUID, Any], order_id: UUID | None) -> bool:
    return order_id is not None and order_id in orders and payment_guarantee(orders[order_id].facts).is_granted


def _bookings(
    shares: Iterable[InvoiceShare], kind: BudgetEntryKind, are_posted_now: bool
) -> Mapping[UUID, list[BudgetBooking]]:
    bookings: dict[UUID, list[BudgetBooking]] = defaultdict(list)
    for share in shares:
        if amount := due_cents(share) - share.booked_cents:
            of_kind = KIND.GUARANTEE if are_posted_now and share.is_guaranteed else kind
            booking = BudgetBooking(
                kind=of_kind,
                amount_cents=amount,
                invoice_id=share.invoice_id,
                order_id=share.order_id,
                note=share.number,
            )
            bookings[share.budget_id].append(booking)
    return bookings


CONSEQUENCES: dict[str, tuple[Consequence, ...]] = {f"receivable.{name}": (follow_receivables,) for name in KINDS}
