"""Named points: states that are seen from outside, just after which processes are killed."""

import asyncio
import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from tests.chaos.connection import Administrator
from tests.chaos.mail_sink import at_once
from tests.chaos.system import ChaosSystem

LOOK_SECONDS, PATIENCE_SECONDS = 0.004, 3.0
# Long enough to kill who waits for the answer.
HOLD_SECONDS = 0.2


@dataclass(frozen=True, kw_only=True)
class Point:
    """A statement whose value changes when the point is reached, and who may be killed then: all of one group."""

    seen_by: str
    victims: Sequence[Sequence[str]]


SENDERS = (("worker",), ("clock-1", "clock-2"), ("worker", "clock-1", "clock-2"))
APIS = (("api-1",), ("api-2",), ("api-1", "api-2"))
POINTS: Mapping[str, Point] = {
    "a message is claimed": Point(
        seen_by="""SELECT count(*) FROM outbox WHERE state = 'PENDING' AND attempts > 0
            AND next_attempt_at > clock_timestamp() + interval '10 seconds'""",
        victims=SENDERS,
    ),
    "a transaction is open": Point(
        seen_by="""SELECT count(*) FROM pg_stat_activity
            WHERE usename = 'werkstand_runtime' AND state = 'idle in transaction' AND backend_xid IS NOT NULL""",
        victims=(*APIS, ("clock-1", "clock-2")),
    ),
    "a move is committed": Point(
        seen_by="SELECT id FROM events WHERE due_at IS NULL ORDER BY id DESC LIMIT 1", victims=APIS
    ),
    "a deadline is committed": Point(
        seen_by="SELECT id FROM events WHERE due_at IS NOT NULL ORDER BY id DESC LIMIT 1",
        victims=(("clock-1",), ("clock-2",), ("clock-1", "clock-2"), ("worker",)),
    ),
    "a bulk operation begins": Point(seen_by="SELECT id FROM bulk_operations ORDER BY id DESC LIMIT 1", victims=APIS),
    "a mail is accepted, and not yet marked": Point(seen_by="", victims=SENDERS),
}


async def reached(
    point: Point, administrator: Administrator, system: ChaosSystem, chance: random.Random
) -> Sequence[str]:
    """Wait until the point is reached, not for long; returns who is to be killed, nothing when it was not reached."""
    victims = chance.choice(point.victims)
    try:
        async with asyncio.timeout(PATIENCE_SECONDS):
            await (_statement_changes(point, administrator) if point.seen_by else _mail_arrives(system))
    except TimeoutError:
        return ()
    return victims


async def _statement_changes(point: Point, administrator: Administrator) -> None:
    before = await administrator.fetchval(point.seen_by)
    while await administrator.fetchval(point.seen_by) == before:  # noqa: ASYNC110 - the database offers no event
        await asyncio.sleep(LOOK_SECONDS)


async def _mail_arrives(system: ChaosSystem) -> None:
    """The mail server has kept a mail, and its sender does not know it yet."""
    arrived = asyncio.Event()

    async def hold_answer() -> None:
        arrived.set()
        await asyncio.sleep(HOLD_SECONDS)

    system.mails.before_answer = hold_answer
    try:
        await arrived.wait()
    finally:
        system.mails.before_answer = at_once
