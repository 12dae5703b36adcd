"""Effects of a proposed day of delivery on the order's row."""

from domain.access.mailed_links import end_links
from domain.access.model import LinkEnd, LinkPurpose
from domain.engine.transition import TransitionContext
from domain.orders.due_proposals import proposed_instant


def propose(move: TransitionContext) -> None:
    order, reason = move.row, (move.input.reason or "").strip()
    order.due_proposed_on, order.due_proposed_at = move.input.due_on, move.now
    order.due_proposal_reason = reason or None
    move.event_body |= {"due_on": move.input.due_on, "reason": order.due_proposal_reason}


async def accept(move: TransitionContext) -> None:
    """The delivery is due on the proposed day; what hangs from it moves in the same transaction."""
    order = move.row
    due_at = proposed_instant(move.facts, move.context)
    move.event_body |= {"from": order.delivery_due_at, "to": due_at}
    order.delivery_due_at = due_at
    await _close(move)


async def decline(move: TransitionContext) -> None:
    move.event_body |= {"due_on": move.row.due_proposed_on, "reason": move.input.reason if move.input else None}
    await _close(move)


async def _close(move: TransitionContext) -> None:
    order = move.row
    order.due_proposed_on = order.due_proposed_at = order.due_proposal_reason = None
    await end_links(move.work.writes, order.id, LinkPurpose.DUE, LinkEnd.USED)
