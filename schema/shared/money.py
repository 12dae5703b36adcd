"""Amounts of money as both schemas show them."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

import strawberry

from domain.engine.context import EvaluationContext
from domain.engine.facts import fact
from domain.kernel import money
from domain.kernel.actors import ActorKind
from domain.kernel.money import Cents
from schema.declarations.fields import column, computed, embedded


@dataclass(frozen=True)
class AmountFacts:
    """The parts of an amount, named by the field that embeds it."""

    cents: Cents = fact("{cents}")
    currency: str = fact("{currency}")


def formatted(amount: AmountFacts, _arguments: Mapping[str, Any], context: EvaluationContext) -> str:
    """The amount as it is written in the viewer's language."""
    if isinstance(amount.cents, int):
        return money.formatted(amount.cents, amount.currency, context.actor.language)
    return money.formatted_price(amount.cents, amount.currency, context.actor.language)


@strawberry.type(description="An amount of money.")
class Money:
    """An amount of money."""

    amount: Decimal = column(
        "{amount}", description="The amount, with two decimals; the price of one unit has up to four."
    )
    currency: str = column("{currency}", description="The currency, by ISO 4217.")
    formatted: str = computed(AmountFacts, formatted, description="The amount as the viewer's language writes it.")


def money_field(
    cents: str, *, description: str, currency: str = "{t}.currency", only: Collection[ActorKind] | None = None
) -> Any:
    """An amount of the row from an expression in cents; null where the expression is."""
    amount = f"(({cents}) / 100.0)::numeric(20, 2)"
    return embedded(cents=cents, amount=amount, currency=currency, description=description, only_for=only)


def price_field(cents: str, *, description: str, currency: str = "{t}.currency") -> Any:
    """The price of one unit, from an expression in cents that may have parts of a cent."""
    exact = f"trim_scale(({cents}) / 100)"
    amount = f"round({exact}, greatest(2, scale({exact})))"
    return embedded(cents=f"trim_scale({cents})", amount=amount, currency=currency, description=description)


def money_of(cents: int, currency: str, language: str) -> Money:
    """An amount that was computed rather than read."""
    return Money(
        amount=(Decimal(cents) / 100).quantize(Decimal("0.01")),
        currency=currency,
        formatted=money.formatted(cents, currency, language),
    )


@strawberry.type
class TotalsFields:
    """The sums of a row that has them in its own currency."""

    net: Money = money_field("{t}.net_cents", description="Net sum.")
    vat: Money = money_field("{t}.vat_cents", description="Value added tax.")
    gross: Money = money_field("{t}.net_cents + {t}.vat_cents", description="Net and tax together.")
