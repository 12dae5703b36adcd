"""The moves of the approval workflow: somebody submits an invoice, and somebody else decides."""

from domain.billing import guards_invoices, takes, writes_invoices
from domain.billing.model import InvoiceStatus
from domain.engine.lifecycle import Transition
from domain.kernel.actors import Role

FINANCE = frozenset({Role.FINANCE})
OPERATOR = frozenset({Role.STAFF, Role.FINANCE, Role.ADMIN})

APPROVAL = (
    Transition(
        name="submit",
        doc="Finance asks for approval; the invoice is frozen meanwhile.",
        from_states=frozenset({InvoiceStatus.READY_TO_SUBMIT}),
        to_state=InvoiceStatus.PENDING_APPROVAL,
        roles=FINANCE,
        audience=OPERATOR,
        effect=writes_invoices.submit,
        notifies=FINANCE,
    ),
    Transition(
        name="recall",
        doc="Finance takes a submitted invoice back.",
        from_states=frozenset({InvoiceStatus.PENDING_APPROVAL}),
        to_state=InvoiceStatus.READY_TO_SUBMIT,
        roles=FINANCE,
        audience=OPERATOR,
        effect=writes_invoices.recall,
    ),
    Transition(
        name="approve",
        doc="Somebody other than the submitter approves, within their limit.",
        from_states=frozenset({InvoiceStatus.PENDING_APPROVAL}),
        to_state=InvoiceStatus.READY_TO_PRINT,
        roles=FINANCE,
        audience=OPERATOR,
        guards=(
            guards_invoices.no_order_is_being_canceled,
            guards_invoices.somebody_else_submitted_it,
            guards_invoices.the_amount_is_within_the_approvers_limit,
        ),
        effect=writes_invoices.approve,
    ),
    Transition(
        name="reject",
        doc="Somebody other than the submitter refuses the approval, with a reason.",
        from_states=frozenset({InvoiceStatus.PENDING_APPROVAL}),
        to_state=InvoiceStatus.ON_HOLD,
        roles=FINANCE,
        audience=OPERATOR,
        input=takes.ApprovalRefusal,
        guards=(guards_invoices.somebody_else_submitted_it,),
        effect=writes_invoices.hold_because_refused,
        notifies=FINANCE,
    ),
)
