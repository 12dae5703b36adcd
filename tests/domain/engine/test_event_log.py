"""Event log: events are chained and cannot be changed."""

import asyncpg
import pytest
from tortoise import connections

from domain.database.pending_writes import writing
from domain.engine import event_log
from domain.engine.context import read_context
from domain.engine.event_log import NewEvent
from domain.kernel.actors import CLOCK, Actor, ActorKind, Role
from domain.kernel.ids import new_id
from tests.support.tampering import tamper

pytestmark = pytest.mark.database

AS_ALWAYS = """SELECT count(*)::int AS others FROM events e WHERE hash <> sha256(previous_hash || convert_to(
    jsonb_build_array(id, subject_kind, subject_id, sequence, order_id, name, extract(epoch FROM at),
        extract(epoch FROM due_at), actor_role, account_id, link_id, actor_name, audience, body)::text, 'UTF8'))"""


async def three_events() -> None:
    subject_id = new_id()
    async with writing() as writes:
        moment = await read_context(writes.connection, CLOCK)
        for name in ("order.submit", "order.approve", "order.confirm"):
            happening = NewEvent(
                name=name, subject_kind="order", subject_id=subject_id, order_id=None, audience={Role.MEMBER}
            )
            await event_log.append(writes, happening, moment)


async def test_each_event_is_chained_to_the_one_before() -> None:
    await three_events()

    rows = await connections.get("default").execute_query_dict(
        "SELECT sequence, previous_hash, hash FROM events ORDER BY sequence"
    )

    assert [row["sequence"] for row in rows] == [1, 2, 3]
    assert rows[1]["previous_hash"] == rows[0]["hash"]
    assert await event_log.broken_chains(connections.get("default")) == []


async def test_an_event_cannot_be_changed_or_removed(owner: asyncpg.Connection) -> None:
    await three_events()

    for statement in ("UPDATE events SET name = 'order.decline'", "DELETE FROM events"):
        with pytest.raises(asyncpg.RestrictViolationError, match="insert-only"):
            await owner.execute(statement)


async def test_a_forged_event_is_found(owner: asyncpg.Connection) -> None:
    await three_events()

    await tamper(owner, "UPDATE events SET name = 'order.decline' WHERE sequence = 2")

    assert [row["sequence"] for row in await event_log.broken_chains(connections.get("default"))] == [2]


async def test_hashes_are_those_that_were_written_ever_since() -> None:
    """How they are computed may change, what they are must not: chains outlive versions."""
    connection = connections.get("default")
    awkward = 'Zoë "O\'Neil" \\ 漢字 \t\u2028 </b>'
    async with writing() as writes:
        moment = await read_context(writes.connection, Actor(kind=ActorKind.STAFF, role=Role.STAFF, name=awkward))
        for body in ({}, {"text": awkward, "net": "1.50", "deep": [{"none": None, "is": True, "of": 1.5e30}]}):
            happening = NewEvent(
                name="order.submit",
                subject_kind="order",
                subject_id=new_id(),
                order_id=new_id(),
                audience=set(Role) if body else (),
                due_at=moment.now,
                body=body,
            )
            await event_log.append(writes, happening, moment)

    assert await connection.execute_query_dict(AS_ALWAYS) == [{"others": 0}]
    assert await event_log.broken_chains(connection) == []
