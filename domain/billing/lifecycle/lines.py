"""Lifecycle of a billable line, until an invoice consumes it."""

from domain.billing import due_times, inputs
from domain.billing.effects import lines as effects
from domain.billing.effects import proposed_invoices
from domain.billing.facts import LineFacts
from domain.billing.guards import lines as guards
from domain.billing.model import BillableLine, InvoiceStatus, LineStatus
from domain.billing.scope import LINES_SCOPE
from domain.engine.context import EvaluationContext
from domain.engine.lifecycle import ActionWeight, Choice, Lifecycle, Timer, TimerCommand, Transition
from domain.kernel.actors import CLOCK_ROLE, FINANCE_ROLE, MEMBER_ROLE
from domain.orders.guards import membership_is_active, order_is_not_archived
from domain.orders.model import OrderStatus

ON_HOLD, CONFIRMED, CANCELED = LineStatus.ON_HOLD, LineStatus.CONFIRMED, LineStatus.CANCELED
ISSUED = frozenset({InvoiceStatus.PRINTED, InvoiceStatus.POSTED})
# The line's order, and the orders whose lines are on the same invoice.
RELATED_ORDERS = """SELECT l.order_id FROM billable_lines l WHERE l.id = {id} AND l.order_id IS NOT NULL
    UNION SELECT theirs.order_id FROM billable_lines ours
    JOIN billable_lines theirs ON theirs.invoice_id = ours.invoice_id
    WHERE ours.id = {id} AND theirs.order_id IS NOT NULL"""
# Without an order to lock, the invoice itself is locked before its lines, as its own moves do.
INVOICES_WITHOUT_ORDERS = """SELECT i.id FROM invoices i
    WHERE i.id IN (SELECT l.invoice_id FROM billable_lines l WHERE l.id IN (SELECT wanted.id FROM wanted))
        AND NOT EXISTS (SELECT 1 FROM billable_lines l WHERE l.invoice_id = i.id AND l.order_id IS NOT NULL)
    ORDER BY i.id FOR UPDATE OF i"""


def first_status(row: object, context: EvaluationContext) -> LineStatus:
    """The first status for the lifecycle's documentation; the effect decides by origin and sign of the line."""
    return ON_HOLD if context.settings.approval_workflow else CONFIRMED


def status_after_amendment(line: LineFacts, context: EvaluationContext) -> LineStatus:
    """Where invoices are approved, an amended line waits again; on an invoice, that invoice's approval covers it."""
    if context.settings.approval_workflow and not line.is_on_an_invoice:
        return ON_HOLD
    return line.status


TRANSITIONS = (
    Transition(
        name="confirm",
        weight=ActionWeight.PRIMARY,
        doc="Finance lets the line be invoiced.",
        from_states=frozenset({ON_HOLD}),
        to_state=CONFIRMED,
        roles=FINANCE_ROLE,
        guards=(guards.entered_by_another_account, guards.customer_agrees),
        effect=proposed_invoices.confirm,
        notifies=MEMBER_ROLE,
        in_bulk=True,
    ),
    Transition(
        name="hold",
        doc="Finance keeps the line from being invoiced.",
        from_states=frozenset({CONFIRMED}),
        to_state=ON_HOLD,
        roles=FINANCE_ROLE,
        guards=(guards.is_on_no_invoice,),
        in_bulk=True,
    ),
    Transition(
        name="cancel",
        weight=ActionWeight.DANGER,
        doc="The line will not be invoiced; its planned invoice counts as settled. The member of a proposal reads why.",
        from_states=frozenset({ON_HOLD, CONFIRMED}),
        to_state=CANCELED,
        roles=FINANCE_ROLE | CLOCK_ROLE,
        input=inputs.LineCancellation,
        guards=(guards.is_on_no_invoice,),
        validators=(guards.proposal_is_canceled_with_reason,),
        effect=proposed_invoices.cancel,
        notifies=MEMBER_ROLE,
        in_bulk=True,
    ),
    Transition(
        name="restore",
        doc="A canceled line comes back, on hold.",
        from_states=frozenset({CANCELED}),
        to_state=ON_HOLD,
        roles=FINANCE_ROLE,
        guards=(guards.order_is_not_canceled,),
        effect=effects.detach_from_canceled,
    ),
)

COMMANDS = (
    Transition(
        name="create",
        weight=ActionWeight.PRIMARY,
        doc="Finance enters a line by hand; with approval it waits until another account confirms it.",
        roles=FINANCE_ROLE,
        to_state=Choice(states=frozenset({CONFIRMED, ON_HOLD}), choose=first_status),
        creates=True,
        input=inputs.ManualLine,
        orders_to_lock=effects.orders_in_input,
        validators=(guards.service_ends_after_start,),
        effect=effects.create_manual,
    ),
    Transition(
        name="propose",
        doc="A member proposes a further invoice of a running order; finance confirms it or cancels it with a reason.",
        from_states=frozenset({OrderStatus.ACTIVE}),
        roles=MEMBER_ROLE,
        to_state=ON_HOLD,
        creates=True,
        parent_noun="order",
        input=inputs.ProposedInvoice,
        guards=(membership_is_active, order_is_not_archived),
        validators=(guards.proposed_amount_is_positive, guards.proposed_date_is_not_past),
        effect=proposed_invoices.create_proposal,
        notifies=FINANCE_ROLE,
    ),
    Transition(
        name="arise",
        doc="A planned invoice of an active order becomes a line.",
        from_states=frozenset({OrderStatus.ACTIVE}),
        roles=CLOCK_ROLE,
        to_state=Choice(states=frozenset({CONFIRMED, ON_HOLD}), choose=first_status),
        creates=True,
        parent_noun="order",
        input=inputs.PlannedLine,
        effect=effects.create_from_plan,
    ),
    Transition(
        name="importInvoiced",
        doc="A planned invoice that was issued before its order was imported becomes a canceled line.",
        from_states=frozenset({OrderStatus.ACTIVE, OrderStatus.COMPLETED}),
        roles=CLOCK_ROLE,
        to_state=CANCELED,
        creates=True,
        parent_noun="order",
        input=inputs.InvoicedLine,
        effect=effects.create_invoiced,
    ),
    Transition(
        name="rebill",
        doc="What a cancellation invoice took back becomes a line that can be corrected and invoiced anew.",
        from_states=ISSUED,
        roles=CLOCK_ROLE,
        to_state=ON_HOLD,
        creates=True,
        parent_noun="invoice",
        input=inputs.RebilledItem,
        effect=effects.create_from_reversal,
    ),
    Transition(
        name="amend",
        doc="Change what is given of text, quantity, price, tax and date; an invoice on hold is recomputed. "
        "With approval, a line on no invoice waits for another account.",
        from_states=frozenset({ON_HOLD, CONFIRMED}),
        to_state=Choice(states=frozenset({ON_HOLD, CONFIRMED}), choose=status_after_amendment),
        roles=FINANCE_ROLE,
        input=inputs.LineChanges,
        guards=(guards.invoice_can_change,),
        validators=(guards.something_changes, guards.invoice_keeps_date),
        effect=effects.amend,
    ),
    Transition(
        name="dateOnAcceptance",
        doc="The accepted delivery dates the line that waited for it.",
        from_states=frozenset({ON_HOLD, CONFIRMED}),
        roles=CLOCK_ROLE,
        input=inputs.AcceptanceDate,
        guards=(guards.is_on_no_invoice,),
        effect=effects.date_on_acceptance,
    ),
)

REMINDERS = (
    Timer(
        kind="invoice.compose",
        doc="Seven days before its date a confirmed line becomes a draft invoice that the member can check.",
        active_states=frozenset({CONFIRMED}),
        due=due_times.compose_due,
        basis="invoice_on",
        command=TimerCommand(
            noun="invoice",
            move="compose",
            subject=lambda line: None,
            input=lambda line: inputs.Composition(line_ids=(line.id,)),
        ),
    ),
)

LINES = Lifecycle(
    noun="line",
    id_prefix="lin",
    model=BillableLine,
    facts=LineFacts,
    scope=LINES_SCOPE,
    states=LineStatus,
    start=None,
    transitions=TRANSITIONS,
    commands=COMMANDS,
    reminders=REMINDERS,
    orders_to_lock=RELATED_ORDERS,
    rows_to_lock=INVOICES_WITHOUT_ORDERS,
)
