"""Transitions of an invoice before it is issued, except those of the approval workflow."""

from domain.billing import inputs
from domain.billing.effects import composition
from domain.billing.effects import invoices as effects
from domain.billing.facts import InvoiceFacts
from domain.billing.guards import invoices as guards
from domain.billing.guards.invoices import causes_left
from domain.billing.model import InvoiceStatus
from domain.engine.context import EvaluationContext
from domain.engine.lifecycle import ActionWeight, Choice, Transition
from domain.kernel.actors import CLOCK_ROLE, FINANCE_ROLE, MEMBER_ROLE

ON_HOLD = InvoiceStatus.ON_HOLD
READY_TO_SUBMIT = InvoiceStatus.READY_TO_SUBMIT
PENDING_APPROVAL = InvoiceStatus.PENDING_APPROVAL
READY_TO_PRINT = InvoiceStatus.READY_TO_PRINT
CANCELED = InvoiceStatus.CANCELED
READY = frozenset({READY_TO_SUBMIT, READY_TO_PRINT})


def after_release(invoice: InvoiceFacts, context: EvaluationContext) -> InvoiceStatus:
    """The status after a release: on hold until no cause is left."""
    return ON_HOLD if causes_left(invoice, context) else composition.first_status(invoice, context)


DRAFT_TRANSITIONS = (
    Transition(
        name="compose",
        doc="Confirmed lines of one kind become an invoice that the member can check.",
        roles=FINANCE_ROLE | CLOCK_ROLE,
        to_state=Choice(states=READY, choose=composition.first_status),
        creates=True,
        input=inputs.Composition,
        orders_to_lock=composition.orders_of_lines,
        joint_effect=composition.compose,
        notifies=MEMBER_ROLE,
    ),
    Transition(
        name="requestChanges",
        doc="The member wants the draft changed; nothing is issued before finance has looked at it.",
        from_states=READY,
        to_state=ON_HOLD,
        roles=MEMBER_ROLE,
        input=inputs.ChangeRequest,
        effect=effects.hold_for_member,
        notifies=FINANCE_ROLE,
    ),
    Transition(
        name="hold",
        doc="The invoice waits: for finance, or because an order's cancellation is under review.",
        from_states=READY | {PENDING_APPROVAL, ON_HOLD},
        to_state=ON_HOLD,
        roles=FINANCE_ROLE | CLOCK_ROLE,
        input=inputs.HoldComment,
        guards=(guards.is_not_pending, guards.is_not_on_hold),
        effect=effects.hold,
        in_bulk=True,
    ),
    Transition(
        name="release",
        weight=ActionWeight.PRIMARY,
        doc="Lift what holds the invoice; it moves on when no cause is left.",
        from_states=frozenset({ON_HOLD}),
        to_state=Choice(states=READY | {ON_HOLD}, choose=after_release),
        roles=FINANCE_ROLE | CLOCK_ROLE,
        guards=(guards.some_cause_can_be_lifted,),
        effect=effects.release,
        notifies=MEMBER_ROLE,
        in_bulk=True,
    ),
    Transition(
        name="decompose",
        weight=ActionWeight.DANGER,
        doc="Undo the invoice: its lines are free again, and no number was used.",
        from_states=READY | {ON_HOLD},
        to_state=CANCELED,
        roles=FINANCE_ROLE | CLOCK_ROLE,
        joint_effect=composition.decompose,
        effect=effects.undo,
    ),
    Transition(
        name="cancel",
        weight=ActionWeight.DANGER,
        doc="The invoice and its lines are canceled.",
        from_states=READY | {ON_HOLD, PENDING_APPROVAL},
        to_state=CANCELED,
        roles=FINANCE_ROLE | CLOCK_ROLE,
        guards=(guards.is_not_pending,),
        effect=effects.cancel,
    ),
    Transition(
        name="restore",
        doc="A canceled invoice comes back on hold, its lines with it.",
        from_states=frozenset({CANCELED}),
        to_state=ON_HOLD,
        roles=FINANCE_ROLE,
        guards=(
            guards.was_not_undone,
            guards.no_order_is_being_canceled,
            guards.lines_still_belong_to_invoice,
        ),
        effect=effects.restore,
    ),
)
