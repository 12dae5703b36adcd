"""Effects of the commands of base rates."""

from typing import Any

from domain.engine.transition import TransitionContext
from domain.operator.effects import record

REPLACE_RATE = """INSERT INTO base_rates (id, holds_from, percent) VALUES (uuidv7(), $1, $2)
    ON CONFLICT (holds_from) DO UPDATE SET percent = excluded.percent RETURNING old.percent"""


async def set_base_rate(move: TransitionContext) -> None:
    """Store the rate; one of the same day is replaced. Interest that is booked already stays as it is."""
    rows = await move.connection.execute_query_dict(REPLACE_RATE, [move.input.holds_from, move.input.percent])
    old: Any = rows[0]["percent"] if rows else None
    await record(move, {"base_rate": (old, move.input.percent), "base_rate_from": (None, move.input.holds_from)})
