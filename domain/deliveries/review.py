"""Due times of a delivery's review: pure functions of facts and calendar."""

from datetime import datetime, timedelta

from domain.deliveries.facts import DeliveryFacts
from domain.engine.context import EvaluationContext
from domain.orders.model import ReviewStart, ReviewUnit

REMINDER_LEAD_TIME = timedelta(hours=24)
UNSENT_MAIL_AFTER = timedelta(hours=24)


def review_end(delivery: DeliveryFacts, starts_at: datetime, context: EvaluationContext) -> datetime:
    """The end of a review, after which silence accepts: so many days later at the same wall-clock time.

    Counts from `starts_at`, or from the agreed due date where the order says so and that is later; in days in the
    operator's zone, or in working days of the operator's state. Delivery guide: three days from the delivery by
    default.
    """
    due = delivery.delivery_due_at
    if delivery.review_start is ReviewStart.LATER_OF_DELIVERY_AND_DUE and due is not None:
        starts_at = max(starts_at, due)
    if delivery.review_unit is ReviewUnit.WORKING_DAYS:
        return context.calendar.plus_working_days(starts_at, delivery.review_length)
    return context.calendar.same_time_later(starts_at, delivery.review_length)


def most_extensions(delivery: DeliveryFacts, context: EvaluationContext) -> int:
    """How often the review may be extended: by the order's own rule, or else by the operator's."""
    own = delivery.review_extensions
    return context.settings.max_review_extensions if own is None else own


def latest_extension(delivery: DeliveryFacts, context: EvaluationContext) -> datetime | None:
    """The latest instant to which the review can be extended; nothing while no review runs."""
    if delivery.review_ends_at is None:
        return None
    own_days = delivery.review_extension_days
    days = context.settings.max_review_extension_days if own_days is None else own_days
    return context.calendar.same_time_later(delivery.review_ends_at, days)


def review_ends(delivery: DeliveryFacts, context: EvaluationContext) -> datetime | None:
    """The end of the running review; nothing while no review runs."""
    return delivery.review_ends_at


def reminder_due(delivery: DeliveryFacts, context: EvaluationContext) -> datetime | None:
    """24 hours before the end, unless the delivery itself is not older than that."""
    if delivery.review_ends_at is None or delivery.delivered_at is None:
        return None
    reminder = delivery.review_ends_at - REMINDER_LEAD_TIME
    return reminder if reminder > delivery.delivered_at else None


def unsent_mail_due(delivery: DeliveryFacts, context: EvaluationContext) -> datetime | None:
    """24 hours after a delivery whose review still waits for its mail to be accepted."""
    if not delivery.review_awaits_mail or delivery.delivered_at is None:
        return None
    return delivery.delivered_at + UNSENT_MAIL_AFTER
