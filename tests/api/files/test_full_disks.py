"""A disk without room: what has arrived stays, nothing is left behind, and the upload goes on when there is room."""

import hashlib
import subprocess
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest
import pytest_asyncio
from tortoise import connections

import settings as settings_module
from domain.commands import compose_waiting_files
from domain.uploads.model import File, FileState
from domain.uploads.receiver import PART_BYTES
from settings import Settings
from tests.makers.files import left_behind, stored_keys, the_store
from tests.makers.time import berlin
from tests.support.site import Site
from tests.support.small_site import a_small_site
from tests.support.tus_client import TusClient

pytestmark = pytest.mark.frozen_clock(berlin(2026, 4, 1, 10))

LARGE = bytes(range(251)) * (2 * PART_BYTES // 251)
TRY_NOW = "UPDATE files SET next_attempt_at = clock_timestamp()"


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[Path]:
    """A file system of 12 MB; a skipped test where nothing can be mounted."""
    folder = tmp_path / "disk"
    folder.mkdir()
    if subprocess.run(["mount", "-t", "tmpfs", "-o", "size=12m", "tmpfs", folder], capture_output=True).returncode:
        pytest.skip("file systems cannot be mounted here")
    yield folder
    subprocess.run(["umount", folder], check=True)


@pytest.fixture
def small_storage(disk: Path, settings: Settings) -> Iterator[Settings]:
    """The settings with this file system as storage."""
    with pytest.MonkeyPatch.context() as environment:
        environment.setenv("STORAGE_URL", disk.as_uri())
        settings_module.load.cache_clear()
        yield settings_module.load()
    settings_module.load.cache_clear()


@pytest_asyncio.fixture
async def site(small_storage: Settings, database: str, redis_url: str) -> AsyncIterator[Site]:
    async with a_small_site(small_storage) as site:
        yield site


def enlarge(disk: Path, megabytes: int) -> None:
    subprocess.run(["mount", "-o", f"remount,size={megabytes}m", disk], check=True)


def all_files(disk: Path) -> list[Path]:
    return [path for path in disk.rglob("*") if path.is_file()]


async def test_a_full_disk_keeps_what_has_arrived(tus: TusClient, disk: Path) -> None:
    path = await tus.place(len(LARGE))

    refused = await tus.patch(path, 0, LARGE)
    offset, on_disk = await tus.offset(path), all_files(disk)
    enlarge(disk, 60)
    accepted = await tus.patch(path, offset, LARGE[offset:])
    await compose_waiting_files(the_store())

    assert (refused.status_code, offset, len(on_disk)) == (503, PART_BYTES, 1)
    assert accepted.status_code == 204
    file = await File.get()
    assert file.sha256 == hashlib.sha256(LARGE).hexdigest()
    assert await left_behind() == [f"files/{file.id}"]


async def test_a_file_without_room_to_be_put_together_waits_for_it(tus: TusClient, disk: Path) -> None:
    enlarge(disk, 20)
    path = await tus.place(len(LARGE))
    await tus.patch(path, 0, LARGE)

    await compose_waiting_files(the_store())
    waiting, on_disk = await File.get(), all_files(disk)
    enlarge(disk, 60)
    await connections.get("default").execute_query(TRY_NOW)
    await compose_waiting_files(the_store())

    assert (waiting.state, waiting.attempts, len(on_disk)) == (FileState.UPLOADING, 1, 2)
    file = await File.get()
    assert file.sha256 == hashlib.sha256(LARGE).hexdigest()
    assert len(await stored_keys()) == 3
    assert await left_behind() == [f"files/{file.id}"]
