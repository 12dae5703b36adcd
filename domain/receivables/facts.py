"""Facts of a receivable, which its guards evaluate."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from domain.engine.facts import fact
from domain.receivables import balance
from domain.receivables.model import ReceivableStatus


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
    overpaid_cents: int = fact(balance.OVERPAID)
    due_on: date | None = fact("{t}.due_on")
    disputed_at: datetime | None = fact("{t}.disputed_at")
    write_off_proposed_at: datetime | None = fact("{t}.write_off_proposed_at")
    write_off_proposed_by_id: UUID | None = fact("{t}.write_off_proposed_by_id")
    write_off_limit_euros: int = fact("(SELECT s.write_off_limit_euros FROM operator_settings s)")

    @property
    def is_disputed(self) -> bool:
        return self.disputed_at is not None

    @property
    def is_write_off_proposed(self) -> bool:
        return self.write_off_proposed_at is not None

    @property
    def is_above_write_off_limit(self) -> bool:
        """Whether a second person has to agree to write off what remains."""
        return self.remaining_cents > self.write_off_limit_euros * 100
