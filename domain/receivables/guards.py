"""Claims that must hold before a move of a receivable."""

from datetime import date
from decimal import Decimal

from domain.billing.facts import InvoiceFacts
from domain.billing.model import InvoiceKind
from domain.engine.context import EvaluationContext
from domain.kernel.amount_input import cents_of
from domain.kernel.errors import Refusal, guard_failed, invalid
from domain.kernel.money import Money
from domain.receivables.facts import ReceivableFacts
from domain.receivables.inputs import Payment, Refund


def asks_for_payment(invoice: InvoiceFacts, context: EvaluationContext) -> Refusal | None:
    """Cancellation invoices give rise to no receivable; they reduce that of their original."""
    return guard_failed("receivable_of_cancellation") if invoice.kind is InvoiceKind.CANCELLATION else None


def has_not_asked_yet(invoice: InvoiceFacts, context: EvaluationContext) -> Refusal | None:
    return guard_failed("receivable_is_there") if invoice.has_receivable else None


def is_not_disputed(receivable: ReceivableFacts, context: EvaluationContext) -> Refusal | None:
    return guard_failed("receivable_is_disputed") if receivable.is_disputed else None


def is_disputed(receivable: ReceivableFacts, context: EvaluationContext) -> Refusal | None:
    return None if receivable.is_disputed else guard_failed("receivable_not_disputed")


def something_is_owed(receivable: ReceivableFacts, context: EvaluationContext) -> Refusal | None:
    """What was written off is owed nevertheless."""
    return None if receivable.owed_cents else guard_failed("receivable_owes_nothing")


def something_remains(receivable: ReceivableFacts, context: EvaluationContext) -> Refusal | None:
    return None if receivable.remaining_cents else guard_failed("receivable_has_nothing_left")


def something_was_paid(receivable: ReceivableFacts, context: EvaluationContext) -> Refusal | None:
    return None if receivable.paid_cents else guard_failed("receivable_without_payments")


def is_overpaid(receivable: ReceivableFacts, context: EvaluationContext) -> Refusal | None:
    return None if receivable.overpaid_cents else guard_failed("receivable_not_overpaid")


def one_person_decides(receivable: ReceivableFacts, context: EvaluationContext) -> Refusal | None:
    """Up to the operator's limit one person writes off; above it a second one agrees."""
    if not receivable.is_above_write_off_limit:
        return None
    return guard_failed("write_off_needs_second_person", limit=_limit(receivable))


def two_people_decide(receivable: ReceivableFacts, context: EvaluationContext) -> Refusal | None:
    if receivable.is_above_write_off_limit:
        return None
    return guard_failed("write_off_needs_one_person", limit=_limit(receivable))


def no_write_off_is_proposed(receivable: ReceivableFacts, context: EvaluationContext) -> Refusal | None:
    return guard_failed("write_off_is_proposed") if receivable.is_write_off_proposed else None


def write_off_is_proposed(receivable: ReceivableFacts, context: EvaluationContext) -> Refusal | None:
    return None if receivable.is_write_off_proposed else guard_failed("write_off_not_proposed")


def proposed_by_another_account(receivable: ReceivableFacts, context: EvaluationContext) -> Refusal | None:
    """Dual control: the account that proposed a write-off does not approve it."""
    is_own = receivable.write_off_proposed_by_id == context.actor.account_id
    return guard_failed("proposer_cannot_approve_write_off") if is_own else None


def payment_is_possible(receivable: ReceivableFacts, input: Payment, context: EvaluationContext) -> Refusal | None:
    return amount_error(input.amount) or day_error(input.received_on, "received_on", context)


def refund_is_possible(receivable: ReceivableFacts, input: Refund, context: EvaluationContext) -> Refusal | None:
    if found := amount_error(input.amount) or day_error(input.refunded_on, "refunded_on", context):
        return found
    if cents_of(input.amount, "amount") > receivable.overpaid_cents:
        most = Money(receivable.overpaid_cents, receivable.currency)
        return invalid("refund_above_overpayment", "amount", most=most)
    return None


def amount_error(amount: Decimal) -> Refusal | None:
    return None if cents_of(amount, "amount") > 0 else invalid("amount_not_positive", "amount")


def day_error(day: date, field: str, context: EvaluationContext) -> Refusal | None:
    return invalid("day_in_future", field) if day > context.today else None


def _limit(receivable: ReceivableFacts) -> Money:
    return Money(receivable.write_off_limit_euros * 100, receivable.currency)
