"""The same due moves as delayed jobs of procrastinate, each one transaction written by hand."""

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from datetime import datetime
from uuid import UUID

import asyncpg
from procrastinate import App, PsycopgConnector

from domain.database.pools import SESSION_LIMITS, credentials
from tests.benchmarks.by_hand.due import STATEMENTS

CONCURRENCY = 4
TASK = "fire"
DEFER = f"""INSERT INTO procrastinate_jobs (queue_name, task_name, args, scheduled_at)
    SELECT 'default', '{TASK}', jsonb_build_object('kind', d.kind, 'subject_id', d.subject_id, 'due_at', d.due_at),
        d.due_at
    FROM deadlines d WHERE d.order_id = ANY($1::uuid[]) AND d.state = 'PENDING' AND {{which}} ORDER BY d.due_at, d.id"""
REPLACE = "DELETE FROM deadlines WHERE order_id = ANY($1::uuid[]) AND state = 'PENDING' AND {which}"
DUE, PENDING = "due_at <= app_now()", "TRUE"
SUCCEEDED = "SELECT count(*) FROM procrastinate_jobs WHERE status = 'succeeded' AND attempts = 1"


def jobs(database_url: str) -> App:
    """The application whose tasks are the jobs, closed."""
    found = credentials(database_url)
    session = {name: found[name] for name in ("host", "port", "user", "password")} | {"dbname": found["database"]}
    connector = PsycopgConnector(kwargs=session, min_size=CONCURRENCY, max_size=CONCURRENCY)
    return App(connector=connector)


async def create_tables(database_url: str) -> None:
    """Create the tables and functions of procrastinate."""
    async with jobs(database_url).open_async() as app:
        await app.schema_manager.apply_schema_async()


async def defer_due(connection: asyncpg.Connection, order_ids: list[UUID]) -> None:
    """Make a job of every due deadline of these orders, which then have no due deadline of ours."""
    await _defer(connection, order_ids, DUE)


async def defer_pending(connection: asyncpg.Connection, order_ids: list[UUID]) -> None:
    """Make a job of every pending deadline of these orders, for when it is due; they then have none of ours."""
    await _defer(connection, order_ids, PENDING)


async def _defer(connection: asyncpg.Connection, order_ids: list[UUID], which: str) -> None:
    await connection.execute(DEFER.format(which=which), order_ids)
    await connection.execute(REPLACE.format(which=which), order_ids)


@asynccontextmanager
async def worker(database_url: str) -> AsyncIterator[Callable[[], Awaitable[None]]]:
    """A worker that is connected; what is given runs it until no job is due."""
    async with firing_app(database_url) as app:

        async def work_off() -> None:
            await app.run_worker_async(
                concurrency=CONCURRENCY, wait=False, listen_notify=False, install_signal_handlers=False
            )

        yield work_off


@asynccontextmanager
async def firing_app(database_url: str) -> AsyncIterator[App]:
    """The application that makes the moves, connected."""
    pool = await asyncpg.create_pool(
        **credentials(database_url), server_settings=SESSION_LIMITS, min_size=CONCURRENCY, max_size=CONCURRENCY
    )
    app = jobs(database_url)

    @app.task(name=TASK)
    async def fire(kind: str, subject_id: str, due_at: str) -> None:
        lock, write = STATEMENTS[kind]
        values = UUID(subject_id), datetime.fromisoformat(due_at)
        async with pool.acquire() as session, session.transaction():
            if await session.fetchval(lock, *values):
                await session.execute(write, *values)

    async with app.open_async():
        yield app
    await pool.close()
