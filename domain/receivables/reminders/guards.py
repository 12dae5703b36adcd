"""Claims that must hold before a reminder, a pause of reminders, and a waiver."""

from datetime import timedelta

from domain.engine.context import EvaluationContext
from domain.kernel.errors import Refusal, guard_failed, invalid
from domain.receivables.facts import ReceivableFacts
from domain.receivables.reminders.inputs import ReminderPause
from domain.receivables.reminders.steps import ReminderStep

LONGEST_PAUSE = timedelta(days=366)


def invoice_was_issued_here(receivable: ReceivableFacts, context: EvaluationContext) -> Refusal | None:
    """A reminder names and carries its invoice, which an opening balance has not."""
    return None if receivable.invoice_id else guard_failed("reminder_of_opening_balance")


def invoice_is_unpaid(receivable: ReceivableFacts, context: EvaluationContext) -> Refusal | None:
    """Charges that remain of an invoice that is paid are no reason for another reminder."""
    return None if receivable.principal_cents else guard_failed("reminder_of_paid_invoice")


def is_not_in_dispute(receivable: ReceivableFacts, context: EvaluationContext) -> Refusal | None:
    return guard_failed("reminder_of_disputed_invoice") if receivable.is_disputed else None


def is_not_written_off(receivable: ReceivableFacts, context: EvaluationContext) -> Refusal | None:
    return guard_failed("reminder_of_written_off_invoice") if receivable.written_off_cents else None


def a_step_is_left(receivable: ReceivableFacts, context: EvaluationContext) -> Refusal | None:
    return guard_failed("reminders_are_complete") if receivable.is_formally_reminded else None


def reminders_are_not_paused(receivable: ReceivableFacts, context: EvaluationContext) -> Refusal | None:
    if not _is_paused(receivable, context):
        return None
    until, why = receivable.reminders_paused_until, receivable.reminders_pause_reason
    return guard_failed("reminders_are_paused", until=until, why=why)


def member_is_told_of_formal_step(receivable: ReceivableFacts, context: EvaluationContext) -> Refusal | None:
    """The member is told some days before the formal reminder."""
    is_untold = receivable.next_step is ReminderStep.FORMAL and receivable.formal_announced_on is None
    return guard_failed("formal_reminder_not_announced") if is_untold else None


def next_step_is_due(receivable: ReceivableFacts, context: EvaluationContext) -> Refusal | None:
    day = receivable.next_reminder_on
    if day is None or context.today >= day or _is_paused(receivable, context):
        return None
    return guard_failed("reminder_not_due", day=day)


def formal_step_is_next(receivable: ReceivableFacts, context: EvaluationContext) -> Refusal | None:
    is_next = receivable.next_step is ReminderStep.FORMAL
    return None if is_next else guard_failed("formal_reminder_not_next")


def reminders_are_paused(receivable: ReceivableFacts, context: EvaluationContext) -> Refusal | None:
    return None if _is_paused(receivable, context) else guard_failed("reminders_not_paused")


def something_was_charged(receivable: ReceivableFacts, context: EvaluationContext) -> Refusal | None:
    return None if receivable.charges_cents else guard_failed("receivable_without_charges")


def pause_is_possible(receivable: ReceivableFacts, input: ReminderPause, context: EvaluationContext) -> Refusal | None:
    if input.until < context.today:
        return invalid("pause_ends_in_past", "until", earliest=context.today)
    latest = context.today + LONGEST_PAUSE
    return invalid("pause_too_long", "until", latest=latest) if input.until > latest else None


def _is_paused(receivable: ReceivableFacts, context: EvaluationContext) -> bool:
    until = receivable.reminders_paused_until
    return until is not None and until >= context.today
