"""Validators of the accounts of the ledger and of the bank."""

from dataclasses import fields
from typing import Any

from domain.engine.context import EvaluationContext
from domain.kernel.amendments import amended_value
from domain.kernel.errors import Refusal, invalid
from domain.kernel.identifiers import compact, is_iban
from domain.operator.facts import OperatorFacts
from domain.operator.ledger_inputs import LedgerRules

FIRST_CUSTOMER = "ledger_first_customer"
GENERAL = ("ledger_bank", "ledger_revenue", "ledger_loss", "ledger_charge")
ACCOUNTS = tuple(item.name for item in fields(LedgerRules) if item.name.startswith(GENERAL))


def accounts_fit(operator: OperatorFacts, entry: Any, context: EvaluationContext) -> Refusal | None:
    """General ledger accounts have at most as many digits as set, those of customers exactly one more."""
    digits = amended_value(entry, "ledger_digits", operator.ledger_digits)
    for name in ACCOUNTS:
        account = amended_value(entry, name, getattr(operator, name))
        if account is not None and account >= 10**digits:
            return invalid("ledger_account_too_long", name, digits=digits)
    first = amended_value(entry, FIRST_CUSTOMER, operator.ledger_first_customer)
    if first is not None and not 10**digits <= first < 7 * 10**digits:
        return invalid("ledger_customer_out_of_range", FIRST_CUSTOMER, first=10**digits, last=7 * 10**digits - 1)
    return None


def further_ibans_are_valid(operator: OperatorFacts, entry: Any, context: EvaluationContext) -> Refusal | None:
    """Each of the accounts between the commas has its check digits."""
    given = [compact(each) for each in str(amended_value(entry, "further_ibans", "") or "").split(",")]
    return None if all(map(is_iban, filter(None, given))) else invalid("iban_wrong", "further_ibans")
