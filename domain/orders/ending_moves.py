"""The moves that end an order: cancellation, which the operator decides, and completion, which the rule decides."""

from domain.core.actors import Role
from domain.core.lifecycle import EVERYONE, Transition
from domain.orders import guards, takes, writes
from domain.orders.model import OrderStatus

MEMBER, CUSTOMER, STAFF, CLOCK = Role.MEMBER, Role.CUSTOMER, Role.STAFF, Role.CLOCK

ENDING = (
    Transition(
        name="requestCancellation",
        doc="The member asks to cancel a running order; clocks pause and invoices are held.",
        sources=frozenset({OrderStatus.ACTIVE}),
        target=OrderStatus.CANCELLATION_REVIEW,
        by=frozenset({MEMBER}),
        takes=takes.CancellationReason,
        writes=writes.pause_for_cancellation,
        notifies=frozenset({STAFF}),
    ),
    Transition(
        name="approveCancellation",
        doc="The operator cancels the order; what is unissued is canceled, what is issued is reversed.",
        sources=frozenset({OrderStatus.CANCELLATION_REVIEW}),
        target=OrderStatus.CANCELED,
        by=frozenset({STAFF}),
        takes=takes.OptionalComment,
        writes=writes.end_as_canceled,
        notifies=frozenset({MEMBER, CUSTOMER}),
        audience=EVERYONE,
    ),
    Transition(
        name="refuseCancellation",
        doc="The operator lets the order go on; clocks resume with what was left, at least 24 hours.",
        sources=frozenset({OrderStatus.CANCELLATION_REVIEW}),
        target=OrderStatus.ACTIVE,
        by=frozenset({STAFF}),
        takes=takes.RequiredReason,
        writes=writes.go_on_after_refusal,
        notifies=frozenset({MEMBER}),
    ),
    Transition(
        name="complete",
        doc="The completion rule holds.",
        sources=frozenset({OrderStatus.ACTIVE}),
        target=OrderStatus.COMPLETED,
        by=frozenset({CLOCK}),
        guards=(guards.the_completion_rule_holds,),
        due=guards.completion_due,
        basis="completion_rule",
        writes=writes.end_as_completed,
        notifies=frozenset({MEMBER}),
        audience=EVERYONE,
    ),
)
