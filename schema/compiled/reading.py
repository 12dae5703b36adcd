"""Runs plans: one round trip, and the holes filled with the instant and settings of that same statement."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol

from graphql.execution.values import VariableValues

from domain.engine import facts
from domain.engine.context import EvaluationContext, SettingsFacts
from domain.kernel.actors import Actor
from schema.compiled.computed import Filling, Hole, written
from schema.compiled.errors import BrokenPromise
from schema.compiled.leaves import PROMISE_BROKEN
from schema.compiled.plans import Plan

Build = Callable[[datetime, str, Actor], Any]
Place = Callable[[Hole, Any], str]


class Pool(Protocol):
    """What is needed of a pool of connections."""

    async def fetchrow(self, query: str, *args: Any) -> Any:
        """The first row of a statement."""


@dataclass(frozen=True)
class Circumstances:
    """What computed fields judge by: an SQL text read with the response, and what to build from it."""

    sql: str
    build: Build


def _moment(now: datetime, operator: str, actor: Actor) -> EvaluationContext:
    return EvaluationContext(now, actor, facts.parse(SettingsFacts, operator))


MOMENT = Circumstances(f"(SELECT {facts.select(SettingsFacts, 'o')}::text FROM operator_settings o)", _moment)


class Reader:
    """Runs plans on a pool of read-only connections."""

    def __init__(self, pool: Pool, circumstances: Circumstances = MOMENT) -> None:
        self._pool = pool
        self._circumstances = circumstances

    async def read(self, plan: Plan, variables: VariableValues, actor: Actor, place: Place = written) -> str:
        """The response text, each hole filled with what `place` makes of the computed value.

        Raises `BrokenPromise` when something is null that its type says never is.
        """
        arguments = plan.arguments(variables)
        values = plan.values(actor, arguments)
        if not plan.holes:
            row = await self._pool.fetchrow(f"SELECT {plan.text}", *values)
            return _whole(row[0])
        statement = f"SELECT {plan.text}, app_now(), {self._circumstances.sql}"
        text, now, circumstances = await self._pool.fetchrow(statement, *values)
        moment = self._circumstances.build(now, circumstances, actor)
        return Filling(plan.holes, arguments, moment).fill(_whole(text), place)


def _whole(text: str) -> str:
    if PROMISE_BROKEN in text:
        raise BrokenPromise("a value is null although its type says it never is")
    return text
