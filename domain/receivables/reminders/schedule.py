"""The instants of reminders: each step, and the notice of the formal one to the member, at nine in the morning."""

from datetime import datetime, time

from domain.engine.context import EvaluationContext
from domain.engine.lifecycle import Due
from domain.receivables.facts import ReceivableFacts
from domain.receivables.reminders.steps import FORMAL_NOTICE, ReminderStep

HOUR = time(9, 0)


def due_of(step: ReminderStep) -> Due:
    """The instant of a step while it is the next one and the clock sends reminders."""

    def due(receivable: ReceivableFacts, context: EvaluationContext) -> datetime | None:
        if receivable.next_step is not step or not receivable.reminders_are_automatic:
            return None
        if step is ReminderStep.FORMAL and receivable.formal_announced_on is None:
            return None
        return _morning(receivable, context)

    return due


def announcement_due(receivable: ReceivableFacts, context: EvaluationContext) -> datetime | None:
    """Some days before the formal reminder, also where finance sends reminders itself."""
    if receivable.next_step is not ReminderStep.FORMAL or receivable.formal_announced_on is not None:
        return None
    morning = _morning(receivable, context)
    return morning and context.calendar.same_time_later(morning, -FORMAL_NOTICE.days)


def _morning(receivable: ReceivableFacts, context: EvaluationContext) -> datetime | None:
    day = receivable.next_reminder_on
    return context.calendar.at(day, HOUR) if day else None
