"""Seeding the demo: on any day, after an interruption, and never into another database."""

from datetime import datetime

import pytest

from domain.accounts.model import Account
from domain.database import clock
from domain.demo import scenario_player, seed
from domain.orders.model import Order
from domain.parties.model import Contact
from tests.makers.time import berlin
from tests.support.demo_content import shows_every_status

pytestmark = pytest.mark.database


@pytest.mark.parametrize(
    "today", [berlin(2027, 1, 1, 0, 5), pytest.param(berlin(2026, 3, 30, 12), marks=pytest.mark.thorough)]
)
async def test_it_shows_every_status_on_whatever_day_it_is_told(database: str, today: datetime) -> None:
    await clock.freeze(today)

    await seed()

    await shows_every_status()


async def test_an_interrupted_telling_is_taken_up_where_it_stopped(
    database: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    await clock.freeze(berlin(2026, 11, 20, 8, 30))
    monkeypatch.setattr(scenario_player.ScenarioPlayer, "run_step", _until_the_light_goes_out(after=150))
    with pytest.raises(ConnectionError):
        await seed()
    monkeypatch.undo()

    await clock.freeze(berlin(2026, 11, 21, 8))
    await seed()

    projects = await Order.all().values_list("project", flat=True)
    assert len(set(projects)) == len(projects)
    assert await Order.filter(number="AF-00654-0779", project="Projekt ABC").exists()
    await shows_every_status()


async def test_a_database_with_people_of_its_own_is_left_alone(database: str) -> None:
    await Account.create(email="somebody@else.example", name="Somebody", created_at=berlin(2026, 1, 1))

    assert await seed() is False
    assert await Contact.all().count() == 0


def _until_the_light_goes_out(*, after: int) -> object:
    scenes, play = iter(range(after)), scenario_player.ScenarioPlayer.run_step

    async def play_while_there_is_light(*scene: object) -> None:
        if next(scenes, None) is None:
            raise ConnectionError
        await play(*scene)  # type: ignore[arg-type]

    return play_while_there_is_light
