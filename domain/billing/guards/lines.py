"""Claims that must hold before a move of a billable line."""

from domain.billing.facts import LineFacts
from domain.billing.inputs import LineChanges, ManualLine
from domain.billing.model import InvoiceStatus
from domain.engine.context import EvaluationContext
from domain.kernel.errors import Refusal, guard_failed, invalid
from domain.orders.model import OrderStatus


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


def something_changes(line: LineFacts, changes: LineChanges, context: EvaluationContext) -> Refusal | None:
    wanted = (changes.text, changes.quantity, changes.unit_price, changes.vat_category, changes.invoice_on)
    return None if any(value is not None for value in wanted) else invalid("nothing_to_change")


def shared_invoice_keeps_date(line: LineFacts, changes: LineChanges, context: EvaluationContext) -> Refusal | None:
    """Lines of one invoice have one date."""
    if changes.invoice_on in (None, line.invoice_on) or not line.is_on_an_invoice or line.lines_together == 1:
        return None
    return guard_failed("invoice_has_other_lines")


def service_ends_after_start(line: LineFacts | None, entered: ManualLine, context: EvaluationContext) -> Refusal | None:
    if entered.service_to < entered.service_from:
        return invalid("period_ends_before_it_starts", "service_to")
    return None
