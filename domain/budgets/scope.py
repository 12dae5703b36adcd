"""Scopes of budgets, their entries, and what is expected to come in: the member's own, and finance's."""

from domain.access.scoped_table import EVERYTHING, ScopedTable
from domain.budgets.expectations import EXPECTATIONS, ORDER_BUDGETS
from domain.kernel.actors import ActorKind

FINANCE = {ActorKind.FINANCE: EVERYTHING, ActorKind.ADMIN: EVERYTHING, ActorKind.CLOCK: EVERYTHING}
OF_MEMBER = {ActorKind.MEMBER: "{t}.member_id = {member}", **FINANCE}
OF_BUDGET = """EXISTS (SELECT 1 FROM member_budgets b WHERE b.id = {t}.budget_id AND b.member_id = {member})"""

BUDGETS_SCOPE = ScopedTable(name="member_budgets", table="member_budgets", predicates=OF_MEMBER)
BUDGET_ENTRIES_SCOPE = ScopedTable(
    name="budget_entries", table="budget_entries", predicates={ActorKind.MEMBER: OF_BUDGET, **FINANCE}
)
EXPECTATIONS_SCOPE = ScopedTable(name="budget_expectations", table=EXPECTATIONS, predicates=OF_MEMBER)
ORDER_BUDGETS_SCOPE = ScopedTable(name="order_budgets", table=ORDER_BUDGETS, predicates=OF_MEMBER)
