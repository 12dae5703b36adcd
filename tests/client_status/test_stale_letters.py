"""Stale client statuses: looked for once a day at the digest hour, and each told once to those who may see it."""

from datetime import datetime, timedelta

import pytest

from domain.actions import tell_of_stale_statuses
from domain.client_status.stale_letters import told_at
from domain.core.actors import Role
from domain.core.model import Letter
from tests.makers.accounts import an_account
from tests.makers.client_status import a_client_status
from tests.makers.time import berlin, the_clock_shows

pytestmark = pytest.mark.database

TEN = berlin(2026, 4, 1, 10)
GROWN_STALE = berlin(2026, 4, 15, 10)
MORNING_AFTER = berlin(2026, 4, 16, 7)
DAY = timedelta(days=1)


@pytest.fixture(autouse=True)
async def april(database: str) -> None:
    await the_clock_shows(TEN)
    await tell_of_stale_statuses()


async def letters_on(instant: datetime) -> int:
    """How many letters the look of this instant writes."""
    await the_clock_shows(instant)
    return await tell_of_stale_statuses()


async def test_staff_are_told_once_on_the_morning_after() -> None:
    reader = await an_account(Role.STAFF)
    case = await a_client_status()

    assert await letters_on(berlin(2026, 4, 15, 7)) == 0
    assert await letters_on(GROWN_STALE) == 0
    assert await letters_on(MORNING_AFTER - timedelta(seconds=1)) == 0
    assert await letters_on(MORNING_AFTER) == 1
    assert list(await told_at(MORNING_AFTER)) == [case.order.id]
    assert [await letters_on(MORNING_AFTER + later) for later in (timedelta(minutes=1), DAY, 2 * DAY)] == [0, 0, 0]
    (letter,) = await Letter.filter(name="clientStatus.stale")
    assert (letter.account_id, letter.order_id, letter.created_at) == (reader.id, None, MORNING_AFTER)
