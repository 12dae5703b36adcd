"""Consequences around supplements: proposals that need one, and orders and lines that follow or are followed."""

from collections.abc import Sequence
from uuid import UUID

from domain.billing.inputs import LineCancellation
from domain.billing.model import LineSource
from domain.engine.noun import Consequence, each_alone
from domain.engine.transition import TransitionContext, cascade

# What the order is invoiced for, reversals deducted, is more than offer and confirmed supplements agree on.
TOTAL_GROWS = """SELECT 1 FROM orders o WHERE o.id = $1 AND
    coalesce((SELECT sum(l.net_cents) FROM billable_lines l WHERE l.order_id = o.id AND l.status <> 'CANCELED'), 0)
    + coalesce((SELECT sum(x.net_cents) FROM invoice_items x JOIN billable_lines l ON l.id = x.line_id
        JOIN invoices c ON c.id = x.invoice_id WHERE l.order_id = o.id AND c.kind = 'CANCELLATION'), 0)
    > o.net_cents + coalesce((SELECT sum(s.net_cents) FROM supplements s
        WHERE s.order_id = o.id AND s.status = 'CONFIRMED'), 0)"""
OPEN_OF_LINES = "SELECT id FROM supplements WHERE line_id = ANY($1::uuid[]) AND status = 'OPEN' ORDER BY id"
OPEN_OF_ORDER = "SELECT id FROM supplements WHERE order_id = $1 AND status = 'OPEN' ORDER BY id"


async def ask_customer(move: TransitionContext) -> None:
    """Ask the customer about a proposed invoice, where the operator wants that and the order's total grows."""
    line = move.row
    if line.source is not LineSource.PROPOSAL or not move.context.settings.supplements_are_confirmed:
        return
    if await move.connection.execute_query_dict(TOTAL_GROWS, [line.order_id]):
        await move.cascade("supplement", "offer", [line.id])


async def withdraw_of_lines(moves: Sequence[TransitionContext]) -> None:
    """A canceled line takes the question back that its customer was asked."""
    proposed = [move.row.id for move in moves if move.row.source is LineSource.PROPOSAL]
    if proposed:
        rows = await moves[0].connection.execute_query_dict(OPEN_OF_LINES, [proposed])
        await cascade(moves, "supplement", "withdraw", [(row["id"], None) for row in rows])


async def cancel_line(move: TransitionContext) -> None:
    await move.cascade("line", "cancel", [move.row.line_id], LineCancellation())


async def pause(move: TransitionContext) -> None:
    """No supplement ends while a cancellation is under review."""
    for supplement_id in await _open_of(move):
        move.work.touch("supplement", supplement_id, move.row.id)


async def resume(move: TransitionContext) -> None:
    await move.cascade("supplement", "resume", await _open_of(move))


async def ask_new_contact(move: TransitionContext) -> None:
    await move.cascade("supplement", "changeContact", await _open_of(move))


async def _open_of(move: TransitionContext) -> list[UUID]:
    return [row["id"] for row in await move.connection.execute_query_dict(OPEN_OF_ORDER, [move.row.id])]


CONSEQUENCES: dict[str, tuple[Consequence, ...]] = {
    "line.propose": (each_alone(ask_customer),),
    "line.restore": (each_alone(ask_customer),),
    "line.cancel": (withdraw_of_lines,),
    "supplement.decline": (each_alone(cancel_line),),
    "supplement.expire": (each_alone(cancel_line),),
    "order.requestCancellation": (each_alone(pause),),
    "order.refuseCancellation": (each_alone(resume),),
    "order.changeContact": (each_alone(ask_new_contact),),
}
