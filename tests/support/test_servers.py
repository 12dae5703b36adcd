"""The servers of the tests themselves."""

import asyncpg
from redis.asyncio import Redis


async def test_each_worker_has_a_migrated_database(database: str) -> None:
    connection = await asyncpg.connect(database)

    tables = await connection.fetchval("SELECT count(*) FROM pg_tables WHERE schemaname = 'public'")

    await connection.close()
    assert tables > 10


async def test_valkey_answers(redis_url: str) -> None:
    async with Redis.from_url(redis_url) as redis:
        assert await redis.ping()
