"""What each move of an order writes into its row; the door itself writes status and version."""

from datetime import timedelta

from domain.accounts.model import LinkEnd, LinkPurpose
from domain.core.actors import Role
from domain.core.links import end_links
from domain.core.money import budget_inflow_cents
from domain.core.move import Move
from domain.orders.model import OfferRevision, OrderStatus, PlannedInvoice, RejectionCause
from domain.orders.offers import offer_content

LEAST_TIME_LEFT = timedelta(hours=24)


async def freeze_the_offer(move: Move) -> None:
    """Freeze fee and offer: the next revision is kept word for word, as proof of what may be confirmed.

    The budget inflow is reckoned with the frozen rate, which may be another one than when the draft was written.
    """
    order = move.row
    order.fee_percent = move.moment.operator.fee_percent
    planned = await PlannedInvoice.filter(order_id=order.id).using_db(move.connection)
    order.budget_inflow_cents = budget_inflow_cents([each.net_cents for each in planned], order.fee_percent)
    order.submitted_at = move.now
    order.offer_revision += 1
    await OfferRevision.create(
        using_db=move.connection,
        order_id=order.id,
        revision=order.offer_revision,
        content=await offer_content(move.connection, order),
        created_at=move.now,
    )


def offer_or_activate(move: Move) -> None:
    """With confirmation skipped the order is active at once and the customer is asked nothing."""
    if move.takes and move.takes.comment:
        move.note["comment"] = move.takes.comment
    if move.row.skip_confirmation:
        move.row.activated_at = move.now
        move.notifies -= {Role.CUSTOMER}
    else:
        move.row.offered_at = move.now


def keep_the_comment(move: Move) -> None:
    move.note["comment"] = move.takes.comment if move.takes else None


async def reject_as_operator(move: Move) -> None:
    await _reject(move, RejectionCause.OPERATOR, move.takes.reason, LinkEnd.CLOSED)


async def reject_as_customer(move: Move) -> None:
    await _reject(move, RejectionCause.CUSTOMER, move.takes.reason if move.takes else None, LinkEnd.USED)


async def reject_because_the_offer_expired(move: Move) -> None:
    await _reject(move, RejectionCause.OFFER_EXPIRED, None, LinkEnd.OFFER_EXPIRED)


async def _reject(move: Move, cause: RejectionCause, reason: str | None, link_end: LinkEnd) -> None:
    order = move.row
    order.rejected_at, order.rejection_cause, order.rejection_reason = move.now, cause, reason
    move.note |= {"cause": cause, "reason": reason}
    await _end_offer_links(move, link_end)


async def keep_who_confirmed(move: Move) -> None:
    order = move.row
    order.confirmed_at = order.activated_at = move.now
    order.confirmed_by = move.takes.name.strip()
    order.confirmed_revision = move.takes.revision
    move.note |= {"name": order.confirmed_by, "revision": move.takes.revision}
    await _end_offer_links(move, LinkEnd.USED)


async def take_the_offer_back_for_changes(move: Move) -> None:
    """It is handed to review anew, so the operator's time to look at it begins now."""
    move.note["message"] = move.takes.message
    move.row.offered_at, move.row.submitted_at = None, move.now
    await _end_offer_links(move, LinkEnd.CHANGES_REQUESTED)


async def take_the_offer_back(move: Move) -> None:
    move.note["reason"] = move.takes.reason if move.takes else None
    move.row.offered_at = move.row.submitted_at = None
    await _end_offer_links(move, LinkEnd.WITHDRAWN)


async def _end_offer_links(move: Move, end: LinkEnd) -> None:
    await end_links(move.connection, order_id=move.row.id, purpose=LinkPurpose.OFFER, end=end)


def move_the_offers_end(move: Move) -> None:
    """A customer who has not been asked yet hears nothing of it."""
    if move.facts.status is OrderStatus.IN_REVIEW:
        move.audience -= {Role.CUSTOMER}
    move.note |= {"from": move.row.offer_valid_until, "to": move.takes.valid_until}
    move.row.offer_valid_until = move.takes.valid_until


def forget_the_rejection(move: Move) -> None:
    order = move.row
    order.rejected_at = order.rejection_cause = order.rejection_reason = None
    order.submitted_at = order.offered_at = None


def pause_for_cancellation(move: Move) -> None:
    """What is left until the delivery is due is kept while the cancellation is reviewed.

    Once something was delivered that clock no longer runs, and the agreed instant stays what it was.
    """
    order = move.row
    order.cancellation_requested_at = move.now
    order.cancellation_reason = move.takes.reason.strip()
    move.note["reason"] = order.cancellation_reason
    if order.delivery_due_at is not None and not move.facts.deliveries_made:
        order.delivery_due_left_seconds = int((order.delivery_due_at - move.now).total_seconds())
        order.delivery_due_at = None


def go_on_after_refusal(move: Move) -> None:
    """Clocks go on with what was left, at least 24 hours."""
    order = move.row
    order.cancellation_requested_at = order.cancellation_reason = None
    move.note["reason"] = move.takes.reason
    if order.delivery_due_left_seconds is not None:
        left = timedelta(seconds=order.delivery_due_left_seconds)
        order.delivery_due_at = move.now + max(left, LEAST_TIME_LEFT)
        order.delivery_due_left_seconds = None


def end_as_canceled(move: Move) -> None:
    keep_the_comment(move)
    move.row.canceled_at = move.now


def end_as_completed(move: Move) -> None:
    move.row.completed_at = move.now
