"""Facts of a receivable, which its guards evaluate."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from domain.engine.facts import fact
from domain.receivables import balance
from domain.receivables.model import ReceivableStatus
from domain.receivables.reminders import steps
from domain.receivables.reminders.interest import NEXT_INTEREST
from domain.receivables.reminders.steps import STEPS, ReminderStep


@dataclass(frozen=True)
class ReceivableFacts:
    """One receivable as its guards see it; sums are in cents."""

    id: UUID = fact("{t}.id")
    status: ReceivableStatus = fact("{t}.status")
    invoice_id: UUID | None = fact("{t}.invoice_id")
    currency: str = fact("{t}.currency")
    amount_cents: int = fact("{t}.amount_cents")
    canceled_cents: int = fact("{t}.canceled_cents")
    written_off_cents: int = fact("{t}.written_off_cents")
    owed_cents: int = fact(balance.OWED)
    remaining_cents: int = fact(balance.REMAINING)
    paid_cents: int = fact("{t}.paid_cents")
    overpaid_cents: int = fact(balance.OVERPAID)
    principal_cents: int = fact(steps.PRINCIPAL)
    charges_cents: int = fact("{t}.charges_cents")
    due_on: date | None = fact("{t}.due_on")
    disputed_at: datetime | None = fact("{t}.disputed_at")
    write_off_proposed_at: datetime | None = fact("{t}.write_off_proposed_at")
    write_off_proposed_by_id: UUID | None = fact("{t}.write_off_proposed_by_id")
    write_off_limit_euros: int = fact("(SELECT s.write_off_limit_euros FROM operator_settings s)")
    reminder_step: int = fact("{t}.reminder_step")
    next_step: ReminderStep | None = fact(steps.NEXT_STEP)
    next_reminder_on: date | None = fact(steps.NEXT_ON)
    next_fee_cents: int = fact(steps.NEXT_FEE)
    next_interest_cents: int = fact(NEXT_INTEREST)
    formal_announced_on: date | None = fact("{t}.formal_announced_on")
    reminders_paused_until: date | None = fact("{t}.reminders_paused_until")
    reminders_pause_reason: str | None = fact("{t}.reminders_pause_reason")
    reminders_are_automatic: bool = fact("(SELECT s.reminders_are_automatic FROM operator_settings s)")
    friendly_reminder_days: int = fact("(SELECT s.friendly_reminder_days FROM operator_settings s)")

    @property
    def is_disputed(self) -> bool:
        return self.disputed_at is not None

    @property
    def is_write_off_proposed(self) -> bool:
        return self.write_off_proposed_at is not None

    @property
    def is_formally_reminded(self) -> bool:
        """Whether the last step was made."""
        return self.reminder_step >= len(STEPS)

    @property
    def is_above_write_off_limit(self) -> bool:
        """Whether a second person has to agree to write off what remains."""
        return self.remaining_cents > self.write_off_limit_euros * 100
