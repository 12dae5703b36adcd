"""Showing that a background process is alive, in real time."""

from datetime import timedelta

from tortoise import connections

BEAT = """INSERT INTO heartbeats (name, beat_at) VALUES ($1, clock_timestamp())
    ON CONFLICT (name) DO UPDATE SET beat_at = excluded.beat_at"""
SILENCE = "SELECT clock_timestamp() - beat_at AS silence FROM heartbeats WHERE name = $1"


async def beat(name: str) -> None:
    """Note that a process of this name is alive now; several of one name share the row."""
    await connections.get("default").execute_query(BEAT, [name])


async def silence_of(name: str) -> timedelta | None:
    """How long nothing was heard; nothing when there never was a beat."""
    rows = await connections.get("default").execute_query_dict(SILENCE, [name])
    return rows[0]["silence"] if rows else None
