"""Claims that must hold before a move of a billable line."""

from typing import Any

from domain.billing.facts import LineFacts
from domain.billing.inputs import LineCancellation, ManualLine, ProposedInvoice
from domain.billing.model import InvoiceStatus
from domain.engine.context import EvaluationContext
from domain.engine.inputs import has_visible_text
from domain.kernel.actors import Role
from domain.kernel.amendments import amended_value, given_values
from domain.kernel.errors import Refusal, guard_failed, invalid
from domain.orders.model import OrderStatus

# States of a supplement, which belongs to a noun above this one.
OPEN, CONFIRMED = "OPEN", "CONFIRMED"


def entered_by_another_account(line: LineFacts, context: EvaluationContext) -> Refusal | None:
    """Dual control: the account that entered or amended a line does not confirm it.

    It holds where invoices are approved, and for a line that a member proposed always.
    """
    if not (context.settings.approval_workflow or line.is_proposal) or line.entered_by_id is None:
        return None
    return guard_failed("enterer_cannot_confirm") if line.entered_by_id == context.actor.account_id else None


def customer_agrees(line: LineFacts, context: EvaluationContext) -> Refusal | None:
    """A line of which the customer was asked is confirmed only once they have confirmed it."""
    if line.supplement_status in (None, CONFIRMED):
        return None
    return guard_failed("supplement_unanswered" if line.supplement_status == OPEN else "supplement_not_confirmed")


def proposal_is_canceled_with_reason(
    line: LineFacts, cancellation: LineCancellation | None, context: EvaluationContext
) -> Refusal | None:
    """The member reads why; the system cancels with the order or the supplement, which says it itself."""
    if not line.is_proposal or context.actor.role is Role.CLOCK:
        return None
    has_reason = cancellation is not None and has_visible_text(cancellation.reason or "")
    return None if has_reason else invalid("proposal_canceled_without_reason", "reason")


def proposed_amount_is_positive(order: Any, proposed: ProposedInvoice, context: EvaluationContext) -> Refusal | None:
    return None if proposed.unit_price > 0 else invalid("proposed_amount_not_positive", "unit_price")


def proposed_date_is_not_past(order: Any, proposed: ProposedInvoice, context: EvaluationContext) -> Refusal | None:
    return invalid("proposed_date_past", "invoice_on") if proposed.invoice_on < context.today else None


def is_on_no_invoice(line: LineFacts, context: EvaluationContext) -> Refusal | None:
    return guard_failed("line_is_on_an_invoice") if line.is_on_an_invoice else None


def order_is_not_canceled(line: LineFacts, context: EvaluationContext) -> Refusal | None:
    """A canceled order is not invoiced any more, and no move of the order would cancel the line again."""
    return guard_failed("order_of_line_canceled") if line.order_status is OrderStatus.CANCELED else None


def invoice_can_change(line: LineFacts, context: EvaluationContext) -> Refusal | None:
    """A line on an invoice is changed only while that invoice is on hold."""
    if line.is_on_an_invoice and line.invoice_status is not InvoiceStatus.ON_HOLD:
        return guard_failed("invoice_of_line_not_on_hold")
    return None


def something_changes(line: LineFacts, changes: Any, context: EvaluationContext) -> Refusal | None:
    return None if given_values(changes) else invalid("nothing_to_change")


def invoice_keeps_date(line: LineFacts, changes: Any, context: EvaluationContext) -> Refusal | None:
    """An invoice has a date, and its lines have the same."""
    invoice_on = amended_value(changes, "invoice_on", line.invoice_on)
    if invoice_on == line.invoice_on or not line.is_on_an_invoice:
        return None
    if line.lines_together > 1:
        return guard_failed("invoice_has_other_lines")
    return invalid("cannot_be_empty", "invoice_on") if invoice_on is None else None


def service_ends_after_start(line: LineFacts | None, entered: ManualLine, context: EvaluationContext) -> Refusal | None:
    if entered.service_to < entered.service_from:
        return invalid("period_ends_before_it_starts", "service_to")
    return None
