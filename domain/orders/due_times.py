"""Due times of orders: pure functions of an order's facts and the calendar."""

from datetime import datetime, time, timedelta

from domain.engine.context import EvaluationContext
from domain.orders.facts import OrderFacts
from domain.orders.guards import offer_ends_at

REVIEW_WORKING_HOURS = 24
CANCELLATION_WORKING_DAYS = 2
LAST_DAY_REMINDER = time(9, 0)


def review_due(order: OrderFacts, context: EvaluationContext) -> datetime | None:
    """24 working hours after submission."""
    if order.submitted_at is None:
        return None
    return context.calendar.plus_working_hours(order.submitted_at, REVIEW_WORKING_HOURS)


def half_time(order: OrderFacts, context: EvaluationContext) -> datetime | None:
    """Half of the time between the offer and its end."""
    ends_at = offer_ends_at(order, context)
    if order.offered_at is None or ends_at is None or ends_at - order.offered_at < timedelta(days=2):
        return None
    return context.calendar.halfway(order.offered_at, ends_at)


def last_day(order: OrderFacts, context: EvaluationContext) -> datetime | None:
    """09:00 of the last valid day, unless the offer was made later than that."""
    if order.offered_at is None or order.offer_valid_until is None:
        return None
    reminder = context.calendar.at(order.offer_valid_until, LAST_DAY_REMINDER)
    return reminder if reminder > order.offered_at else None


def cancellation_overdue(order: OrderFacts, context: EvaluationContext) -> datetime | None:
    """Two working days after the request for cancellation."""
    if order.cancellation_requested_at is None:
        return None
    return context.calendar.plus_working_days(order.cancellation_requested_at, CANCELLATION_WORKING_DAYS)
