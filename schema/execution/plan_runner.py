"""Execution of plans: one round trip; placeholders are filled with the instant and settings of that statement."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol

from graphql import GraphQLResolveInfo
from graphql.execution.values import VariableValues

from domain.engine import facts
from domain.engine.context import EvaluationContext, SettingsFacts
from domain.kernel.actors import Actor
from schema.compiler.errors import NonNullViolation
from schema.compiler.leaf_values import NON_NULL_VIOLATION_MARK
from schema.compiler.placeholders import Placeholder
from schema.declarations.types import Declaration
from schema.execution.placeholder_filler import PlaceholderFiller, to_json
from schema.execution.plans import Plan

ContextBuilder = Callable[[datetime, str, Actor], Any]
PlaceholderRenderer = Callable[[Placeholder, Any], str]
Resolve = Callable[[Declaration, str, Any, GraphQLResolveInfo[Any]], Any]


class Pool(Protocol):
    """A pool of connections, as far as plans need one."""

    async def fetchrow(self, query: str, *args: Any, plans_for_values: bool = False) -> Any:
        """The first row of a statement, which is planned once, or for these very values."""


@dataclass(frozen=True)
class ContextQuery:
    """The context of computed fields: an SQL text read with the response, and the value to build from it."""

    sql: str
    build: ContextBuilder


def _evaluation_context(now: datetime, operator: str, actor: Actor) -> EvaluationContext:
    return EvaluationContext(now, actor, facts.parse(SettingsFacts, operator))


EVALUATION_CONTEXT_QUERY = ContextQuery(
    f"(SELECT {facts.select(SettingsFacts, 'o')}::text FROM operator_settings o)", _evaluation_context
)


class PlanRunner:
    """Runs plans on a pool of read-only connections; `resolve` resolves declared fields for the executor."""

    def __init__(self, pool: Pool, resolve: Resolve, context_query: ContextQuery = EVALUATION_CONTEXT_QUERY) -> None:
        self._pool, self.resolve, self._context_query = pool, resolve, context_query

    async def run(
        self, plan: Plan, variables: VariableValues, actor: Actor, render: PlaceholderRenderer = to_json
    ) -> str:
        """The response text, each placeholder filled with the text that `render` makes of the computed value.

        Raises `NonNullViolation` when a value is null although its type is non-null.
        """
        arguments = plan.arguments(variables)
        values = plan.values(actor, arguments)
        if not plan.placeholders:
            row = await self._pool.fetchrow(f"SELECT {plan.text}", *values, plans_for_values=plan.searches)
            return _checked(row[0])
        statement = f"SELECT {plan.text}, app_now(), {self._context_query.sql}"
        text, now, found = await self._pool.fetchrow(statement, *values, plans_for_values=plan.searches)
        context = self._context_query.build(now, found, actor)
        return PlaceholderFiller(plan.placeholders, arguments, context).fill(_checked(text), render)


def _checked(text: str) -> str:
    if NON_NULL_VIOLATION_MARK in text:
        raise NonNullViolation("a value is null although its type says it never is")
    return text
