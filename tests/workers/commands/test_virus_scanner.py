"""The doctor says whether the scanner for viruses answers, and how many files wait for it."""

import pytest

from settings import Settings
from tests.makers.deliveries import an_active_order
from tests.makers.files import a_file, hold_for_check
from tests.support.clamd_server import a_clamd_server
from workers.commands.doctor.service_checks import virus_scanner


@pytest.mark.database
async def test_the_doctor_tells_of_files_that_wait_for_the_scanner(settings: Settings, database: str) -> None:
    await hold_for_check(await a_file((await an_active_order()).by_member, finished=False))

    async with a_clamd_server() as scanner:
        found = await virus_scanner(settings.model_copy(update={"clamd_url": scanner.url}))

    assert found.is_ok
    assert found.detail == "ClamAV 1.4.3/27800/Mon Nov 30 09:00:00 2026; 1 files wait to be checked"
