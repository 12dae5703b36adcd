"""Effects of an order's transitions on its row; the engine writes status and version."""

from datetime import timedelta

from domain.access.mailed_links import end_links
from domain.access.model import LinkEnd, LinkPurpose
from domain.engine.transition import TransitionContext
from domain.kernel.actors import Role
from domain.kernel.money import budget_inflow_cents
from domain.orders.model import OfferRevision, OrderStatus, PlannedInvoice, RejectionCause
from domain.orders.offer_content import made_to, offer_content

MIN_TIME_LEFT = timedelta(hours=24)


async def freeze_offer(move: TransitionContext) -> None:
    """Freeze fee and offer: the next revision is stored word for word, as proof of what may be confirmed.

    The budget inflow is computed with the frozen rate, which may differ from that of the draft's last change.
    """
    order = move.row
    order.fee_percent = move.context.settings.fee_percent
    planned = await PlannedInvoice.filter(order_id=order.id).using_db(move.connection)
    order.budget_inflow_cents = budget_inflow_cents([each.net_cents for each in planned], order.fee_percent)
    order.submitted_at = move.now
    order.offer_revision += 1
    content = await offer_content(move.connection, order)
    move.insert(OfferRevision(order_id=order.id, revision=order.offer_revision, content=content, created_at=move.now))


def offer_or_activate(move: TransitionContext) -> None:
    """With `skip_confirmation` the order is active at once and the customer is not asked.

    The event of an offer names its revision and its customer: with it the customer's next offer is compared.
    """
    if move.input and move.input.comment:
        move.event_body["comment"] = move.input.comment
    if move.row.skip_confirmation:
        move.row.activated_at = move.now
        move.notifies -= {Role.CUSTOMER}
        move.event_body["revision"] = move.row.offer_revision
    else:
        move.row.offered_at = move.now
        move.event_body |= made_to(move.row)


def store_comment(move: TransitionContext) -> None:
    move.event_body["comment"] = move.input.comment if move.input else None


async def reject_as_operator(move: TransitionContext) -> None:
    await _reject(move, RejectionCause.OPERATOR, move.input.reason, LinkEnd.CLOSED)


async def reject_as_customer(move: TransitionContext) -> None:
    await _reject(move, RejectionCause.CUSTOMER, move.input.reason if move.input else None, LinkEnd.USED)


async def reject_as_expired(move: TransitionContext) -> None:
    await _reject(move, RejectionCause.OFFER_EXPIRED, None, LinkEnd.OFFER_EXPIRED)


async def _reject(move: TransitionContext, cause: RejectionCause, reason: str | None, link_end: LinkEnd) -> None:
    order = move.row
    order.rejected_at, order.rejection_cause, order.rejection_reason = move.now, cause, reason
    move.event_body |= {"cause": cause, "reason": reason}
    await _end_offer_links(move, link_end)


async def record_confirmation(move: TransitionContext) -> None:
    """A consumer, who ordered with the obligation to pay, gets a confirmation by mail (section 312f BGB)."""
    order = move.row
    order.confirmed_at = order.activated_at = move.now
    order.confirmed_by = move.input.name.strip()
    order.confirmed_revision = move.input.revision
    move.event_body |= {"name": order.confirmed_by, "revision": move.input.revision}
    if move.facts.is_for_a_consumer:
        move.event_body["with_obligation_to_pay"] = True
    else:
        move.notifies -= {Role.CUSTOMER}
    await _end_offer_links(move, LinkEnd.USED)


async def withdraw_for_changes(move: TransitionContext) -> None:
    """The offer returns to review, so the operator's review time starts again."""
    move.event_body["message"] = move.input.message
    move.row.offered_at, move.row.submitted_at = None, move.now
    await _end_offer_links(move, LinkEnd.CHANGES_REQUESTED)


async def withdraw_offer(move: TransitionContext) -> None:
    move.event_body["reason"] = move.input.reason if move.input else None
    move.row.offered_at = move.row.submitted_at = None
    await _end_offer_links(move, LinkEnd.WITHDRAWN)


async def _end_offer_links(move: TransitionContext, end: LinkEnd) -> None:
    await end_links(move.work.writes, order_id=move.row.id, purpose=LinkPurpose.OFFER, end=end)


def extend_offer(move: TransitionContext) -> None:
    """A customer who has not received the offer yet is not notified."""
    if move.facts.status is OrderStatus.IN_REVIEW:
        move.audience -= {Role.CUSTOMER}
    move.event_body |= {"from": move.row.offer_valid_until, "to": move.input.valid_until}
    move.row.offer_valid_until = move.input.valid_until


def clear_rejection(move: TransitionContext) -> None:
    order = move.row
    order.rejected_at = order.rejection_cause = order.rejection_reason = None
    order.submitted_at = order.offered_at = None


def pause_for_cancellation(move: TransitionContext) -> None:
    """Store the time left until the delivery is due, while the cancellation is under review.

    Once something was delivered that deadline no longer counts, and the agreed instant stays.
    """
    order = move.row
    order.cancellation_requested_at = move.now
    order.cancellation_reason = move.input.reason.strip()
    move.event_body["reason"] = order.cancellation_reason
    if order.delivery_due_at is not None and not move.facts.deliveries_made:
        order.delivery_due_left_seconds = int((order.delivery_due_at - move.now).total_seconds())
        order.delivery_due_at = None


def resume_after_refusal(move: TransitionContext) -> None:
    """Deadlines resume with the time that was left, at least 24 hours."""
    order = move.row
    order.cancellation_requested_at = order.cancellation_reason = None
    move.event_body["reason"] = move.input.reason
    if order.delivery_due_left_seconds is not None:
        left = timedelta(seconds=order.delivery_due_left_seconds)
        order.delivery_due_at = move.now + max(left, MIN_TIME_LEFT)
        order.delivery_due_left_seconds = None


def record_cancellation(move: TransitionContext) -> None:
    store_comment(move)
    move.row.canceled_at = move.now


def record_completion(move: TransitionContext) -> None:
    move.row.completed_at = move.now
