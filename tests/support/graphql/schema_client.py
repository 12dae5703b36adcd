"""A client of one schema in process, which compares both ways to an answer."""

import json
from collections.abc import AsyncIterator, Collection, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any, cast
from uuid import UUID

import strawberry

from domain.database.pools import read_sessions
from domain.database.read_sessions import ReadSessions
from domain.kernel.actors import OPERATIONS_KINDS, PORTAL_KINDS, Actor, ActorKind
from domain.kernel.ids import external
from schema import operations, portal
from schema.execution.fast_path import FastPath
from schema.shared.context import Context
from settings import Settings

PAYLOAD = "errors { __typename code reason message remedy path } replayed"


@dataclass
class NoChanges:
    """Changes of these orders, already here."""

    order_ids: tuple[UUID, ...] = ()

    async def orders(self, *, only: UUID | None = None) -> AsyncIterator[UUID]:
        for order_id in self.order_ids:
            if only in (None, order_id):
                yield order_id


@dataclass(frozen=True)
class SchemaClient:
    """One schema with its fast path."""

    schema: strawberry.Schema
    fast_path: FastPath
    settings: Settings
    kinds: Collection[ActorKind]

    async def ask(self, query: str, actor: Actor, /, **variables: Any) -> Any:
        """The data of a query, once both ways agreed on it."""
        fast = await self.fast_path.answer(query, variables, None, actor)
        assert fast is not None, "this did not compile"
        answer = json.loads(fast)["data"]
        assert answer == await self.slowly(query, actor, **variables)
        return answer

    async def slowly(self, query: str, actor: Actor, /, **variables: Any) -> Any:
        """The data that the executor gives; top-level errors fail the test."""
        result = await self.execute(query, actor, **variables)
        assert not result.errors, result.errors
        return result.data

    async def execute(self, query: str, actor: Actor, /, **variables: Any) -> Any:
        """The executor's whole result."""
        return await self.schema.execute(query, variable_values=variables, context_value=self.context(actor))

    async def move(self, name: str, actor: Actor, given: Mapping[str, Any], *, entity: str = "") -> Any:
        """Make a move by its mutation; gives the payload. `entity` selects from it: `order { status }`."""
        kind = f"{name[0].upper()}{name[1:]}Input!"
        query = f"mutation($input: {kind}) {{ {name}(input: $input) {{ {entity} {PAYLOAD} }} }}"
        return (await self.slowly(query, actor, input=dict(given)))[name]

    def context(self, actor: Actor, *changed: UUID) -> Context:
        """The context of a request of this actor."""
        return Context(
            actor=actor,
            language=actor.language,
            request_id="a-request",
            settings=self.settings,
            plan_runner=self.fast_path.plan_runner,
            read_sessions=read_sessions(),
            visible_changes=cast(Any, NoChanges(changed)),
        )


def operations_client(settings: Settings) -> SchemaClient:
    return SchemaClient(
        operations.schema,
        _operations_reads(read_sessions()),
        settings,
        OPERATIONS_KINDS,
    )


def portal_client(settings: Settings) -> SchemaClient:
    return SchemaClient(portal.schema, _portal_reads(read_sessions()), settings, PORTAL_KINDS)


# Compiled reads are kept for all tests of a worker, as an API process keeps them for all requests.
@cache
def _operations_reads(pool: ReadSessions) -> FastPath:
    return FastPath(operations.schema, pool, kinds=OPERATIONS_KINDS)


@cache
def _portal_reads(pool: ReadSessions) -> FastPath:
    return FastPath(portal.schema, pool, kinds=PORTAL_KINDS)


def outside(order_id: UUID) -> str:
    """An order's identifier as the API writes it."""
    return external("ord", order_id)
