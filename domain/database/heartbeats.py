"""Showing that a background process is alive, in real time."""

from tortoise import connections

BEAT = """INSERT INTO heartbeats (name, beat_at) VALUES ($1, clock_timestamp())
    ON CONFLICT (name) DO UPDATE SET beat_at = excluded.beat_at"""


async def beat(name: str) -> None:
    """Note that a process of this name is alive now; several of one name share the row."""
    await connections.get("default").execute_query(BEAT, [name])
