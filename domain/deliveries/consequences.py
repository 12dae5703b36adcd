"""Consequences of an order's moves for its deliveries, in the same transaction."""

from uuid import UUID

from tortoise.queryset import QuerySet

from domain.deliveries.commands import OPEN
from domain.deliveries.model import Delivery, DeliveryStatus
from domain.engine.noun import Consequence, each_alone
from domain.engine.transition import TransitionContext
from domain.orders.model import ReviewStart


async def pause_reviews(move: TransitionContext) -> None:
    """No review runs while a cancellation is under review; the time left is stored."""
    running = Delivery.filter(status=DeliveryStatus.DELIVERED, review_ends_at__isnull=False)
    await move.cascade("delivery", "pauseReview", await _ids(move, running))


async def resume_reviews(move: TransitionContext) -> None:
    paused = Delivery.filter(status=DeliveryStatus.DELIVERED, review_left_seconds__isnull=False)
    await move.cascade("delivery", "resumeReview", await _ids(move, paused))


async def follow_due(move: TransitionContext) -> None:
    """A running review that counts from the day of delivery moves with it."""
    if move.row.review_start is ReviewStart.LATER_OF_DELIVERY_AND_DUE:
        running = Delivery.filter(status=DeliveryStatus.DELIVERED, review_ends_at__isnull=False)
        await move.cascade("delivery", "followDue", await _ids(move, running))


async def cancel_open_deliveries(move: TransitionContext) -> None:
    await move.cascade("delivery", "cancel", await _ids(move, Delivery.filter(status__in=OPEN)))


async def ask_new_contact(move: TransitionContext) -> None:
    """A delivery under review is sent to the person who is asked now, and its earlier link is void."""
    under_review = Delivery.filter(status__in=(DeliveryStatus.DELIVERED, DeliveryStatus.REVISION_REQUESTED))
    await move.cascade("delivery", "changeContact", await _ids(move, under_review))


async def _ids(move: TransitionContext, deliveries: QuerySet[Delivery]) -> list[UUID]:
    """The order's deliveries among these, oldest first. The order is locked, so none is added or removed meanwhile."""
    rows = deliveries.filter(order_id=move.row.id).using_db(move.connection)
    return [row.id for row in await rows.order_by("position")]


CONSEQUENCES: dict[str, tuple[Consequence, ...]] = {
    "order.requestCancellation": (each_alone(pause_reviews),),
    "order.acceptDue": (each_alone(follow_due),),
    "order.refuseCancellation": (each_alone(resume_reviews),),
    "order.changeContact": (each_alone(ask_new_contact),),
    "order.approveCancellation": (each_alone(cancel_open_deliveries),),
}
