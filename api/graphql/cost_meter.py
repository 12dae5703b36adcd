"""Metering of one operation: its cost is taken from the sender's budget before anything runs."""

from collections.abc import Callable
from dataclasses import dataclass, field

from api.auth.authentication import Principal
from api.graphql.cost_budget import Charge, CostBudget

Cost = Callable[[], int]
Meter = Callable[[Cost], None]


def no_charge(_: Cost) -> None:
    """The meter of our own pages, which pay nothing and are not measured."""


@dataclass
class CostMeter:
    """The meter of one request. `charge` is set once an operation was let through."""

    budget: CostBudget
    principal: Principal
    charge: Charge | None = field(default=None, init=False)

    def __call__(self, cost: Cost) -> None:
        """Take the cost of an operation. Raises `RequestRefused`."""
        if self.budget.limit:
            self.charge = self.budget.charge(self.principal, cost())

    def headers(self) -> dict[str, str]:
        """The headers that say what is left; none without a charge."""
        return dict(self.charge.headers(self.budget.clock())) if self.charge else {}

    def added_to(self, body: bytes) -> bytes:
        """The body with the cost, where one was charged."""
        return self.charge.added_to(body) if self.charge else body
