"""Hash chains, looked at without the pools of the application."""

from collections.abc import Sequence

from domain.engine.event_log import BROKEN_CHAINS
from tests.chaos.connection import Administrator


async def broken_chains(administrator: Administrator) -> Sequence[object]:
    """Events that do not follow from their predecessor."""
    return [dict(row) for row in await administrator.fetch(BROKEN_CHAINS)]
