"""Processes as their signs of life show them."""

from datetime import datetime

import strawberry

from schema.declarations.fields import column
from schema.shared.translated_fields import translated

SILENCE = "greatest(0, floor(extract(epoch FROM clock_timestamp() - {t}.beat_at)))::int"
MAX_SILENCE_SECONDS = 30


@strawberry.type(description="A kind of background process, and when one of it was last seen alive.")
class BackgroundProcess:
    """The sign of life of a kind of process."""

    name: str = column(description="Its name: `clock`, `worker`.")
    label: str = translated("process", "{t}.name", description="That in the viewer's language.")
    last_seen_at: datetime = column("{t}.beat_at", description="When one was last seen alive, in real time.")
    silent_seconds: int = column(SILENCE, description="How long ago that is, in seconds.")
    is_alive: bool = column(
        f"{SILENCE} <= {MAX_SILENCE_SECONDS}",
        description=f"Whether one was seen within the last {MAX_SILENCE_SECONDS} seconds.",
    )
