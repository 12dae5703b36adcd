"""The indexes that no statement has used since the database was filled; run after other benchmarks, in one run."""

import asyncio

import asyncpg

from domain.database.pools import credentials
from settings import Settings

# The statistics of other sessions arrive within a second.
PAUSE_SECONDS = 2
# Primary keys and unique indexes have a task even where nothing is found by them.
UNUSED = """SELECT s.relname AS table_name, s.indexrelname AS name, pg_get_indexdef(s.indexrelid) AS definition,
        pg_size_pretty(pg_relation_size(s.indexrelid)) AS size
    FROM pg_stat_user_indexes s JOIN pg_index i ON i.indexrelid = s.indexrelid
    WHERE s.idx_scan = 0 AND NOT i.indisunique ORDER BY s.relname, s.indexrelname"""


async def run(settings: Settings) -> None:
    """Print each of them with its size."""
    await asyncio.sleep(PAUSE_SECONDS)
    connection = await asyncpg.connect(**credentials(settings.database_url))
    for row in await connection.fetch(UNUSED):
        print(f"{row['table_name']}: {row['name']} ({row['size']}) {row['definition'].partition(' ON ')[2]}")
    await connection.close()
