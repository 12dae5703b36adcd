"""Transitions of the approval workflow: one account submits an invoice, another one decides."""

from domain.billing import inputs
from domain.billing.effects import invoices as effects
from domain.billing.guards import invoices as guards
from domain.billing.model import InvoiceStatus
from domain.engine.lifecycle import ActionWeight, Transition
from domain.kernel.actors import FINANCE_ROLE, OFFICE

APPROVAL_TRANSITIONS = (
    Transition(
        name="submit",
        weight=ActionWeight.PRIMARY,
        doc="Finance asks for approval; the invoice is frozen meanwhile.",
        from_states=frozenset({InvoiceStatus.READY_TO_SUBMIT}),
        to_state=InvoiceStatus.PENDING_APPROVAL,
        roles=FINANCE_ROLE,
        audience=OFFICE,
        effect=effects.submit,
        notifies=FINANCE_ROLE,
        in_bulk=True,
    ),
    Transition(
        name="recall",
        doc="Finance takes a submitted invoice back.",
        from_states=frozenset({InvoiceStatus.PENDING_APPROVAL}),
        to_state=InvoiceStatus.READY_TO_SUBMIT,
        roles=FINANCE_ROLE,
        audience=OFFICE,
        effect=effects.recall,
    ),
    Transition(
        name="approve",
        weight=ActionWeight.PRIMARY,
        doc="An account other than the submitter's approves, within its limit.",
        from_states=frozenset({InvoiceStatus.PENDING_APPROVAL}),
        to_state=InvoiceStatus.READY_TO_PRINT,
        roles=FINANCE_ROLE,
        audience=OFFICE,
        guards=(
            guards.no_order_is_being_canceled,
            guards.submitted_by_another_account,
            guards.amount_is_within_approval_limit,
        ),
        effect=effects.approve,
        in_bulk=True,
    ),
    Transition(
        name="reject",
        weight=ActionWeight.DANGER,
        doc="An account other than the submitter's refuses the approval, with a reason.",
        from_states=frozenset({InvoiceStatus.PENDING_APPROVAL}),
        to_state=InvoiceStatus.ON_HOLD,
        roles=FINANCE_ROLE,
        audience=OFFICE,
        input=inputs.ApprovalRefusal,
        guards=(guards.submitted_by_another_account,),
        effect=effects.hold_as_refused,
        notifies=FINANCE_ROLE,
    ),
)
