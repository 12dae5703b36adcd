"""Effects of a delivery's moves on its row; the engine writes status and version."""

from datetime import datetime, timedelta

from domain.access.mailed_links import end_links
from domain.access.model import LinkEnd, LinkPurpose
from domain.deliveries.defects import record_named_defects
from domain.deliveries.draft_files import remove_draft_files, write_draft_files
from domain.deliveries.inputs import DeliveryDraft
from domain.deliveries.model import AcceptedBy, Delivery, DeliveryStatus, DeliveryVersion
from domain.deliveries.review import review_end
from domain.engine.transition import TransitionContext
from domain.kernel.actors import Role
from domain.orders.effects.transitions import MIN_TIME_LEFT
from domain.orders.model import OrderStatus


async def create_delivery(move: TransitionContext) -> Delivery:
    """A new draft, numbered after the order's last delivery, with what is said of it already."""
    draft = move.input or DeliveryDraft()
    earlier = await Delivery.filter(order_id=move.facts.id).using_db(move.connection).count()
    delivery = await Delivery.create(
        using_db=move.connection,
        order_id=move.facts.id,
        position=earlier + 1,
        status=DeliveryStatus.DRAFT,
        draft_description=draft.description.strip(),
        draft_link=(draft.link or "").strip() or None,
        created_at=move.now,
    )
    if draft.file_ids:
        await write_draft_files(move, delivery, draft.file_ids)
    return delivery


async def save_draft(move: TransitionContext) -> None:
    """The draft as a whole; its files stay as they are where the input names none."""
    link = (move.input.link or "").strip()
    move.row.draft_description, move.row.draft_link = move.input.description.strip(), link or None
    if move.input.file_ids is not None:
        await remove_draft_files(move)
        await write_draft_files(move, move.row, move.input.file_ids)


def submit_draft(move: TransitionContext) -> None:
    """Turn the draft into a version that never changes, and start the review.

    A consumer's review starts only when the mail server has accepted the mail that names acceptance by silence.
    """
    delivery = move.row
    delivery.current_number += 1
    move.insert(
        DeliveryVersion(
            delivery_id=delivery.id,
            number=delivery.current_number,
            description=delivery.draft_description,
            link=delivery.draft_link,
            submitted_at=move.now,
        )
    )
    delivery.draft_description, delivery.draft_link = "", None
    delivery.delivered_at, delivery.extensions = move.now, 0
    delivery.review_awaits_mail = move.facts.is_for_a_consumer
    if not delivery.review_awaits_mail:
        delivery.review_ends_at = review_end(move.facts, move.now, move.context)
    move.event_body |= {"number": delivery.current_number, "review_ends_at": delivery.review_ends_at}


def name_version(move: TransitionContext) -> None:
    """The event names the version that its message is about."""
    move.event_body["number"] = move.row.current_number


def start_review(move: TransitionContext) -> None:
    """Start a consumer's review; while a cancellation is under review, its whole length is stored for later."""
    delivery = move.row
    delivery.review_awaits_mail = False
    ends_at = review_end(move.facts, move.now, move.context)
    if move.facts.order_status is OrderStatus.CANCELLATION_REVIEW:
        delivery.review_left_seconds = _seconds(ends_at - move.now)
    else:
        delivery.review_ends_at = ends_at
    move.event_body["review_ends_at"] = delivery.review_ends_at


def follow_due(move: TransitionContext) -> None:
    """The review counts from the day that is agreed now; what the customer was told before still holds."""
    delivery = move.row
    ends_at = max(delivery.review_ends_at, review_end(move.facts, delivery.delivered_at, move.context))
    move.event_body |= {"review_ended_at": delivery.review_ends_at, "review_ends_at": ends_at}
    delivery.review_ends_at = ends_at


def pause_review(move: TransitionContext) -> None:
    """Store the time that is left of the review."""
    delivery = move.row
    delivery.review_left_seconds = max(0, _seconds(delivery.review_ends_at - move.now))
    delivery.review_ends_at = None


def resume_review(move: TransitionContext) -> None:
    """Resume the review with the time that was left, at least 24 hours."""
    delivery = move.row
    left = timedelta(seconds=delivery.review_left_seconds)
    delivery.review_ends_at = move.now + max(left, MIN_TIME_LEFT)
    delivery.review_left_seconds = None
    move.event_body["review_ends_at"] = delivery.review_ends_at


async def accept_as_customer(move: TransitionContext) -> None:
    move.row.rating = move.input.rating
    move.event_body |= {"number": move.input.version_number, "rating": move.input.rating}
    await _accept(move, AcceptedBy.CUSTOMER, at=move.now)


async def accept_by_silence(move: TransitionContext) -> None:
    """Accept as of the end of the review, however late the clock fires."""
    move.event_body["number"] = move.row.current_number
    await _accept(move, AcceptedBy.SILENCE, at=move.row.review_ends_at)


def rate(move: TransitionContext) -> None:
    move.row.rating = move.input.rating
    move.event_body |= {"number": move.row.current_number, "rating": move.input.rating}


async def _accept(move: TransitionContext, by: AcceptedBy, *, at: datetime) -> None:
    delivery = move.row
    delivery.accepted_at, delivery.accepted_by = at, by
    delivery.review_awaits_mail = False
    await _end_review_links(move, LinkEnd.USED)


async def record_defects(move: TransitionContext) -> None:
    """Store the defects and stop the review until a new version is delivered."""
    delivery, defects = move.row, await record_named_defects(move)
    delivery.revisions += 1
    delivery.review_ends_at, delivery.review_awaits_mail = None, False
    move.event_body |= {"number": delivery.current_number, "defects": defects}
    await _end_review_links(move, LinkEnd.USED)


def extend_review(move: TransitionContext) -> None:
    until: datetime = move.input.until
    move.event_body |= {"review_ended_at": move.row.review_ends_at, "review_ends_at": until}
    move.row.review_ends_at = until
    move.row.extensions += 1


async def discard(move: TransitionContext) -> None:
    move.row.canceled_at = move.now
    await remove_draft_files(move)


async def cancel(move: TransitionContext) -> None:
    """Cancel the delivery with its order; the customer is not notified of a draft they never saw."""
    delivery = move.row
    delivery.canceled_at = move.now
    delivery.review_ends_at, delivery.review_left_seconds = None, None
    delivery.review_awaits_mail = False
    if delivery.current_number == 0:
        move.audience -= {Role.CUSTOMER}
    await remove_draft_files(move)
    await _end_review_links(move, LinkEnd.CLOSED)


async def _end_review_links(move: TransitionContext, end: LinkEnd) -> None:
    await end_links(move.work.writes, move.row.order_id, LinkPurpose.REVIEW, end)


def _seconds(left: timedelta) -> int:
    return int(left.total_seconds())
