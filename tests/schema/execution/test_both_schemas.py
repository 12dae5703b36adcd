"""Operations and portal: every field for every kind of actor, the same on both paths, over the demo's rows."""

import json
from collections.abc import AsyncIterator
from datetime import UTC, datetime
from types import SimpleNamespace
from typing import Any

import pytest
import pytest_asyncio
import strawberry

from domain.database import clock
from domain.database.pools import read_sessions
from domain.demo import seed
from domain.kernel.actors import OPERATIONS_KINDS, PORTAL_KINDS, Actor, ActorKind, Role
from schema.execution.fast_path import FastPath
from schema.operations import schema as operations
from schema.portal import schema as portal
from tests.support.graphql.field_queries import every_field
from tests.support.graphql.nullability import nullable_columns_of_non_null_fields

SIDES = {"operations": (operations, OPERATIONS_KINDS), "portal": (portal, PORTAL_KINDS)}


@pytest_asyncio.fixture
async def demo(database: str) -> AsyncIterator[None]:
    """The demo's rows, and a clock that stands still."""
    await seed(None)
    await clock.freeze(datetime.now(UTC))
    yield
    await clock.reset()


async def somebody(kind: ActorKind) -> Actor:
    """A person of this kind who sees something."""
    pool = read_sessions()
    member = await pool.fetchrow("SELECT member_id, customer_id FROM orders GROUP BY 1, 2 ORDER BY count(*) DESC, 1, 2")
    account = await pool.fetchval("SELECT account_id FROM members WHERE id = $1", member["member_id"])
    offered = await pool.fetchval("SELECT id FROM orders WHERE status = 'AWAITING_CUSTOMER' ORDER BY id")
    match kind:
        case ActorKind.MEMBER:
            return Actor(kind=kind, role=Role.MEMBER, account_id=account, member_id=member["member_id"])
        case ActorKind.CUSTOMER:
            return Actor(kind=kind, role=Role.CUSTOMER, customer_ids=(member["customer_id"],), language="en")
        case ActorKind.LINK:
            return Actor(kind=kind, role=Role.CUSTOMER, order_id=offered)
    return Actor(kind=kind, role=Role.STAFF, account_id=account, language="en")


async def answers(schema: strawberry.Schema, query: str, actor: Actor) -> tuple[Any, Any]:
    """What the fast path and the executor say."""
    fast_path = FastPath(schema, read_sessions(), kinds={actor.kind})
    body = await fast_path.answer(query, None, None, actor)
    context = SimpleNamespace(actor=actor, plan_runner=fast_path.plan_runner, language=actor.language)
    result = await schema.execute(query, context_value=context)
    assert result.errors is None, (query, result.errors)
    return body and json.loads(body)["data"], result.data


async def test_every_field_is_the_same_on_both_paths_for_everybody(demo: None) -> None:
    for schema, kinds in SIDES.values():
        for kind in sorted(kinds):
            actor = await somebody(kind)
            for query in every_field(schema._schema):
                fast, ordinary = await answers(schema, query, actor)
                assert fast == ordinary, (kind, query)


@pytest.mark.parametrize("side", SIDES)
async def test_what_is_never_null_cannot_be(pools: None, side: str) -> None:
    assert await nullable_columns_of_non_null_fields(SIDES[side][0]._schema, read_sessions()) == []
