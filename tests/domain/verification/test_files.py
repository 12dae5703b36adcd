"""The files of invoices are read again and compared with their rows; a storage that is away accuses nobody."""

from pathlib import Path

import pytest

from domain.billing.documents.model import InvoiceDocument
from domain.billing.model import InvoiceStatus
from domain.files.object_store import object_store
from domain.verification.findings import Report
from domain.verification.verify import verify
from settings import Settings
from tests.makers.billing import an_invoice, the_operator
from tests.makers.time import berlin

pytestmark = pytest.mark.frozen_clock(berlin(2026, 4, 1, 10))


@pytest.fixture
async def stored(settings: Settings, database: str) -> list[Path]:
    """The files of three issued invoices, in the order in which they were stored."""
    await the_operator()
    for _ in range(3):
        await an_invoice(InvoiceStatus.PRINTED)
    return [folder(settings) / document.key for document in await InvoiceDocument.all().order_by("id")]


def folder(settings: Settings) -> Path:
    return Path(settings.storage_url.removeprefix("file://"))


async def report(settings: Settings) -> Report:
    return await verify(settings.database_url, settings.storage_url)


async def faults(settings: Settings) -> list[tuple[str, str]]:
    return [(finding.subject, finding.fault) for finding in (await report(settings)).findings]


async def test_files_as_they_were_stored_are_intact_and_counted(stored: list[Path], settings: Settings) -> None:
    found = await report(settings)

    assert (found.is_ok, found.files, found.unchecked) == (True, 3, 0)


async def test_a_file_that_was_changed_is_named(stored: list[Path], settings: Settings) -> None:
    stored[1].write_bytes(stored[1].read_bytes().replace(b"%PDF-1.7", b"%PDF-1.6"))

    assert await faults(settings) == [("RE-2026-00002 PDF", "FILE_CHANGED")]


async def test_a_file_that_was_removed_is_named(stored: list[Path], settings: Settings) -> None:
    stored[2].unlink()

    assert await faults(settings) == [("RE-2026-00003 PDF", "FILE_MISSING")]


async def test_a_storage_that_is_away_is_no_tampering(stored: list[Path], settings: Settings, tmp_path: Path) -> None:
    away = tmp_path / "away"
    object_store(away.as_uri())
    away.rmdir()

    found = await verify(settings.database_url, away.as_uri())

    assert (found.is_ok, found.files, found.unchecked, found.findings) == (True, 0, 3, [])


@pytest.mark.parametrize("portion", [1, 2])
async def test_portions_go_on_where_the_last_one_ended(
    stored: list[Path], settings: Settings, portion: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("domain.verification.files.PORTION", portion)
    stored[2].unlink()

    found = await report(settings)

    assert (found.files, [finding.fault for finding in found.findings]) == (3, ["FILE_MISSING"])
