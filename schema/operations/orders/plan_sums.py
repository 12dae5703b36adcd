"""The sums of a billing plan that is being entered."""

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

import strawberry

from domain.engine.context import EvaluationContext
from domain.kernel.money import Currency, VatCategory
from domain.orders import plan_sums as sums
from domain.orders.inputs import PlannedInvoiceEntry
from domain.orders.repetition import MAX_PLANNED_INVOICES, Repetition
from schema.declarations.fields import computed, field_argument
from schema.shared.camel_case import to_camel_case
from schema.shared.money import Money, money_of

# The text of an entry does not count in its sums.
ANY_TEXT = "-"


@strawberry.input(description="What an entry of a billing plan counts for in its sums; the rest of it is not needed.")
class PlanEntryInput:
    """One entry of a billing plan, without its text."""

    unit_price: Decimal = strawberry.field(description="Net price of one unit, up to four decimals.")
    quantity: Decimal = strawberry.field(default=Decimal(1), description="How many units, up to four decimals.")
    vat_category: VatCategory = strawberry.field(
        default=VatCategory.STANDARD, description="How value added tax applies."
    )
    invoice_on: date | None = strawberry.field(
        default=None, description="Day the invoice is dated; the first one of a repeated entry."
    )
    repeats: Repetition | None = strawberry.field(default=None, description="How often it comes again.")
    repeat_months: int | None = strawberry.field(default=None, description="The months from one invoice to the next.")
    repeat_count: int | None = strawberry.field(default=None, description="How many invoices there are in all.")
    repeat_until: date | None = strawberry.field(default=None, description="The last day on which one may be dated.")


@strawberry.type(description="The sums that a billing plan would have if it were saved now.")
class PlanSums:
    """The sums of a billing plan that is not saved."""

    invoices: int = strawberry.field(description="How many invoices it becomes.")
    net: Money = strawberry.field(description="Their net sum.")
    vat: Money = strawberry.field(description="Their value added tax, rounded per invoice.")
    gross: Money = strawberry.field(description="Their gross sum.")
    budget_inflow: Money = strawberry.field(description="Net less the operator's fee of today, per invoice.")
    fee_percent: Decimal = strawberry.field(description="That fee, which is frozen when the order is submitted.")


def plan_sums(_facts: None, arguments: Mapping[str, Any], context: EvaluationContext) -> PlanSums | None:
    """The sums of the given entries in the given currency."""
    given: Sequence[Mapping[str, Any]] = arguments["entries"]
    if len(given) > MAX_PLANNED_INVOICES:
        return None
    found = sums.plan_sums([_entry(each) for each in given], context)
    if found is None:
        return None
    currency, language = arguments["currency"], context.actor.language
    return PlanSums(
        invoices=found.invoices,
        net=money_of(found.net_cents, currency, language),
        vat=money_of(found.vat_cents, currency, language),
        gross=money_of(found.net_cents + found.vat_cents, currency, language),
        budget_inflow=money_of(found.budget_inflow_cents, currency, language),
        fee_percent=found.fee_percent,
    )


def _entry(given: Mapping[str, Any]) -> PlannedInvoiceEntry:
    names = PlanEntryInput.__annotations__
    values = {name: given[to_camel_case(name)] for name in names if to_camel_case(name) in given}
    return PlannedInvoiceEntry(text=ANY_TEXT, **values)


def plan_sums_field() -> Any:
    """The root field."""
    return computed(
        None,
        plan_sums,
        arguments=[
            field_argument("entries", list[PlanEntryInput], description="The entries of the billing plan."),
            field_argument("currency", Currency, default=Currency.EUR, description="The order's currency."),
        ],
        description="The sums of a billing plan while it is entered; null while an entry could not be saved as it is.",
    )
