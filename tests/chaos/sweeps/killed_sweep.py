"""Two schedulers sweep thousands of due deadlines and are killed while customers move the same orders."""

import asyncio
import random
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from uuid import UUID

import asyncpg

from domain.accounts.authentication.api_tokens import issue_token
from domain.database.pools import connect, credentials, disconnect
from domain.kernel.ids import external
from tests.benchmarks.sweep_rows import templates
from tests.chaos.client import Client, GivenUp, Mutation
from tests.chaos.connection import Administrator
from tests.chaos.faults import signals
from tests.chaos.ledger import Answer, Ledger
from tests.chaos.peers.comparison import DUE, LEFT, SPREAD, copy_reviews
from tests.chaos.system import ChaosSystem, Servers, running_system
from tests.makers.accounts import a_customer_account

APPLICATION = (("api-1", "api"), ("clock-1", "clock"), ("clock-2", "clock"))
CLOCKS = ("clock-1", "clock-2")
CUSTOMERS = 8
# The first deadline is due then; customers begin before, and the last deadline follows within a second.
LEAD_SECONDS, SPREAD_SECONDS = 10.0, 1.0
GIVE_UP_SECONDS = 600.0
ACCEPT = Mutation("deliveryAccept", "delivery { id }", "/portal/graphql")
DELIVERIES = "SELECT id FROM deliveries WHERE order_id = ANY($1::uuid[]) ORDER BY id"
ENDS = """SELECT d.id, array_remove(array_agg(e.name), NULL) AS names FROM deliveries d
    LEFT JOIN events e ON e.subject_id = d.id AND e.name IN ('delivery.accept', 'delivery.autoAccept')
    WHERE d.order_id = ANY($1::uuid[]) GROUP BY d.id"""
EARLY = """SELECT count(*) FROM events
    WHERE order_id = ANY($1::uuid[]) AND name = 'delivery.autoAccept' AND at < due_at"""


@dataclass(frozen=True, kw_only=True)
class Swept:
    """What became of the deadlines."""

    due: int
    kills: int
    seconds: float
    by_customers: int
    by_clock: int
    answers: Mapping[Answer, int]
    wrong: Mapping[str, int]

    def __str__(self) -> str:
        told = ", ".join(f"{count:,} {answer}" for answer, count in self.answers.items())
        wrong = ", ".join(f"{name} {count}" for name, count in self.wrong.items())
        return (
            f"{self.due:,} due, schedulers killed {self.kills} times, all over {self.seconds:.1f} s after the first "
            f"was due: {self.by_clock:,} accepted by silence, {self.by_customers:,} by customers ({told}); {wrong}"
        )


@dataclass
class _Sweep:
    """One run over copied orders."""

    system: ChaosSystem
    administrator: Administrator
    order_ids: Sequence[UUID]
    chance: random.Random
    ledger: Ledger = field(default_factory=Ledger)
    kills: int = 0

    async def run(self, token: str, kills: int) -> Swept:
        deliveries = [row["id"] for row in await self.administrator.fetch(DELIVERIES, self.order_ids)]
        clients = [Client(self.system.base_url, token, self.ledger, self.chance) for _ in range(CUSTOMERS)]
        lives = [asyncio.create_task(self._accept(client, deliveries)) for client in clients]
        await asyncio.sleep(LEAD_SECONDS)
        began = asyncio.get_running_loop().time()
        async with asyncio.timeout(GIVE_UP_SECONDS):
            await self._kill_until_over(kills)
        seconds = asyncio.get_running_loop().time() - began
        for client in clients:
            client.has_to_end = True
        await asyncio.gather(*lives)
        await asyncio.gather(*(client.close() for client in clients))
        return await self._outcome(seconds)

    async def _accept(self, client: Client, deliveries: Sequence[UUID]) -> None:
        """Accept one delivery after the other, drawn at random, until the run is over."""
        while not client.has_to_end:
            chosen = self.chance.choice(deliveries)
            given = {"id": external("del", chosen), "versionNumber": 1}
            try:
                await client.make(ACCEPT, ("delivery.accept", str(chosen)), given)
            except GivenUp:
                return

    async def _kill_until_over(self, kills: int) -> None:
        """Kill one scheduler or both each time a further share of the deadlines is over."""
        while left := await self.administrator.fetchval(LEFT, self.order_ids):
            if self.kills < kills and left <= len(self.order_ids) * (1 - self.kills / (kills + 1)):
                victims = self.chance.choice((*((clock,) for clock in CLOCKS), CLOCKS))
                signals.kill(self.system.processes(*victims))
                self.kills += 1
            await asyncio.sleep(0.1)

    async def _outcome(self, seconds: float) -> Swept:
        ends = {row["id"]: Counter(row["names"]) for row in await self.administrator.fetch(ENDS, self.order_ids)}
        accepted = {delivery for delivery, names in ends.items() if names["delivery.accept"]}
        told = {UUID(what) for (_, what), rows in self.ledger.acknowledged.items() if rows}
        return Swept(
            due=len(self.order_ids),
            kills=self.kills,
            seconds=seconds,
            by_customers=len(accepted),
            by_clock=sum(names["delivery.autoAccept"] for names in ends.values()),
            answers=self.ledger.answers,
            wrong={
                "lost": sum(not names for names in ends.values()),
                "ended twice": sum(names.total() > 1 for names in ends.values()),
                "early": await self.administrator.fetchval(EARLY, self.order_ids),
                "acknowledged and not there": len(told - accepted),
            },
        )


async def sweep_under_kills(servers: Servers, *, due: int, kills: int, seed: int) -> Swept:
    """Copy so many deliveries under review, let all reviews end, and kill the schedulers so many times meanwhile."""
    await connect(servers.database_url)
    connection = await asyncpg.connect(**credentials(servers.administrator_url))
    found = await templates()
    token = await issue_token((await a_customer_account(found.delivered.customer)).email)
    order_ids = await copy_reviews(connection, found.delivered, found.delivery_id, due)
    await connection.execute("ANALYZE")
    await connection.close()
    await disconnect()
    administrator = Administrator(servers.administrator_url)
    try:
        async with running_system(servers, APPLICATION) as system:
            await administrator.fetch(SPREAD, order_ids, LEAD_SECONDS, SPREAD_SECONDS)
            await administrator.fetch(DUE, order_ids)
            return await _Sweep(system, administrator, order_ids, random.Random(seed)).run(token, kills)
    finally:
        await administrator.close()
