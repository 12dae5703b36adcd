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
    ledger_digits: int = fact("{t}.ledger_digits")
    ledger_bank: int | None = fact("{t}.ledger_bank")
    ledger_first_customer: int | None = fact("{t}.ledger_first_customer")
    ledger_revenue_standard: int | None = fact("{t}.ledger_revenue_standard")
    ledger_revenue_reduced: int | None = fact("{t}.ledger_revenue_reduced")
    ledger_revenue_exempt: int | None = fact("{t}.ledger_revenue_exempt")
    ledger_revenue_small_business: int | None = fact("{t}.ledger_revenue_small_business")
    ledger_revenue_reverse_charge: int | None = fact("{t}.ledger_revenue_reverse_charge")
    ledger_revenue_intra_community: int | None = fact("{t}.ledger_revenue_intra_community")
    ledger_revenue_export: int | None = fact("{t}.ledger_revenue_export")
    ledger_revenue_zero_rated: int | None = fact("{t}.ledger_revenue_zero_rated")
    ledger_revenue_out_of_scope: int | None = fact("{t}.ledger_revenue_out_of_scope")
    ledger_loss_standard: int | None = fact("{t}.ledger_loss_standard")
    ledger_loss_reduced: int | None = fact("{t}.ledger_loss_reduced")
    ledger_loss_untaxed: int | None = fact("{t}.ledger_loss_untaxed")
    ledger_charge_fees: int | None = fact("{t}.ledger_charge_fees")
    ledger_charge_interest: int | None = fact("{t}.ledger_charge_interest")
