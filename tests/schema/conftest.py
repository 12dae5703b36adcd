"""Fixtures of the schema's tests: both schemas, and both ways to an answer over the sample schema."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime

import asyncpg
import pytest_asyncio

from domain.database import clock
from domain.database.pools import credentials, open_read_sessions
from domain.demo import seed
from schema.execution.fast_path import FastPath
from settings import Settings
from tests.support.fixtures import in_operations as in_operations
from tests.support.fixtures import in_portal as in_portal
from tests.support.graphql.sample_reads import CIRCUMSTANCES, Reads
from tests.support.graphql.sample_rows import fill
from tests.support.graphql.sample_schema import KINDS, SCHEMA
from tests.support.servers import TestDatabase


@pytest_asyncio.fixture(scope="session")
async def reads(settings: Settings) -> AsyncIterator[Reads]:
    async with asyncpg.create_pool(**credentials(settings.database_owner_url), min_size=1, max_size=2) as writing:
        await fill(writing)
        connection = await asyncpg.connect(**credentials(settings.database_owner_url))
    await fill(connection)
    await connection.close()
    async with await open_read_sessions(settings.database_owner_url, size=4) as pool:
        yield Reads(FastPath(SCHEMA, pool, kinds=KINDS, context_query=CIRCUMSTANCES), pool)


@pytest_asyncio.fixture
async def demo(own_database: TestDatabase, database: str) -> AsyncIterator[None]:
    """The demo's rows, and a clock that stands still."""
    await own_database.fill("demo", seed)
    await clock.freeze(datetime.now(UTC))
    yield
    await clock.reset()
