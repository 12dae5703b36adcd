"""Claims about the rate at which the amounts of an invoice in another currency are converted into euros."""

from decimal import Decimal

from domain.billing.facts import InvoiceFacts
from domain.billing.inputs import ExchangeRate
from domain.engine.context import EvaluationContext
from domain.kernel.errors import Refusal, guard_failed, invalid
from domain.kernel.money import Currency

SMALLEST_RATE, LARGEST_RATE = Decimal("0.000001"), Decimal(10_000)


def amounts_are_known_in_euro(invoice: InvoiceFacts, context: EvaluationContext) -> Refusal | None:
    """Article 230 of Directive 2006/112/EC: the tax that is owed is stated in the currency of the country.

    Without tax the rate is needed, too: budgets of members and postings are in euros.
    """
    if invoice.currency == Currency.EUR or invoice.exchange_rate is not None:
        return None
    return guard_failed("exchange_rate_missing")


def currency_is_not_euro(invoice: InvoiceFacts, context: EvaluationContext) -> Refusal | None:
    return guard_failed("currency_is_euro") if invoice.currency == Currency.EUR else None


def rate_is_possible(invoice: InvoiceFacts, given: ExchangeRate, context: EvaluationContext) -> Refusal | None:
    rate = given.rate
    if not rate.is_finite() or not SMALLEST_RATE <= rate <= LARGEST_RATE or rate != rate.quantize(SMALLEST_RATE):
        return invalid("exchange_rate_out_of_bounds", "rate")
    return None
