"""Trying something in the database and undoing it, and seeing whether anything was written."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from tortoise.backends.base.client import BaseDBAsyncClient
from tortoise.transactions import in_transaction

TABLES = "SELECT tablename FROM pg_tables WHERE schemaname = 'public' ORDER BY tablename"


class Undo(Exception):
    """Raised to roll back; never leaves this module."""


@asynccontextmanager
async def rolled_back() -> AsyncIterator[BaseDBAsyncClient]:
    """Everything that is done inside is undone at the end."""
    try:
        async with in_transaction() as connection:
            yield connection
            raise Undo
    except Undo:
        return


async def contents(connection: BaseDBAsyncClient) -> str:
    """A digest of everything in the database: equal before and after means that nothing was written."""
    tables = [row["tablename"] for row in await connection.execute_query_dict(TABLES)]
    whole = "md5(coalesce(string_agg(t::text, '|' ORDER BY t::text), ''))"
    digests = [f"SELECT '{table}' AS name, {whole} AS digest FROM {table} t" for table in tables]
    (row,) = await connection.execute_query_dict(
        f"SELECT md5(string_agg(name || digest, '' ORDER BY name)) AS digest FROM ({' UNION ALL '.join(digests)}) d"
    )
    digest: str = row["digest"]
    return digest
