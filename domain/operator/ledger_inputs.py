"""Input of the command that says how the operator's bookkeeping takes postings."""

from dataclasses import dataclass
from typing import Any

from domain.engine.inputs import input_field
from domain.kernel.amendments import amendment_of
from domain.operator.model import ChartOfAccounts

LONGEST_ACCOUNT = 99_999_999


def _account(description: str) -> Any:
    return input_field(f"{description}; that of the chart if empty.", default=None, least=1, most=LONGEST_ACCOUNT)


@dataclass(frozen=True, kw_only=True)
class LedgerRules:
    """Chart of accounts, numbers at the tax consultant, and the accounts that differ from the chart's."""

    chart_of_accounts: ChartOfAccounts = input_field(
        "The chart of accounts of the bookkeeping.", default=ChartOfAccounts.SKR03
    )
    ledger_consultant: int | None = input_field(
        "The number of the tax consultant at DATEV.", default=None, least=1001, most=9_999_999
    )
    ledger_client: int | None = input_field(
        "The number under which the tax consultant keeps the operator.", default=None, least=1, most=99_999
    )
    fiscal_year_month: int = input_field("The month in which the fiscal year begins.", default=1, least=1, most=12)
    ledger_digits: int = input_field("How many digits general ledger accounts have.", default=4, least=4, most=8)
    ledger_bank: int | None = _account("The account of the bank")
    ledger_first_customer: int | None = input_field(
        "The account of the first customer, which the others follow; 10000 if empty.",
        default=None,
        least=10_000,
        most=699_999_999,
    )
    ledger_revenue_standard: int | None = _account("Revenue with the standard rate of VAT")
    ledger_revenue_reduced: int | None = _account("Revenue with the reduced rate")
    ledger_revenue_exempt: int | None = _account("Exempt revenue")
    ledger_revenue_small_business: int | None = _account("Revenue of a small business")
    ledger_revenue_reverse_charge: int | None = _account("Revenue whose VAT the customer owes")
    ledger_revenue_intra_community: int | None = _account("Intra-community supplies")
    ledger_revenue_export: int | None = _account("Exports")
    ledger_revenue_zero_rated: int | None = _account("Revenue with a rate of zero")
    ledger_revenue_out_of_scope: int | None = _account("Revenue that is not taxable in Germany")
    ledger_loss_standard: int | None = _account("What is written off of revenue with the standard rate")
    ledger_loss_reduced: int | None = _account("What is written off of revenue with the reduced rate")
    ledger_loss_untaxed: int | None = _account("What is written off of all other revenue")
    ledger_charge_fees: int | None = _account("Fees of reminders")
    ledger_charge_interest: int | None = _account("Interest that reminders charge")
    further_ibans: str = input_field(
        "Further accounts of the operator, with commas between, whose statements are read.", default="", longest=500
    )


LedgerAmendment = amendment_of(LedgerRules, "LedgerAmendment")
