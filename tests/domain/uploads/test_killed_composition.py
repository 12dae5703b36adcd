"""A process that is killed while it puts a file together: another one repeats the work, and nothing is left."""

import asyncio
import hashlib
import sys
from datetime import timedelta
from pathlib import Path

import pytest
from tortoise import connections

from domain.commands import compose_waiting_files
from domain.uploads.model import File, FileState
from domain.uploads.sweep import sweep_storage
from settings import Settings
from tests.makers.files import a_file, left_behind, the_store
from tests.makers.parties import a_member, acting_for_member
from tests.makers.time import berlin
from tests.support.polling import it_happens

pytestmark = [pytest.mark.frozen_clock(berlin(2026, 4, 1, 10)), pytest.mark.usefixtures("empty_storage")]

CONTENT = bytes(range(251)) * 400_000
TRY_NOW = "UPDATE files SET next_attempt_at = clock_timestamp()"
COMPOSE = """
import asyncio
import settings
from domain.commands import compose_waiting_files
from domain.database.pools import connect
from domain.files.object_store import object_store

async def main():
    loaded = settings.load()
    await connect(loaded.database_url)
    await compose_waiting_files(object_store(loaded.storage_url))

asyncio.run(main())
"""


async def test_a_composition_that_is_killed_is_repeated(settings: Settings) -> None:
    await a_file(acting_for_member(await a_member()), CONTENT, finished=False)

    await compose_and_be_killed(settings)
    killed = await File.get()
    await connections.get("default").execute_query(TRY_NOW)
    await compose_waiting_files(the_store())

    assert (killed.state, killed.attempts) == (FileState.UPLOADING, 1)
    file = await File.get()
    assert (file.state, file.sha256) == (FileState.FINISHED, hashlib.sha256(CONTENT).hexdigest())
    await sweep_storage(the_store(), timedelta(seconds=-1))
    assert await left_behind() == [f"files/{file.id}"]
    assert in_folder(settings) == {str(file.id): len(CONTENT)}


async def compose_and_be_killed(settings: Settings) -> None:
    process = await asyncio.create_subprocess_exec(sys.executable, "-c", COMPOSE)

    async def has_begun() -> bool:
        return any(in_folder(settings).values())

    await it_happens(has_begun)
    process.kill()
    await process.wait()


def in_folder(settings: Settings) -> dict[str, int]:
    """The names of all that is in the folder of whole files, unfinished ones included, with their sizes."""
    folder = Path(settings.storage_url.removeprefix("file://"), "files")
    return {path.name: path.stat().st_size for path in folder.glob("*")}
