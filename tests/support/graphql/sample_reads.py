"""Both ways to an answer, side by side, over the sample schema."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from types import SimpleNamespace
from typing import Any

from domain.database.read_sessions import ReadSessions
from domain.kernel.actors import Actor, ActorKind
from schema.execution.fast_path import FastPath
from schema.execution.plan_runner import ContextQuery
from tests.support.graphql.sample_rows import ACTORS
from tests.support.graphql.sample_schema import SCHEMA


@dataclass(frozen=True)
class SampleMoment:
    """What the sample's computed fields judge by."""

    now: datetime
    actor: Actor


CIRCUMSTANCES = ContextQuery("'nothing'::text", lambda now, _text, actor: SampleMoment(now, actor))


@dataclass(frozen=True)
class Reads:
    """The fast path and the executor over the same rows."""

    fast_path: FastPath
    pool: ReadSessions

    def context(self, kind: ActorKind) -> SimpleNamespace:
        """What the executor's resolvers need."""
        return SimpleNamespace(actor=ACTORS[kind], plan_runner=self.fast_path.plan_runner, raw_json_placeholders=None)

    async def fast(
        self, query: str, kind: ActorKind = ActorKind.STAFF, variables: Mapping[str, Any] | None = None
    ) -> Any:
        """The answer of the fast path, None when it gives none."""
        answer = await self.fast_path.answer(query, variables, None, ACTORS[kind])
        return None if answer is None else json.loads(answer)

    async def ordinary(
        self, query: str, kind: ActorKind = ActorKind.STAFF, variables: Mapping[str, Any] | None = None
    ) -> Any:
        """The answer of Strawberry's executor."""
        result = await SCHEMA.execute(query, variable_values=dict(variables or {}), context_value=self.context(kind))
        answer: dict[str, Any] = {"data": result.data}
        if result.errors:
            answer["errors"] = [error.formatted for error in result.errors]
        return answer

    async def both(
        self, query: str, kind: ActorKind = ActorKind.STAFF, variables: Mapping[str, Any] | None = None
    ) -> Any:
        """The data, once both ways were seen to agree."""
        fast = await self.fast(query, kind, variables)
        ordinary = await self.ordinary(query, kind, variables)
        assert fast is not None
        assert fast == ordinary
        return fast["data"]

    async def same(self, query: str, kind: ActorKind, variables: Mapping[str, Any]) -> None:
        """Both ways agree: on the data, or that an argument is wrong."""
        fast = await self.fast(query, kind, variables)
        ordinary = await self.ordinary(query, kind, variables)
        if fast is not None:
            assert fast == ordinary
            return
        assert {error["extensions"]["code"] for error in ordinary["errors"]} == {"BAD_USER_INPUT"}
