"""Proof that every contestant leaves the same rows; without it a comparison of their speed says nothing."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

import asyncpg
from redis.asyncio import Redis

from tests.benchmarks.move_cases import CASES, MoveCase
from tests.benchmarks.move_contest import LIMIT, ORM, OURS, Contest, Entry
from tests.benchmarks.row_proof import Left, broken_chains, by_table, differences, rows_left

PROVED = 32
AT_ONCE = 16
ORDERS_OF = """SELECT coalesce(d.order_id, s.id) AS id FROM unnest($1::uuid[]) AS s (id)
    LEFT JOIN deliveries d ON d.id = s.id"""


async def prove(contest: Contest, connection: asyncpg.Connection, redis_url: str) -> None:
    """Let each contestant make each move, which also warms it up, and compare the rows that it leaves."""
    async with Redis.from_url(redis_url) as redis:
        proof = _Proof(contest, connection, redis)
        for case in CASES:
            await proof.compare(case)
    broken = await broken_chains()
    assert not broken, f"{broken} broken chains"
    print(f"rows of {PROVED} moves each: the same from {OURS}, {LIMIT} and {ORM}, column by column; broken chains: 0")


@dataclass(frozen=True)
class _Proof:
    contest: Contest
    connection: asyncpg.Connection
    redis: Redis

    async def compare(self, case: MoveCase) -> None:
        ours = await self._left_by_us(case)
        for way in (LIMIT, ORM):
            subject_ids = self.contest.take(case, PROVED)
            await self.contest.make(Entry(case, AT_ONCE, way), subject_ids)
            different = differences(ours, await self._rows(subject_ids))
            assert not different, f"{case.name}, {OURS} and {way}:\n" + "\n".join(different)

    async def _left_by_us(self, case: MoveCase) -> Left:
        """The rows that our moves leave; prints how many one move adds to which tables."""
        subject_ids = self.contest.take(case, PROVED)
        before, commands = await self._rows(subject_ids), await self._commands()
        await self.contest.make(Entry(case, AT_ONCE, OURS), subject_ids)
        left, to_redis = await self._rows(subject_ids), (await self._commands() - commands) / PROVED
        made = ", ".join(f"{count / PROVED:g} {name}" for name, count in by_table(left, before).items())
        print(f"{case.name} adds to {made}; about {to_redis:.0f} commands to Redis")
        return left

    async def _rows(self, subject_ids: Sequence[UUID]) -> Left:
        """The rows of the orders that these are, or that these deliveries belong to."""
        orders = [row["id"] for row in await self.connection.fetch(ORDERS_OF, subject_ids)]
        return await rows_left(self.connection, orders)

    async def _commands(self) -> int:
        found: int = (await self.redis.info("stats"))["total_commands_processed"]
        return found
