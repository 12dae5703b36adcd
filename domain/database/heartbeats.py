"""Heartbeats of background processes, in real time."""

from tortoise import connections

# Not a process: when a request came by a proxy that the settings do not name. Only the doctor reads it.
UNNAMED_PROXY = "unnamed-proxy"
IS_PROCESS = f"name <> '{UNNAMED_PROXY}'"
BEAT = """INSERT INTO heartbeats (name, beat_at) VALUES ($1, clock_timestamp())
    ON CONFLICT (name) DO UPDATE SET beat_at = excluded.beat_at"""


async def beat(name: str) -> None:
    """Record that a process of this name is alive now; several of one name share the row."""
    await connections.get("default").execute_query(BEAT, [name])
