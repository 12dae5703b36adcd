"""The moves of the approval workflow: somebody submits an invoice, and somebody else decides."""

from domain.billing import guards_invoices, takes, writes_invoices
from domain.billing.model import InvoiceStatus
from domain.core.actors import Role
from domain.core.lifecycle import Transition

FINANCE = frozenset({Role.FINANCE})
OPERATOR = frozenset({Role.STAFF, Role.FINANCE, Role.ADMIN})

APPROVAL = (
    Transition(
        name="submit",
        doc="Finance asks for approval; the invoice is frozen meanwhile.",
        sources=frozenset({InvoiceStatus.READY_TO_SUBMIT}),
        target=InvoiceStatus.PENDING_APPROVAL,
        by=FINANCE,
        audience=OPERATOR,
        writes=writes_invoices.submit,
        notifies=FINANCE,
    ),
    Transition(
        name="recall",
        doc="Finance takes a submitted invoice back.",
        sources=frozenset({InvoiceStatus.PENDING_APPROVAL}),
        target=InvoiceStatus.READY_TO_SUBMIT,
        by=FINANCE,
        audience=OPERATOR,
        writes=writes_invoices.recall,
    ),
    Transition(
        name="approve",
        doc="Somebody other than the submitter approves, within their limit.",
        sources=frozenset({InvoiceStatus.PENDING_APPROVAL}),
        target=InvoiceStatus.READY_TO_PRINT,
        by=FINANCE,
        audience=OPERATOR,
        guards=(
            guards_invoices.no_order_is_being_canceled,
            guards_invoices.somebody_else_submitted_it,
            guards_invoices.the_amount_is_within_the_approvers_limit,
        ),
        writes=writes_invoices.approve,
    ),
    Transition(
        name="reject",
        doc="Somebody other than the submitter refuses the approval, with a reason.",
        sources=frozenset({InvoiceStatus.PENDING_APPROVAL}),
        target=InvoiceStatus.ON_HOLD,
        by=FINANCE,
        audience=OPERATOR,
        takes=takes.ApprovalRefusal,
        guards=(guards_invoices.somebody_else_submitted_it,),
        writes=writes_invoices.hold_because_refused,
        notifies=FINANCE,
    ),
)
