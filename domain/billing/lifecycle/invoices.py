"""Lifecycle of an invoice: from lines to a draft, through approval where it is switched on, to an issued document."""

from datetime import timedelta

from domain.billing import due_times
from domain.billing.facts import InvoiceFacts
from domain.billing.lifecycle.approval import APPROVAL_TRANSITIONS
from domain.billing.lifecycle.drafts import DRAFT_TRANSITIONS
from domain.billing.lifecycle.issue import COMMANDS, ISSUE_TRANSITIONS
from domain.billing.model import Invoice, InvoiceStatus
from domain.billing.scope import INVOICES_SCOPE
from domain.engine.lifecycle import Lifecycle, Timer
from domain.kernel.actors import FINANCE_ROLE, Role

# Every order that a line of the invoice belongs to.
ORDERS = """SELECT l.order_id FROM billable_lines l WHERE l.invoice_id = {id} AND l.order_id IS NOT NULL
    UNION SELECT l.order_id FROM invoice_items x JOIN billable_lines l ON l.id = x.line_id
    WHERE x.invoice_id = {id} AND l.order_id IS NOT NULL"""


REMINDERS = (
    Timer(
        kind="invoice.approval",
        doc="An invoice waits for its approval longer than two working days.",
        active_states=frozenset({InvoiceStatus.PENDING_APPROVAL}),
        due=due_times.approval_overdue,
        basis="submitted_at",
        notifies=FINANCE_ROLE | {Role.ADMIN},
        repeat_every=timedelta(days=1),
    ),
    Timer(
        kind="invoice.unsent",
        doc="An issued invoice has not reached its customer within 24 hours.",
        active_states=frozenset({InvoiceStatus.PRINTED}),
        due=due_times.sending_overdue,
        basis="printed_at",
        notifies=FINANCE_ROLE,
    ),
)

INVOICES = Lifecycle(
    noun="invoice",
    id_prefix="inv",
    model=Invoice,
    facts=InvoiceFacts,
    scope=INVOICES_SCOPE,
    states=InvoiceStatus,
    start=None,
    transitions=DRAFT_TRANSITIONS + APPROVAL_TRANSITIONS + ISSUE_TRANSITIONS,
    commands=COMMANDS,
    reminders=REMINDERS,
    orders_to_lock=ORDERS,
)
