"""Transitions that end an order: cancellation, which the operator decides, and completion, which the rule decides."""

from domain.engine.lifecycle import EVERYONE, ActionWeight, Transition
from domain.kernel.actors import Role
from domain.orders import guards, inputs
from domain.orders.effects import transitions
from domain.orders.model import OrderStatus

MEMBER, CUSTOMER, STAFF, CLOCK = Role.MEMBER, Role.CUSTOMER, Role.STAFF, Role.CLOCK

ENDING_TRANSITIONS = (
    Transition(
        name="requestCancellation",
        weight=ActionWeight.DANGER,
        doc="The member asks to cancel a running order; clocks pause and invoices are held.",
        from_states=frozenset({OrderStatus.ACTIVE}),
        to_state=OrderStatus.CANCELLATION_REVIEW,
        roles=frozenset({MEMBER}),
        input=inputs.CancellationReason,
        effect=transitions.pause_for_cancellation,
        notifies=frozenset({STAFF}),
    ),
    Transition(
        name="approveCancellation",
        weight=ActionWeight.DANGER,
        doc="The operator cancels the order; what is unissued is canceled, what is issued is reversed.",
        from_states=frozenset({OrderStatus.CANCELLATION_REVIEW}),
        to_state=OrderStatus.CANCELED,
        roles=frozenset({STAFF}),
        input=inputs.OptionalComment,
        effect=transitions.record_cancellation,
        notifies=frozenset({MEMBER, CUSTOMER}),
        audience=EVERYONE,
    ),
    Transition(
        name="refuseCancellation",
        weight=ActionWeight.PRIMARY,
        doc="The operator lets the order go on; clocks resume with what was left, at least 24 hours.",
        from_states=frozenset({OrderStatus.CANCELLATION_REVIEW}),
        to_state=OrderStatus.ACTIVE,
        roles=frozenset({STAFF}),
        input=inputs.RequiredReason,
        effect=transitions.resume_after_refusal,
        notifies=frozenset({MEMBER}),
    ),
    Transition(
        name="complete",
        doc="The completion rule holds.",
        from_states=frozenset({OrderStatus.ACTIVE}),
        to_state=OrderStatus.COMPLETED,
        roles=frozenset({CLOCK}),
        guards=(guards.completion_rule_holds,),
        due=guards.completion_due,
        basis="completion_rule",
        effect=transitions.record_completion,
        notifies=frozenset({MEMBER}),
        audience=EVERYONE,
    ),
)
