"""Every test of deliveries that asks for the database begins on a working day in June."""

import pytest

from tests.makers.time import berlin, the_clock_shows

MONDAY_NOON = berlin(2026, 6, 1, 12)


@pytest.fixture
async def june(database: str) -> None:
    await the_clock_shows(MONDAY_NOON)
