"""Facts of a budget, which its guards evaluate."""

from dataclasses import dataclass
from uuid import UUID

from domain.budgets.model import BudgetStatus
from domain.engine.facts import fact

AVAILABLE = "({t}.received_cents - {t}.reserved_cents - {t}.paid_cents)"


@dataclass(frozen=True)
class BudgetFacts:
    """One budget as its guards see it, in cents of a euro."""

    id: UUID = fact("{t}.id")
    status: BudgetStatus = fact("{t}.status")
    member_id: UUID = fact("{t}.member_id")
    available_cents: int = fact(AVAILABLE)
