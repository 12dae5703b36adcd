"""Due times of lines and invoices: pure functions of their facts and the calendar."""

from datetime import datetime, time, timedelta

from domain.billing.facts import InvoiceFacts, LineFacts
from domain.billing.guards.invoices import ENDING
from domain.engine.context import EvaluationContext

COMPOSE_LEAD_TIME = timedelta(days=7)
PRINTED_AT = time(8, 0)
WORKING_DAYS_TO_CHECK = 1
WORKING_DAYS_TO_APPROVE = 2
SENDING_TIME_LIMIT = timedelta(hours=24)


def compose_due(line: LineFacts, context: EvaluationContext) -> datetime | None:
    """Local midnight seven days before the planned date, for lines that the system may compose."""
    if line.invoice_on is None or line.composed_by_finance_only:
        return None
    if line.is_on_an_invoice or line.order_status in ENDING:
        return None
    return context.calendar.start_of(line.invoice_on - COMPOSE_LEAD_TIME)


def print_due(invoice: InvoiceFacts, context: EvaluationContext) -> datetime | None:
    """The later of the planned date at 08:00 and one working day after composing, in which the member can check it."""
    if invoice.composed_at is None:
        return None
    checked = context.calendar.plus_working_days(invoice.composed_at, WORKING_DAYS_TO_CHECK)
    return max(context.calendar.at(invoice.invoice_on, PRINTED_AT), checked)


def post_due(invoice: InvoiceFacts, context: EvaluationContext) -> datetime | None:
    """At once when its sending is recorded."""
    return invoice.sent_at


def approval_overdue(invoice: InvoiceFacts, context: EvaluationContext) -> datetime | None:
    """Two working days after submission."""
    if invoice.submitted_at is None:
        return None
    return context.calendar.plus_working_days(invoice.submitted_at, WORKING_DAYS_TO_APPROVE)


def sending_overdue(invoice: InvoiceFacts, context: EvaluationContext) -> datetime | None:
    """24 hours after printing, unless its sending is recorded."""
    if invoice.printed_at is None or invoice.sent_at is not None:
        return None
    return invoice.printed_at + SENDING_TIME_LIMIT
