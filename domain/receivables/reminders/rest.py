"""Rest of reminders: pauses that end, and the time that a customer has once a receivable is open again."""

from datetime import timedelta
from typing import Any

from domain.engine.transition import TransitionContext


def give_time_again(move: TransitionContext) -> None:
    """Let no reminder go for as many days as before the first one; the member is told anew before a formal one."""
    move.row.reminders_not_before = move.context.today + timedelta(days=move.facts.friendly_reminder_days)
    move.row.formal_announced_on = None


def end_pause(row: Any) -> None:
    """Forget the pause."""
    row.reminders_paused_until = row.reminders_pause_reason = None
