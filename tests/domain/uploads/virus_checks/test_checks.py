"""Checks of files: nobody attaches or downloads one before, infected ones stay shut away, and an outage only delays."""

from collections.abc import AsyncIterator

import pytest
import pytest_asyncio
from tortoise import connections

import settings
from domain.commands import check_waiting_files, execute, fire_due_deadlines
from domain.engine.commands import Command
from domain.kernel.errors import Refused
from domain.orders.inputs import EvidenceEntry
from domain.outbox.model import OutboxMessage
from domain.uploads.finished_files import visible_file
from domain.uploads.model import File, FileState, VirusCheck
from tests.makers.deliveries import an_active_order
from tests.makers.files import a_file, left_behind, the_store
from tests.makers.orders import Case
from tests.makers.time import berlin, the_clock_shows
from tests.support.clamd_server import EICAR, ClamdServer, a_clamd_server

pytestmark = pytest.mark.frozen_clock(berlin(2026, 4, 1, 10))
TRY_NOW = "UPDATE files SET next_attempt_at = clock_timestamp()"


@pytest_asyncio.fixture
async def scanner(database: str, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[ClamdServer]:
    """A scanner that the settings name."""
    async with a_clamd_server(limit=1000) as scanner:
        use(monkeypatch, scanner.url)
        yield scanner


def use(monkeypatch: pytest.MonkeyPatch, url: str) -> None:
    changed = settings.load().model_copy(update={"clamd_url": url})
    monkeypatch.setattr(settings, "load", lambda: changed)


async def attach(case: Case, file: File) -> None:
    await case.move("attachEvidence", case.by_member, EvidenceEntry(title="Mail", file_ids=(file.id,)))


async def test_a_clean_file_is_usable_once_it_was_checked(scanner: ClamdServer) -> None:
    case = await an_active_order()
    file = await a_file(case.by_member)
    assert file.state is FileState.CHECKING
    with pytest.raises(Refused, match="file_being_checked"):
        await attach(case, file)
    before = await visible_file(case.by_member, file.id)

    assert await check_waiting_files(the_store()) == 1

    await file.refresh_from_db()
    assert (before, file.state, file.virus_check) == (None, FileState.FINISHED, VirusCheck.CLEAN)
    await attach(case, file)
    assert await visible_file(case.by_member, file.id)


async def test_an_infected_file_is_shut_away_until_it_is_removed(scanner: ClamdServer) -> None:
    case = await an_active_order()
    file = await a_file(case.by_member, EICAR)

    await check_waiting_files(the_store())

    await file.refresh_from_db()
    assert (file.state, file.virus_name) == (FileState.QUARANTINED, "Eicar-Test-Signature")
    assert await visible_file(case.by_member, file.id) is None
    with pytest.raises(Refused, match="file_infected"):
        await attach(case, file)
    (told,) = await OutboxMessage.filter(name="upload.quarantine")
    assert (told.account_id, told.subject_id) == (case.member.account_id, file.id)
    await the_clock_shows(berlin(2026, 4, 8, 11))
    await fire_due_deadlines()
    assert await left_behind() == []


async def test_a_file_too_large_for_the_scanner_passes_and_says_so(scanner: ClamdServer) -> None:
    file = await a_file((await an_active_order()).by_member, b"." * 2000)

    await check_waiting_files(the_store())

    await file.refresh_from_db()
    assert (file.state, file.virus_check) == (FileState.FINISHED, VirusCheck.TOO_LARGE)


async def test_a_file_waits_while_the_scanner_is_away(scanner: ClamdServer, monkeypatch: pytest.MonkeyPatch) -> None:
    file = await a_file((await an_active_order()).by_member)
    use(monkeypatch, "tcp://127.0.0.1:1")
    assert await check_waiting_files(the_store()) == 0
    await file.refresh_from_db()
    waiting = (file.state, file.attempts, "ScannerUnavailable" in (file.last_error or ""))

    use(monkeypatch, scanner.url)
    await connections.get("default").execute_query(TRY_NOW)
    await check_waiting_files(the_store())

    assert waiting == (FileState.CHECKING, 1, True)
    assert await File.filter(state=FileState.FINISHED, last_error__isnull=True).count() == 1


async def test_files_pass_when_checks_are_turned_off(scanner: ClamdServer, monkeypatch: pytest.MonkeyPatch) -> None:
    file = await a_file((await an_active_order()).by_member)
    use(monkeypatch, "")

    await check_waiting_files(the_store())

    assert await File.filter(id=file.id, state=FileState.FINISHED, virus_check__isnull=True).exists()
    assert scanner.files == 0


async def test_a_file_that_waits_can_be_removed(scanner: ClamdServer) -> None:
    case = await an_active_order()
    file = await a_file(case.by_member)

    await execute(Command(noun="upload", move="cancel", subject_id=file.id), case.by_member)

    assert await check_waiting_files(the_store()) == 0
    assert await left_behind() == []
