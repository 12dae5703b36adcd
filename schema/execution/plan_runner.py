"""Runs plans: one round trip, and the holes filled with the instant and settings of that same statement."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol

from graphql.execution.values import VariableValues

from domain.engine import facts
from domain.engine.context import EvaluationContext, SettingsFacts
from domain.kernel.actors import Actor
from schema.compiler.errors import NonNullViolation
from schema.compiler.leaf_values import NON_NULL_VIOLATION_MARK
from schema.compiler.placeholders import Placeholder, PlaceholderFiller, to_json
from schema.execution.plans import Plan

ContextBuilder = Callable[[datetime, str, Actor], Any]
PlaceholderRenderer = Callable[[Placeholder, Any], str]


class Pool(Protocol):
    """What is needed of a pool of connections."""

    async def fetchrow(self, query: str, *args: Any) -> Any:
        """The first row of a statement."""


@dataclass(frozen=True)
class ContextQuery:
    """What computed fields judge by: an SQL text read with the response, and what to build from it."""

    sql: str
    build: ContextBuilder


def _evaluation_context(now: datetime, operator: str, actor: Actor) -> EvaluationContext:
    return EvaluationContext(now, actor, facts.parse(SettingsFacts, operator))


EVALUATION_CONTEXT_QUERY = ContextQuery(
    f"(SELECT {facts.select(SettingsFacts, 'o')}::text FROM operator_settings o)", _evaluation_context
)


class PlanRunner:
    """Runs plans on a pool of read-only connections."""

    def __init__(self, pool: Pool, circumstances: ContextQuery = EVALUATION_CONTEXT_QUERY) -> None:
        self._pool = pool
        self._circumstances = circumstances

    async def run(
        self, plan: Plan, variables: VariableValues, actor: Actor, render: PlaceholderRenderer = to_json
    ) -> str:
        """The response text, each hole filled with what `place` makes of the computed value.

        Raises `BrokenPromise` when something is null that its type says never is.
        """
        arguments = plan.arguments(variables)
        values = plan.values(actor, arguments)
        if not plan.placeholders:
            row = await self._pool.fetchrow(f"SELECT {plan.text}", *values)
            return _checked(row[0])
        statement = f"SELECT {plan.text}, app_now(), {self._circumstances.sql}"
        text, now, circumstances = await self._pool.fetchrow(statement, *values)
        context = self._circumstances.build(now, circumstances, actor)
        return PlaceholderFiller(plan.placeholders, arguments, context).fill(_checked(text), render)


def _checked(text: str) -> str:
    if NON_NULL_VIOLATION_MARK in text:
        raise NonNullViolation("a value is null although its type says it never is")
    return text
