"""Consequences around claims: what each move books in the budget, what files pay, and what the bank states."""

from collections import defaultdict
from collections.abc import Callable, Sequence
from uuid import UUID

from domain.budgets.inputs import BudgetBooking, BudgetBookings
from domain.budgets.model import BudgetEntryKind
from domain.claims.inputs import Decision, InPayment, PaidOn
from domain.claims.model import ClaimStatus
from domain.claims.payment_effects import LOCK_BUDGETS
from domain.engine.noun import Consequence, each_alone
from domain.engine.transition import TransitionContext, cascade

KIND = BudgetEntryKind
CLAIMS_OF_FILE = """SELECT c.id, coalesce(c.payee_name, m.name) AS payee_name,
    coalesce(c.payee_iban, m.iban) AS payee_iban
    FROM claims c JOIN members m ON m.id = c.member_id WHERE c.id = ANY($1::uuid[]) ORDER BY c.id"""
CLAIMS_IN_FILE = "SELECT c.id FROM claims c WHERE c.payment_file_id = $1 AND c.status = 'IN_PAYMENT' ORDER BY c.id"
LOCK_CLAIMS = "SELECT c.id FROM claims c WHERE c.id = ANY($1::uuid[]) ORDER BY c.id FOR UPDATE OF c"
STATED = """SELECT c.id, c.status, b.booked_on, b.amount_cents, b.reference FROM bank_transactions b
    JOIN claims c ON c.end_to_end_id = b.end_to_end_id AND c.amount_cents = abs(b.amount_cents)
    WHERE b.file_id = $1 AND b.currency = 'EUR' ORDER BY c.id, b.position"""
LONGEST_REASON = 500

Booked = Callable[[TransitionContext], Sequence[tuple[BudgetEntryKind, int]]]


def _reserved(move: TransitionContext) -> Sequence[tuple[BudgetEntryKind, int]]:
    return ((KIND.CLAIM_RESERVED, -move.row.amount_cents),)


def _released(move: TransitionContext) -> Sequence[tuple[BudgetEntryKind, int]]:
    return () if move.facts.status is ClaimStatus.DRAFT else ((KIND.CLAIM_RELEASED, move.row.amount_cents),)


def _paid(move: TransitionContext) -> Sequence[tuple[BudgetEntryKind, int]]:
    return (KIND.CLAIM_RELEASED, move.row.amount_cents), (KIND.CLAIM_PAID, -move.row.amount_cents)


def _returned(move: TransitionContext) -> Sequence[tuple[BudgetEntryKind, int]]:
    """What was not paid yet is reserved still."""
    if move.facts.status is not ClaimStatus.PAID:
        return ()
    return (KIND.CLAIM_RETURNED, move.row.amount_cents), (KIND.CLAIM_RESERVED, -move.row.amount_cents)


def _books(booked: Booked) -> Consequence:
    """A consequence that books in the budgets of the claims, which their moves have locked."""

    async def follow(moves: Sequence[TransitionContext]) -> None:
        bookings: dict[UUID, list[BudgetBooking]] = defaultdict(list)
        for move in moves:
            claim = move.row
            for kind, amount in booked(move):
                booking = BudgetBooking(
                    kind=kind,
                    amount_cents=amount,
                    claim_id=claim.id,
                    order_id=claim.for_order_id,
                    note=claim.purpose,
                )
                bookings[claim.budget_id].append(booking)
        requests = [(budget_id, BudgetBookings(bookings=tuple(listed))) for budget_id, listed in bookings.items()]
        await cascade(moves, "memberBudget", "book", requests)

    return follow


async def pay_claims(move: TransitionContext) -> None:
    """Put the claims of a new file into payment; their rows are locked by its effect."""
    rows = await move.connection.execute_query_dict(CLAIMS_OF_FILE, [move.event_body["claim_ids"]])
    requests = [
        (
            row["id"],
            InPayment(payment_file_id=move.row.id, payee_name=row["payee_name"], payee_iban=row["payee_iban"]),
        )
        for row in rows
    ]
    await cascade([move], "claim", "pay", requests)


async def release_claims(move: TransitionContext) -> None:
    rows = await move.connection.execute_query_dict(CLAIMS_IN_FILE, [move.row.id])
    ids = [row["id"] for row in rows]
    await _lock(move, ids)
    await move.cascade("claim", "release", ids)


async def follow_bank(move: TransitionContext) -> None:
    """What the bank stated with identifier and amount of a claim: what went out pays it, what came back does not."""
    ids = [row["id"] for row in await move.connection.execute_query_dict(STATED, [move.row.id])]
    if not ids:
        return
    await _lock(move, ids)
    rows = await move.connection.execute_query_dict(STATED, [move.row.id])
    paid = {row["id"]: row for row in rows if row["amount_cents"] < 0 and row["status"] == "IN_PAYMENT"}
    requests = [(claim_id, PaidOn(paid_on=row["booked_on"])) for claim_id, row in paid.items()]
    await cascade([move], "claim", "recordPaid", requests)
    came_back = {row["id"]: row for row in rows if row["amount_cents"] > 0}
    returned = [
        (claim_id, Decision(reason=(row["reference"] or "–")[:LONGEST_REASON]))
        for claim_id, row in came_back.items()
        if claim_id in paid or row["status"] in ("IN_PAYMENT", "PAID")
    ]
    await cascade([move], "claim", "returnPayment", returned)


async def _lock(move: TransitionContext, claim_ids: Sequence[UUID]) -> None:
    """Lock budgets before their claims, ids ascending."""
    await move.connection.execute_query(LOCK_BUDGETS, [list(claim_ids)])
    await move.connection.execute_query(LOCK_CLAIMS, [list(claim_ids)])


CONSEQUENCES: dict[str, tuple[Consequence, ...]] = {
    "claim.submit": (_books(_reserved),),
    "claim.reject": (_books(_released),),
    "claim.cancel": (_books(_released),),
    "claim.recordPaid": (_books(_paid),),
    "claim.returnPayment": (_books(_returned),),
    "paymentFile.create": (each_alone(pay_claims),),
    "paymentFile.discard": (each_alone(release_claims),),
    "bankFile.import": (each_alone(follow_bank),),
}
