"""Effects of reminders: the step is counted, and what it charges becomes entries of their own."""

from datetime import timedelta

from domain.engine.transition import TransitionContext
from domain.receivables.bookings import add_entry, book
from domain.receivables.model import EntryKind
from domain.receivables.reminders.rest import end_pause


def remind(move: TransitionContext) -> None:
    """Count the step and book its fee and interest; the mail states what is owed with both."""
    row, facts = move.row, move.facts
    row.reminder_step += 1
    row.reminded_on = move.context.today
    end_pause(row)
    if facts.next_fee_cents:
        add_entry(move, row, EntryKind.REMINDER_FEE, facts.next_fee_cents)
    if facts.next_interest_cents:
        add_entry(move, row, EntryKind.INTEREST, facts.next_interest_cents)
    move.event_body |= {
        "step": facts.next_step,
        "fee_cents": facts.next_fee_cents,
        "interest_cents": facts.next_interest_cents,
        "currency": row.currency,
    }


def announce_formal_reminder(move: TransitionContext) -> None:
    move.row.formal_announced_on = move.context.today


def pause(move: TransitionContext) -> None:
    """Let no reminder go until after a day; one that was written and waits is not sent either."""
    move.row.reminders_paused_until = move.input.until
    move.row.reminders_pause_reason = move.input.reason.strip()
    move.event_body |= {"reason": move.row.reminders_pause_reason, "until": move.input.until}


def resume(move: TransitionContext) -> None:
    """What became due meanwhile goes tomorrow morning: one step, however many were due."""
    end_pause(move.row)
    move.row.reminders_not_before = move.context.today + timedelta(days=1)


def waive_charges(move: TransitionContext) -> None:
    """Give up all that reminders have charged; what was paid of it can be refunded."""
    reason = move.input.reason.strip()
    book(move, move.row, EntryKind.CHARGE_WAIVER, -move.row.charges_cents, note=reason)
    move.event_body["reason"] = reason
