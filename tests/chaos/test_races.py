"""A customer's move races against its deadline: one of them wins, and the other is told so."""

import asyncio
import random
from collections.abc import AsyncIterator

import asyncpg
import pytest
import pytest_asyncio

from api.dependencies import build_dependencies, open_dependencies
from domain.commands import fire_due_deadlines
from settings import Settings
from tests.chaos.races import RACES, run_races
from tests.support.live_server import serving

pytestmark = [pytest.mark.database, pytest.mark.long]

RACES_OF_A_PAIR = 10
TICK_SECONDS = 0.2


@pytest_asyncio.fixture
async def address(settings: Settings, database: str, redis_url: str) -> AsyncIterator[str]:
    """The application behind a real server."""
    dependencies = build_dependencies(settings)
    async with open_dependencies(dependencies), serving(dependencies) as found:
        yield f"http://{found}"


@pytest_asyncio.fixture
async def two_schedulers(database: str) -> AsyncIterator[None]:
    """Two sweeps that run side by side, again and again."""

    async def sweep() -> None:
        while True:
            await fire_due_deadlines()
            await asyncio.sleep(TICK_SECONDS)

    sweeps = [asyncio.create_task(sweep()) for _ in range(2)]
    yield
    for each in sweeps:
        each.cancel()
    await asyncio.gather(*sweeps, return_exceptions=True)


async def test_each_race_has_one_winner_and_the_loser_is_told(
    address: str, owner: asyncpg.Connection, two_schedulers: None
) -> None:
    tally = await run_races(address, owner, RACES_OF_A_PAIR, random.Random(1))

    assert not tally.wrong, "\n".join(tally.lines())
    assert tally.won_by_person.total() + tally.won_by_clock.total() == RACES_OF_A_PAIR * len(RACES)
