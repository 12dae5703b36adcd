"""A proxy in front that is not named is told at start-up and by the doctor."""

import pytest

from domain.database.heartbeats import UNNAMED_PROXY, beat
from settings import Environment, Settings
from workers.commands.doctor.database_checks import proxies
from workers.commands.processes import lacks_proxies


@pytest.mark.parametrize(
    ("changes", "warns"),
    [
        ({"host": "192.0.2.1"}, True),
        ({"host": "127.0.0.1"}, False),
        ({"host": "192.0.2.1", "trusted_proxies": "192.0.2.250"}, False),
        ({"host": "192.0.2.1", "environment": Environment.DEVELOPMENT}, False),
    ],
)
def test_production_beyond_this_machine_without_named_proxies_warns(
    settings: Settings, changes: dict[str, object], warns: bool
) -> None:
    chosen = settings.model_copy(update={"environment": Environment.PRODUCTION} | changes)

    assert lacks_proxies(chosen) is warns


@pytest.mark.database
async def test_the_doctor_tells_of_a_proxy_that_is_not_named(settings: Settings, database: str) -> None:
    before = await proxies(settings)
    await beat(UNNAMED_PROXY)

    found = await proxies(settings)

    assert before.is_ok
    assert not found.is_ok
    assert "WERKSTAND_TRUSTED_PROXIES" in found.remedy
    named = settings.model_copy(update={"trusted_proxies": "192.0.2.250"})
    assert (await proxies(named)).is_ok
