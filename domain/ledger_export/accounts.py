"""Accounts of postings: those of the standard charts SKR03 and SKR04, unless the operator's settings name others."""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import date
from typing import Any, Self

import asyncpg

from domain.kernel.money import VatCategory
from domain.ledger_export.postings import LedgerPosting, PostingKind
from domain.operator.ledger_guards import ACCOUNTS
from domain.operator.model import ChartOfAccounts

STANDARD_DIGITS = 4
STANDARD_FIRST_CUSTOMER = 10_000
CHARTS: Mapping[ChartOfAccounts, Mapping[str, int]] = {
    ChartOfAccounts.SKR03: {
        "ledger_bank": 1200,
        "ledger_revenue_standard": 8400,
        "ledger_revenue_reduced": 8300,
        "ledger_revenue_exempt": 8100,
        "ledger_revenue_small_business": 8195,
        "ledger_revenue_reverse_charge": 8336,
        "ledger_revenue_intra_community": 8125,
        "ledger_revenue_export": 8120,
        "ledger_revenue_zero_rated": 8290,
        "ledger_revenue_out_of_scope": 8338,
        "ledger_loss_standard": 2406,
        "ledger_loss_reduced": 2401,
        "ledger_loss_untaxed": 2400,
        "ledger_charge_fees": 2700,
        "ledger_charge_interest": 2650,
    },
    ChartOfAccounts.SKR04: {
        "ledger_bank": 1800,
        "ledger_revenue_standard": 4400,
        "ledger_revenue_reduced": 4300,
        "ledger_revenue_exempt": 4100,
        "ledger_revenue_small_business": 4185,
        "ledger_revenue_reverse_charge": 4336,
        "ledger_revenue_intra_community": 4125,
        "ledger_revenue_export": 4120,
        "ledger_revenue_zero_rated": 4290,
        "ledger_revenue_out_of_scope": 4338,
        "ledger_loss_standard": 6936,
        "ledger_loss_reduced": 6931,
        "ledger_loss_untaxed": 6930,
        "ledger_charge_fees": 4830,
        "ledger_charge_interest": 7100,
    },
}
DOCUMENTS = frozenset({PostingKind.INVOICE, PostingKind.CANCELLATION})
WRITE_OFFS = frozenset({PostingKind.WRITE_OFF, PostingKind.WRITE_OFF_REVERSAL})
# What is waived is taken from the fees, whatever it was charged for.
CHARGES = {
    PostingKind.REMINDER_FEE: "ledger_charge_fees",
    PostingKind.INTEREST: "ledger_charge_interest",
    PostingKind.CHARGE_WAIVER: "ledger_charge_fees",
}
LOSSES = {VatCategory.STANDARD: "standard", VatCategory.REDUCED: "reduced"}


@dataclass(frozen=True, kw_only=True)
class LedgerSettings:
    """What the operator's settings say about the ledger; `accounts` are those that differ from the chart's."""

    zone: str
    chart_of_accounts: ChartOfAccounts
    ledger_consultant: int | None
    ledger_client: int | None
    fiscal_year_month: int
    ledger_digits: int
    ledger_first_customer: int | None
    accounts: Mapping[str, int]

    @classmethod
    async def read(cls, connection: asyncpg.Connection) -> Self:
        row: Mapping[str, Any] = await connection.fetchrow("SELECT * FROM operator_settings")
        plain = {item.name: row[item.name] for item in fields(cls) if item.name in row.keys()}  # noqa: SIM118 - a record
        named = {name: row[name] for name in ACCOUNTS if row[name] is not None}
        return cls(**plain | {"chart_of_accounts": ChartOfAccounts(row["chart_of_accounts"]), "accounts": named})

    @property
    def is_known_to_consultant(self) -> bool:
        """Whether both numbers are there that a posting batch names."""
        return self.ledger_consultant is not None and self.ledger_client is not None

    def fiscal_year_of(self, day: date) -> date:
        """The first day of the fiscal year that a day is in."""
        year = day.year if day.month >= self.fiscal_year_month else day.year - 1
        return date(year, self.fiscal_year_month, 1)

    def account(self, name: str) -> str:
        """A general ledger account; shorter ones get zeros at their end, as the standard charts are lengthened."""
        number = self.accounts.get(name) or CHARTS[self.chart_of_accounts][name]
        return str(number).ljust(self.ledger_digits, "0")

    def customer_account(self, posting: LedgerPosting) -> str:
        """The account of the customer, which has one digit more than those of the general ledger."""
        first = self.ledger_first_customer or STANDARD_FIRST_CUSTOMER * 10 ** (self.ledger_digits - STANDARD_DIGITS)
        return str(first + posting.customer_number - 1)

    def contra_account(self, posting: LedgerPosting) -> str:
        """Revenue of a document, loss of a write-off, income of a charge, and the bank of all that was paid."""
        if posting.kind in DOCUMENTS:
            return self.account(f"ledger_revenue_{_treatment(posting)}")
        if posting.kind in WRITE_OFFS:
            category = posting.tax.category if posting.tax else None
            return self.account(f"ledger_loss_{LOSSES.get(category, 'untaxed') if category else 'untaxed'}")
        return self.account(CHARGES.get(posting.kind, "ledger_bank"))


def _treatment(posting: LedgerPosting) -> str:
    assert posting.tax is not None
    return "small_business" if posting.tax.is_small_business else posting.tax.category.lower()
