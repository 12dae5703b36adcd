"""The operator's settings as guards see them."""

from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID

from domain.engine.facts import fact


class OperatorState(StrEnum):
    """The settings always exist: new until an account does."""

    NEW = "NEW"
    IN_USE = "IN_USE"


HAS_ACCOUNT = "EXISTS (SELECT 1 FROM accounts a)"


@dataclass(frozen=True)
class OperatorFacts:
    """The settings' row, as far as rules look at it."""

    id: UUID = fact("{t}.id")
    status: OperatorState = fact(f"CASE WHEN {HAS_ACCOUNT} THEN 'IN_USE' ELSE 'NEW' END")
    vat_id: str = fact("{t}.vat_id")
    tax_number: str = fact("{t}.tax_number")
    late_after_hours: int = fact("{t}.late_after_hours")
    very_late_after_hours: int = fact("{t}.very_late_after_hours")
    invoice_format: str = fact("{t}.invoice_format")
    cancellation_format: str = fact("{t}.cancellation_format")
    friendly_reminder_days: int = fact("{t}.friendly_reminder_days")
    first_reminder_days: int = fact("{t}.first_reminder_days")
    formal_reminder_days: int = fact("{t}.formal_reminder_days")
