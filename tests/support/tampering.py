"""Changes of the history as only the owner of its tables can make them."""

import asyncpg


async def tamper(owner: asyncpg.Connection, statement: str, *values: object, table: str = "events") -> None:
    """Change a table although triggers protect it, by taking them away for one statement."""
    async with owner.transaction():
        await owner.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
        await owner.execute(statement, *values)
        await owner.execute(f"ALTER TABLE {table} ENABLE TRIGGER USER")
