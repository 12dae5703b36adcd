"""Whether the delivery of an order is late, and how much: derived by the operator's thresholds and never stored."""

from datetime import datetime, timedelta
from enum import StrEnum

from domain.engine.context import EvaluationContext
from domain.orders.facts import OrderFacts


class Lateness(StrEnum):
    """How late a delivery is that was agreed and not made."""

    ON_TIME = "ON_TIME"
    LATE = "LATE"
    VERY_LATE = "VERY_LATE"


# SQL over an order `{t}` and the instant `{now}`. The thresholds are read once for a whole list, not row by row.
_UNDELIVERED = """{t}.status = 'ACTIVE' AND {t}.delivery_due_at IS NOT NULL AND {t}.delivery_due_at <= {now}
    AND NOT EXISTS (SELECT 1 FROM deliveries d WHERE d.order_id = {t}.id
        AND d.status IN ('DELIVERED', 'REVISION_REQUESTED', 'ACCEPTED') OFFSET 0)"""
_PASSED = "{{t}}.delivery_due_at <= {{now}} - (SELECT s.{column} * interval '1 hour' FROM operator_settings s)"
IS_LATE = f"({_UNDELIVERED} AND {_PASSED.format(column='late_after_hours')})"
LATENESS = f"""(CASE WHEN NOT {IS_LATE} THEN 'ON_TIME'
    WHEN {_PASSED.format(column="very_late_after_hours")} THEN 'VERY_LATE' ELSE 'LATE' END)"""
REMINDER_WORKING_DAYS = 2


def delivery_overdue(order: OrderFacts, context: EvaluationContext) -> datetime | None:
    """The instant from which the order counts as late, while nothing has been delivered."""
    if order.deliveries_made or order.delivery_due_at is None:
        return None
    return order.delivery_due_at + timedelta(hours=context.settings.late_after_hours)


def delivery_reminder(order: OrderFacts, context: EvaluationContext) -> datetime | None:
    """Two working days before the delivery is due, while nothing has been delivered.

    There is none for an order that became active later than that.
    """
    if order.deliveries_made or order.delivery_due_at is None or order.activated_at is None:
        return None
    reminder = context.calendar.minus_working_days(order.delivery_due_at, REMINDER_WORKING_DAYS)
    return reminder if reminder > order.activated_at else None
