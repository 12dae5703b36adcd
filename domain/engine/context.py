"""The evaluation context: the instant, the actor and the operator's settings."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from tortoise.backends.base.client import BaseDBAsyncClient

from domain.engine import facts
from domain.engine.facts import fact
from domain.kernel.actors import Actor
from domain.kernel.calendar import Calendar
from domain.kernel.money import VatCategory

SMALL_BUSINESS = "SMALL_BUSINESS"
FEE_TODAY = """(SELECT f.percent FROM fee_rates f WHERE f.holds_from <= (app_now() AT TIME ZONE {t}.zone)::date
    ORDER BY f.holds_from DESC LIMIT 1)"""


@dataclass(frozen=True)
class SettingsFacts:
    """The operator's settings as guards and deadlines see them."""

    zone: str = fact("{t}.zone")
    federal_state: str = fact("{t}.federal_state")
    language: str = fact("{t}.language")
    approval_workflow: bool = fact("{t}.approval_workflow")
    customer_access: str = fact("{t}.customer_access")
    max_review_extensions: int = fact("{t}.max_review_extensions")
    max_review_extension_days: int = fact("{t}.max_review_extension_days")
    late_after_hours: int = fact("{t}.late_after_hours")
    supplements_are_confirmed: bool = fact("{t}.supplements_are_confirmed")
    supplement_days: int = fact("{t}.supplement_days")
    payment_days: int = fact("{t}.payment_days")
    guarantee_pays_at_posting: bool = fact("{t}.guarantee_pays_at_posting")
    order_prefix: str = fact("{t}.order_prefix")
    invoice_format: str = fact("{t}.invoice_format")
    cancellation_format: str = fact("{t}.cancellation_format")
    tax_regime: str = fact("{t}.tax_regime")
    invoice_retention_years: int = fact("{t}.invoice_retention_years")
    fee_percent: Decimal = fact(FEE_TODAY)

    def vat_category(self, wanted: VatCategory) -> VatCategory:
        """How value added tax applies to a new line: a small business shows none (section 19 UStG)."""
        return VatCategory.EXEMPT if self.tax_regime == SMALL_BUSINESS else wanted


def select_context(registered: Mapping[str, str]) -> str:
    """SQL for the one row of which `context_of` makes a context; `registered` are the nouns' expressions, by name."""
    pairs = ", ".join(f"'{name}', {sql}" for name, sql in registered.items())
    return f"""SELECT {facts.select(SettingsFacts, "s")}::text AS context_settings, app_now() AS context_now,
        json_build_object({pairs})::text AS context_registered FROM operator_settings s"""


@dataclass(frozen=True)
class EvaluationContext:
    """One instant, the actor, and the operator's settings and calendar; `registered` is what nouns added, by name."""

    now: datetime
    actor: Actor
    settings: SettingsFacts
    registered: Mapping[str, Any] = field(default_factory=dict)
    calendar: Calendar = field(init=False, repr=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "calendar", Calendar(self.settings.zone, self.settings.federal_state))

    @property
    def today(self) -> date:
        """The calendar date in the operator's zone."""
        return self.calendar.local(self.now).date()

    def as_actor(self, actor: Actor) -> "EvaluationContext":
        """The same instant and settings with another actor."""
        return EvaluationContext(self.now, actor, self.settings, self.registered)


async def read_context(
    connection: BaseDBAsyncClient, actor: Actor, registered: Mapping[str, str] | None = None
) -> EvaluationContext:
    """Read the instant and the settings once; in a unit of work this happens after the locks are granted."""
    rows = await connection.execute_query_dict(select_context(registered or {}))
    return context_of(rows[0], actor)


def context_of(row: Mapping[str, Any], actor: Actor) -> EvaluationContext:
    """The context in a row that `select_context` selected."""
    settings = facts.parse(SettingsFacts, row["context_settings"])
    return EvaluationContext(row["context_now"], actor, settings, json.loads(row["context_registered"]))
