"""Lifecycle of a budget: it is there as long as its member, and only its entries change it."""

from domain.budgets import effects, guards, inputs
from domain.budgets.facts import BudgetFacts
from domain.budgets.model import BudgetStatus, MemberBudget
from domain.budgets.scope import BUDGETS_SCOPE
from domain.engine.lifecycle import Lifecycle, Transition
from domain.kernel.actors import CLOCK_ROLE, FINANCE_ROLE, Role

OPEN = frozenset({BudgetStatus.OPEN})
READERS = frozenset({Role.MEMBER, Role.FINANCE, Role.ADMIN})

BUDGETS = Lifecycle(
    noun="memberBudget",
    id_prefix="bud",
    model=MemberBudget,
    facts=BudgetFacts,
    scope=BUDGETS_SCOPE,
    states=BudgetStatus,
    start=None,
    states_set_elsewhere=OPEN,
    transitions=(),
    commands=(
        Transition(
            name="book",
            doc="What came in, was taken back or is claimed is booked, as other moves entail it.",
            from_states=OPEN,
            roles=CLOCK_ROLE,
            input=inputs.BudgetBookings,
            effect=effects.book_all,
            audience=READERS,
        ),
        Transition(
            name="correct",
            doc="Finance adds to the budget or takes from it, with a reason; it may fall below zero.",
            from_states=OPEN,
            roles=FINANCE_ROLE,
            input=inputs.Correction,
            validators=(guards.something_is_corrected,),
            effect=effects.correct,
            audience=READERS,
        ),
    ),
)
