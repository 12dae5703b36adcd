"""Reminders that are sent while an order waits for a person."""

from datetime import timedelta

from domain.engine.lifecycle import Timer
from domain.kernel.actors import Role
from domain.orders import due_times, lateness
from domain.orders.model import OrderStatus

DAILY = timedelta(days=1)
MEMBER, CUSTOMER, STAFF, ADMIN = Role.MEMBER, Role.CUSTOMER, Role.STAFF, Role.ADMIN

REMINDERS = (
    Timer(
        kind="order.review",
        doc="An order waits for its review longer than 24 working hours.",
        active_states=frozenset({OrderStatus.IN_REVIEW}),
        due=due_times.review_due,
        basis="submitted_at",
        notifies=frozenset({STAFF, ADMIN}),
        repeat_every=DAILY,
    ),
    Timer(
        kind="order.offerHalfTime",
        doc="Half of the time to answer the offer is over.",
        active_states=frozenset({OrderStatus.AWAITING_CUSTOMER}),
        due=due_times.half_time,
        basis="offer_valid_until",
        notifies=frozenset({CUSTOMER}),
    ),
    Timer(
        kind="order.offerLastDay",
        doc="The last day to answer the offer has begun.",
        active_states=frozenset({OrderStatus.AWAITING_CUSTOMER}),
        due=due_times.last_day,
        basis="offer_valid_until",
        notifies=frozenset({CUSTOMER}),
    ),
    Timer(
        kind="order.deliveryReminder",
        doc="The delivery is due in two working days.",
        active_states=frozenset({OrderStatus.ACTIVE}),
        due=lateness.delivery_reminder,
        basis="delivery_due_at",
        notifies=frozenset({MEMBER}),
    ),
    Timer(
        kind="order.deliveryDue",
        doc="The agreed delivery has not been made in time.",
        active_states=frozenset({OrderStatus.ACTIVE}),
        due=lateness.delivery_overdue,
        basis="delivery_due_at",
        notifies=frozenset({MEMBER, STAFF}),
    ),
    Timer(
        kind="order.cancellation",
        doc="A requested cancellation waits longer than two working days.",
        active_states=frozenset({OrderStatus.CANCELLATION_REVIEW}),
        due=due_times.cancellation_overdue,
        basis="cancellation_requested_at",
        notifies=frozenset({STAFF, ADMIN}),
        repeat_every=DAILY,
    ),
)
