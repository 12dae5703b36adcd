"""Claims that must hold before a move of a bank file or a transaction."""

from domain.bank.facts import BankFileFacts, BankTransactionFacts
from domain.bank.inputs import Booking
from domain.engine.context import EvaluationContext
from domain.kernel.amount_input import cents_of
from domain.kernel.errors import Refusal, guard_failed, invalid
from domain.kernel.money import Money


def something_is_open(file: BankFileFacts, context: EvaluationContext) -> Refusal | None:
    return None if file.open_incoming else guard_failed("bank_file_has_nothing_open")


def money_came_in(transaction: BankTransactionFacts, context: EvaluationContext) -> Refusal | None:
    return None if transaction.amount_cents > 0 else guard_failed("bank_transaction_went_out")


def shares_add_up(transaction: BankTransactionFacts, input: Booking, context: EvaluationContext) -> Refusal | None:
    """Each share is above zero and names another receivable; together they are the transaction."""
    amounts = []
    for place, share in enumerate(input.shares):
        cents = cents_of(share.amount, "shares", str(place), "amount")
        if cents <= 0:
            return invalid("amount_not_positive", "shares", str(place), "amount")
        amounts.append(cents)
    if len({share.receivable_id for share in input.shares}) < len(input.shares):
        return invalid("bank_share_named_twice", "shares")
    if sum(amounts) != transaction.amount_cents:
        return invalid(
            "bank_shares_do_not_add_up", "shares", total=Money(transaction.amount_cents, transaction.currency)
        )
    return None
