"""The circumstances in which something is judged: the instant, the actor, the operator's settings."""

from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal

from tortoise.backends.base.client import BaseDBAsyncClient

from domain.core import facts
from domain.core.actors import Actor
from domain.core.calendar import Calendar
from domain.core.facts import fact

FEE_TODAY = """(SELECT f.percent FROM fee_rates f WHERE f.holds_from <= (app_now() AT TIME ZONE {t}.zone)::date
    ORDER BY f.holds_from DESC LIMIT 1)"""


@dataclass(frozen=True)
class Operator:
    """The operator's settings as guards and deadlines see them."""

    zone: str = fact("{t}.zone")
    federal_state: str = fact("{t}.federal_state")
    approval_workflow: bool = fact("{t}.approval_workflow")
    customer_access: str = fact("{t}.customer_access")
    max_review_extensions: int = fact("{t}.max_review_extensions")
    max_review_extension_days: int = fact("{t}.max_review_extension_days")
    payment_days: int = fact("{t}.payment_days")
    order_prefix: str = fact("{t}.order_prefix")
    invoice_prefix: str = fact("{t}.invoice_prefix")
    cancellation_prefix: str = fact("{t}.cancellation_prefix")
    fee_percent: Decimal = fact(FEE_TODAY)


SELECT_MOMENT = f"SELECT {facts.select(Operator, 's')}::text AS operator, app_now() AS now FROM operator_settings s"


@dataclass(frozen=True)
class Moment:
    """One instant, who acts in it, and the operator's settings and calendar."""

    now: datetime
    actor: Actor
    operator: Operator
    calendar: Calendar = field(init=False, repr=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "calendar", Calendar(self.operator.zone, self.operator.federal_state))

    @property
    def today(self) -> date:
        """The calendar date in the operator's zone."""
        return self.calendar.local(self.now).date()

    def as_actor(self, actor: Actor) -> "Moment":
        """The same instant, seen by somebody else."""
        return Moment(self.now, actor, self.operator)


async def this_moment(connection: BaseDBAsyncClient, actor: Actor) -> Moment:
    """Read the instant and the settings once; inside the door this happens after the locks are granted."""
    rows = await connection.execute_query_dict(SELECT_MOMENT)
    return Moment(rows[0]["now"], actor, facts.parse(Operator, rows[0]["operator"]))
