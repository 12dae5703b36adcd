"""Consequences of bank transactions: what is booked pays its receivables, and what is undone pays them no more."""

from collections.abc import Iterable, Sequence
from typing import Any
from uuid import UUID

from domain.engine.noun import Consequence, each_alone
from domain.engine.transition import TransitionContext, cascade
from domain.kernel.amount_input import cents_of
from domain.kernel.errors import Refused, invalid
from domain.receivables.inputs import Transfer, TransferReversal

LOCK_RECEIVABLES = """SELECT r.id, r.currency FROM receivables r
    WHERE r.id = ANY($1::uuid[]) ORDER BY r.id FOR UPDATE OF r"""
ENTRIES = """SELECT e.id, e.receivable_id FROM receivable_entries e WHERE e.bank_transaction_id = $1
    AND e.kind = 'PAYMENT' AND NOT EXISTS (SELECT 1 FROM receivable_entries b WHERE b.reverses_id = e.id)
    ORDER BY e.id"""


async def pay(moves: Sequence[TransitionContext]) -> None:
    """Book the shares of the transactions; `Refused` when one names no receivable in the transaction's currency."""
    found = await _lock(moves[0], (share.receivable_id for move in moves for share in move.input.shares))
    for move in moves:
        for place, share in enumerate(move.input.shares):
            if found.get(share.receivable_id) != move.row.currency:
                raise Refused(invalid("bank_receivable_unknown", "shares", str(place), "receivable_id"))
    requests = [(share.receivable_id, _transfer(move, share)) for move in moves for share in move.input.shares]
    await cascade(moves, "receivable", "recordTransfer", requests)


def _transfer(move: TransitionContext, share: Any) -> Transfer:
    row = move.row
    return Transfer(
        bank_transaction_id=row.id,
        amount_cents=cents_of(share.amount, "shares"),
        received_on=row.booked_on,
        note=" · ".join(part for part in (row.counterparty_name, row.reference) if part)[:500],
        entered_by_id=move.context.actor.account_id,
    )


async def take_back(move: TransitionContext) -> None:
    entries = await move.connection.execute_query_dict(ENTRIES, [move.row.id])
    await _lock(move, (row["receivable_id"] for row in entries))
    reason, by = move.input.reason.strip(), move.context.actor.account_id
    requests = [
        (row["receivable_id"], TransferReversal(entry_id=row["id"], reason=reason, entered_by_id=by)) for row in entries
    ]
    await cascade([move], "receivable", "reverseTransfer", requests)


async def _lock(move: TransitionContext, ids: Iterable[UUID]) -> dict[UUID, str]:
    """Lock receivables; the currency of each that exists."""
    rows = await move.connection.execute_query_dict(LOCK_RECEIVABLES, [[*ids]])
    return {row["id"]: row["currency"] for row in rows}


CONSEQUENCES: dict[str, tuple[Consequence, ...]] = {
    "bankTransaction.book": (pay,),
    "bankTransaction.undo": (each_alone(take_back),),
}
