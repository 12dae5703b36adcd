"""Effects of the moves of one client status; changes of content go through the one writer."""

from dataclasses import replace

from domain.client_status import change as changes
from domain.client_status.change import StatusChange
from domain.client_status.inputs import change_from_input
from domain.client_status.model import ClientStatus, PendingStatus, StatusOrigin, Visibility
from domain.client_status.notices.quiet_period import publish_for_orders
from domain.client_status.template_refresh import with_refreshed_texts
from domain.client_status.writer import apply_change
from domain.engine.transition import TransitionContext
from domain.kernel.actors import Role
from domain.kernel.amendments import given_values
from domain.kernel.errors import raise_refusals
from domain.orders.model import Order


def hidden_client_status(order: Order) -> ClientStatus:
    """The hidden client status of a new order, not yet written. Both rows share their id."""
    return ClientStatus(id=order.id, order_id=order.id, customer_id=order.customer_id)


async def show(move: TransitionContext) -> None:
    await _apply_with_origin(move, replace(change_from_input(move.input, changes.SHOW), visibility=Visibility.SHOWN))


async def update(move: TransitionContext) -> None:
    """Update the content; a hidden status stays hidden, and an unchanged one is not mailed."""
    change = change_from_input(move.input, changes.UPDATE)
    for each, _ in await with_refreshed_texts(move.connection, change, [move.row.id]):
        await _apply_with_origin(move, each)


async def hide(move: TransitionContext) -> None:
    await _apply_with_origin(move, StatusChange(event=changes.HIDE, visibility=Visibility.HIDDEN))


async def reveal(move: TransitionContext) -> None:
    """The origin stays as it was: the order became visible, and the status did not change."""
    status: ClientStatus = move.row
    await _apply_or_refuse(
        move, StatusChange(event=changes.REVEAL, origin=status.origin, automation_id=status.automation_id)
    )


async def publish(move: TransitionContext) -> None:
    await publish_for_orders(move.work, [move.row.id], move.context)


async def discard_pending(move: TransitionContext) -> None:
    """Drop the pending change; the client goes on reading the present status."""
    await PendingStatus.filter(id=move.row.id).using_db(move.connection).delete()


async def clear_hold(move: TransitionContext) -> None:
    """Clear the hold, also of the pending change, which would bring it back when it is published."""
    move.row.kept_until = move.row.kept_until_on = None
    pending = PendingStatus.filter(id=move.row.id).using_db(move.connection)
    await pending.update(kept_until=None, kept_until_on=None)


def mark_contradiction(move: TransitionContext) -> None:
    """Remember what staff is told, so that the same contradiction is told once; the event says what did not fit."""
    move.row.contradiction_told = f"{move.facts.kind} {move.facts.phase}"
    move.event_body |= {"kind": move.facts.kind, "phase": move.facts.phase}


def amend_rules(move: TransitionContext) -> None:
    """Change the given rules for all client statuses; the event says what became what."""
    for name, new in given_values(move.input).items():
        old = getattr(move.row, name)
        if old != new:
            move.event_body[name] = {"from": old, "to": new}
        setattr(move.row, name, new)


async def _apply_with_origin(move: TransitionContext, change: StatusChange) -> None:
    origin = StatusOrigin.AUTOMATION if move.context.actor.role is Role.CLOCK else StatusOrigin.MANUAL
    await _apply_or_refuse(move, replace(change, origin=origin))


async def _apply_or_refuse(move: TransitionContext, change: StatusChange) -> None:
    raise_refusals((await apply_change(move.work, [move.row.id], change, move.context)).refused)
