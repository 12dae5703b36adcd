"""The moves of an invoice before it is issued, but for those of the approval workflow."""

from domain.billing import composing, guards_invoices, takes, writes_invoices
from domain.billing.facts import InvoiceFacts
from domain.billing.guards_invoices import causes_left
from domain.billing.model import InvoiceStatus
from domain.core.actors import Role
from domain.core.lifecycle import Choice, Transition
from domain.core.moment import Moment

ON_HOLD = InvoiceStatus.ON_HOLD
READY_TO_SUBMIT = InvoiceStatus.READY_TO_SUBMIT
PENDING_APPROVAL = InvoiceStatus.PENDING_APPROVAL
READY_TO_PRINT = InvoiceStatus.READY_TO_PRINT
CANCELED = InvoiceStatus.CANCELED
READY = frozenset({READY_TO_SUBMIT, READY_TO_PRINT})
MEMBER, FINANCE, CLOCK = frozenset({Role.MEMBER}), frozenset({Role.FINANCE}), frozenset({Role.CLOCK})


def after_release(invoice: InvoiceFacts, moment: Moment) -> InvoiceStatus:
    """On hold until no cause is left."""
    return ON_HOLD if causes_left(invoice, moment) else composing.first_status(invoice, moment)


DRAFTS = (
    Transition(
        name="compose",
        doc="Confirmed lines of one kind become an invoice that the member can check.",
        by=FINANCE | CLOCK,
        target=Choice(among=READY, of=composing.first_status),
        creates=True,
        takes=takes.Composition,
        orders_of=composing.orders_of_lines,
        writes=composing.compose,
        notifies=MEMBER,
    ),
    Transition(
        name="requestChanges",
        doc="The member wants the draft changed; nothing is issued before finance has looked at it.",
        sources=READY,
        target=ON_HOLD,
        by=MEMBER,
        takes=takes.ChangeRequest,
        writes=writes_invoices.hold_for_the_member,
        notifies=FINANCE,
    ),
    Transition(
        name="hold",
        doc="The invoice waits: for finance, or because an order's cancellation is under review.",
        sources=READY | {PENDING_APPROVAL, ON_HOLD},
        target=ON_HOLD,
        by=FINANCE | CLOCK,
        takes=takes.HoldComment,
        guards=(guards_invoices.it_is_not_pending, guards_invoices.it_is_not_on_hold_yet),
        writes=writes_invoices.hold,
    ),
    Transition(
        name="release",
        doc="Lift what holds the invoice; it moves on when no cause is left.",
        sources=frozenset({ON_HOLD}),
        target=Choice(among=READY | {ON_HOLD}, of=after_release),
        by=FINANCE | CLOCK,
        guards=(guards_invoices.a_cause_can_be_lifted,),
        writes=writes_invoices.release,
        notifies=MEMBER,
    ),
    Transition(
        name="decompose",
        doc="Undo the invoice: its lines are free again, and no number was used.",
        sources=READY | {ON_HOLD},
        target=CANCELED,
        by=FINANCE | CLOCK,
        writes=writes_invoices.undo,
    ),
    Transition(
        name="cancel",
        doc="The invoice and its lines are canceled.",
        sources=READY | {ON_HOLD, PENDING_APPROVAL},
        target=CANCELED,
        by=FINANCE | CLOCK,
        guards=(guards_invoices.it_is_not_pending,),
        writes=writes_invoices.cancel,
    ),
    Transition(
        name="restore",
        doc="A canceled invoice comes back on hold, its lines with it.",
        sources=frozenset({CANCELED}),
        target=ON_HOLD,
        by=FINANCE,
        guards=(
            guards_invoices.it_was_not_undone,
            guards_invoices.no_order_is_being_canceled,
            guards_invoices.its_lines_are_still_its_own,
        ),
        writes=writes_invoices.restore,
    ),
)
