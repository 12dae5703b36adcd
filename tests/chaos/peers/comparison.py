"""Our schedulers and workers of procrastinate over the same due deadlines, killed in the same way."""

import asyncio
import random
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

import asyncpg

from domain.database.pools import connect, credentials, disconnect
from tests.benchmarks import delayed_jobs, move_rows
from tests.benchmarks.sweep_rows import OF_DELIVERIES, templates
from tests.chaos import lateness
from tests.chaos.connection import Administrator
from tests.chaos.faults import signals
from tests.chaos.lateness import Lateness
from tests.chaos.mail_sink import a_mail_sink
from tests.chaos.race_rows import ONLY_RACING, REVIEW
from tests.chaos.system import Servers, application_environment, supervised
from tests.makers.orders import Case
from workers.supervision.child_process import ChildProcess
from workers.supervision.process_monitor import werkstand_command

OURS, THEIRS = "Werkstand", "procrastinate"
COMMANDS = {OURS: werkstand_command("clock"), THEIRS: [sys.executable, "-m", "tests.chaos.peers.process"]}
PROCESSES = 2
# Both kinds of processes have started when the first deadline is due.
LEAD_SECONDS, GRACE_SECONDS = 20.0, 90.0
SHORTEST_REST, LONGEST_REST = 1.5, 4.5
KILLS_OF_POSTGRES = 0.12
SPREAD = """UPDATE deliveries d SET delivered_at = d.delivered_at - interval '4 days',
        review_ends_at = app_now() + make_interval(secs => $2 + $3 * n.share)
    FROM (SELECT id, percent_rank() OVER (ORDER BY id) AS share FROM deliveries WHERE order_id = ANY($1::uuid[])) n
    WHERE n.id = d.id"""
DUE = """UPDATE deadlines SET anchor_at = d.review_ends_at, due_at = d.review_ends_at,
        next_attempt_at = d.review_ends_at
    FROM deliveries d WHERE d.id = subject_id AND d.order_id = ANY($1::uuid[]) AND kind = 'delivery.autoAccept'"""
LEFT = """SELECT count(*) FROM deliveries WHERE order_id = ANY($1::uuid[]) AND status = 'DELIVERED'"""
FIRED = """SELECT subject_id, due_at, at FROM events
    WHERE order_id = ANY($1::uuid[]) AND name = 'delivery.autoAccept'"""


@dataclass(frozen=True, kw_only=True)
class Outcome:
    """What became of the deadlines of one contestant."""

    name: str
    due: int
    kills: int
    lost: int
    doubled: int
    early: int
    lateness: Lateness

    def __str__(self) -> str:
        return (
            f"{self.name:14} {self.due:,} due, {self.kills} kills: lost {self.lost}, doubled {self.doubled}, "
            f"early {self.early}, lateness {self.lateness}"
        )


async def compare(servers: Servers, *, due: int, seconds: float, seed: int) -> list[Outcome]:
    """Each of them, one after the other, with as many deadlines, spread over so many seconds, and the same kills."""
    await connect(servers.database_url)
    connection = await asyncpg.connect(**credentials(servers.administrator_url))
    found = await templates()
    await disconnect()
    await delayed_jobs.create_tables(servers.administrator_url)
    outcomes = []
    async with a_mail_sink(servers.folder / "mails") as mails:
        own = application_environment(servers) | {"REDIS_URL": "", "SMTP_URL": mails.url}
        # Its tables belong to the administrator, who may do everything.
        environments = {OURS: own, THEIRS: own | {"DATABASE_URL": servers.administrator_url}}
        for name, environment in environments.items():
            order_ids = await copy_reviews(connection, found.delivered, found.delivery_id, due)
            await connection.execute("ANALYZE")
            contest = _Contest(name, servers, environment, order_ids, random.Random(seed))
            outcomes.append(await contest.run(seconds))
            # PostgreSQL was killed meanwhile.
            connection = await asyncpg.connect(**credentials(servers.administrator_url))
    await connection.close()
    return outcomes


async def copy_reviews(connection: asyncpg.Connection, template: Case, delivery_id: UUID, count: int) -> list[UUID]:
    """So many orders with a delivery under review, of whose deadlines only the end of the review remains."""
    order_ids = await move_rows.copy_orders(connection, template, count)
    await move_rows.copy_deliveries(connection, template, delivery_id, order_ids)
    await move_rows.copy_to(connection, template, order_ids, OF_DELIVERIES)
    await connection.execute(ONLY_RACING, [template.order.id, *order_ids], [REVIEW])
    return order_ids


@dataclass
class _Contest:
    """One contestant's processes over its deadlines."""

    name: str
    servers: Servers
    environment: dict[str, str]
    order_ids: list[UUID]
    chance: random.Random
    kills: int = 0

    async def run(self, seconds: float) -> Outcome:
        administrator = Administrator(self.servers.administrator_url)
        await administrator.fetch(SPREAD, self.order_ids, LEAD_SECONDS, seconds)
        await administrator.fetch(DUE, self.order_ids)
        if self.name == THEIRS:
            await administrator.do(lambda connection: delayed_jobs.defer_pending(connection, self.order_ids))
        processes = [self._process(number) for number in range(PROCESSES)]
        for each in processes:
            self.servers.monitor.start(each)
        async with supervised(self.servers.monitor):
            await asyncio.sleep(LEAD_SECONDS)
            await self._kill_until_over(processes, seconds)
            await self._settle(administrator)
        for each in processes:
            self.servers.monitor.children.remove(each)
            each.request_stop()
            each.wait_until_stopped()
        outcome = await self._outcome(administrator)
        await administrator.close()
        return outcome

    def _process(self, number: int) -> ChildProcess:
        log = self.servers.folder / "log" / f"{self.name}-{number}.log"
        return ChildProcess(
            name=f"{self.name}-{number}", command=COMMANDS[self.name], log=log, environment=self.environment
        )

    async def _kill_until_over(self, processes: Sequence[ChildProcess], seconds: float) -> None:
        ends = asyncio.get_running_loop().time() + seconds
        postgres = [child for child in self.servers.monitor.children if child.name == "postgres"]
        while asyncio.get_running_loop().time() < ends:
            await asyncio.sleep(self.chance.uniform(SHORTEST_REST, LONGEST_REST))
            hits_postgres, victim = self.chance.random() < KILLS_OF_POSTGRES, self.chance.choice(processes)
            signals.kill(postgres if hits_postgres else [victim])
            self.kills += 1

    async def _settle(self, administrator: Administrator) -> None:
        give_up_at = asyncio.get_running_loop().time() + GRACE_SECONDS
        while await administrator.fetchval(LEFT, self.order_ids):
            await asyncio.sleep(0.5)
            if asyncio.get_running_loop().time() > give_up_at:
                return

    async def _outcome(self, administrator: Administrator) -> Outcome:
        rows = await administrator.fetch(FIRED, self.order_ids)
        subjects = {row["subject_id"] for row in rows}
        late = [(row["at"] - row["due_at"]).total_seconds() for row in rows]
        return Outcome(
            name=self.name,
            due=len(self.order_ids),
            kills=self.kills,
            lost=len(self.order_ids) - len(subjects),
            doubled=len(rows) - len(subjects),
            early=sum(each < 0 for each in late),
            lateness=lateness.of(late),
        )
