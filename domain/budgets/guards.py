"""Claims that must hold before a move of a budget."""

from domain.budgets.facts import BudgetFacts
from domain.budgets.inputs import Correction
from domain.engine.context import EvaluationContext
from domain.kernel.amount_input import cents_of
from domain.kernel.errors import Refusal, invalid


def something_is_corrected(budget: BudgetFacts, input: Correction, context: EvaluationContext) -> Refusal | None:
    return None if cents_of(input.amount, "amount") else invalid("correction_of_nothing", "amount")
