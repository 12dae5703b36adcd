"""A bucket that is away or slow: a clear answer, nothing lost, nothing left behind."""

import asyncio
import hashlib
from collections.abc import AsyncIterator, Iterator
from datetime import timedelta

import pytest
import pytest_asyncio
from tortoise import connections

import settings as settings_module
from domain.commands import compose_waiting_files
from domain.files import object_store as object_store_module
from domain.parties.model import Member
from domain.uploads.model import File, FileState
from domain.uploads.signed_links import download_url
from settings import Settings
from tests.makers.accounts import a_member_account, actor_of_session
from tests.makers.files import left_behind, the_store
from tests.makers.time import berlin
from tests.support.cuttable_line import CuttableLine, a_cuttable_line
from tests.support.polling import it_happens
from tests.support.s3_server import S3Server
from tests.support.site import Site
from tests.support.slow_line import SlowLine, a_slow_line
from tests.support.small_site import a_small_site
from tests.support.tus_client import TusClient, a_tus_client

pytestmark = pytest.mark.frozen_clock(berlin(2026, 4, 1, 10))

WORK = b"Everything that was agreed."
TRY_NOW = "UPDATE files SET next_attempt_at = clock_timestamp()"


@pytest_asyncio.fixture
async def line(s3_server: S3Server) -> AsyncIterator[CuttableLine]:
    """The only line to the bucket: while it is cut, no server answers there."""
    async with a_cuttable_line(s3_server.port) as line:
        yield line


@pytest.fixture
def storage(settings: Settings, s3_server: S3Server, line: CuttableLine) -> Iterator[Settings]:
    """The settings with a folder in the bucket at the end of the line; `settings.load()` gives them too."""
    values = s3_server.environment | {"AWS_ENDPOINT_URL": line.url, "STORAGE_URL": s3_server.a_folder_url()}
    with pytest.MonkeyPatch.context() as environment:
        for name, value in values.items():
            environment.setenv(name, value)
        settings_module.load.cache_clear()
        yield settings_module.load()
    settings_module.load.cache_clear()


@pytest_asyncio.fixture
async def site(storage: Settings, database: str, redis_url: str) -> AsyncIterator[Site]:
    """The application with the storage of the test."""
    async with a_small_site(storage) as site:
        yield site


async def test_a_bucket_that_is_away_takes_nothing_and_loses_nothing(tus: TusClient, line: CuttableLine) -> None:
    path = await tus.place(len(WORK))
    await tus.patch(path, 0, WORK[:4])

    await line.cut()
    refused = await tus.patch(path, 4, WORK[4:])
    await line.restore()
    accepted = await tus.patch(path, 4, WORK[4:])
    await compose_waiting_files(the_store())

    assert (refused.status_code, refused.headers["retry-after"], accepted.status_code) == (503, "5", 204)
    file = await File.get()
    assert file.sha256 == hashlib.sha256(WORK).hexdigest()
    assert await left_behind() == [f"files/{file.id}"]


async def test_a_file_waits_to_be_put_together_until_its_bucket_is_back(tus: TusClient, line: CuttableLine) -> None:
    path = await tus.place(len(WORK))
    await tus.patch(path, 0, WORK)

    await line.cut()
    await compose_waiting_files(the_store())
    waiting = await File.get()
    await line.restore()
    await connections.get("default").execute_query(TRY_NOW)
    await compose_waiting_files(the_store())

    assert (waiting.state, waiting.attempts) == (FileState.UPLOADING, 1)
    assert waiting.last_error
    assert (await File.get()).state is FileState.FINISHED


async def test_a_download_from_a_bucket_that_is_away_says_so(tus: TusClient, line: CuttableLine, site: Site) -> None:
    await tus.patch(await tus.place(len(WORK)), 0, WORK)
    await compose_waiting_files(the_store())
    actor = await actor_of_session(tus.session)
    assert actor is not None
    url = download_url((await File.get()).id, actor)

    await line.cut()
    away = await site.client.get(url, headers=tus.headers)
    await line.restore()

    async def is_back() -> bool:
        return (await site.client.get(url, headers=tus.headers)).content == WORK

    assert (away.status_code, away.headers["retry-after"]) == (503, "2")
    await it_happens(is_back)


@pytest_asyncio.fixture
async def slow_bucket(s3_server: S3Server, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[SlowLine]:
    """The line to the bucket, which can be held."""
    async with a_slow_line(s3_server.port) as line:
        monkeypatch.setenv("AWS_ENDPOINT_URL", f"http://127.0.0.1:{line.port}")
        yield line


async def test_a_slow_bucket_holds_up_its_own_upload_alone(
    storage: Settings, slow_bucket: SlowLine, database: str, member: Member
) -> None:
    async with a_small_site(storage) as site:
        tus = await a_tus_client(site.client, await a_member_account(member))
        path = await tus.place(len(WORK))

        slow_bucket.hold()
        sending = asyncio.create_task(tus.patch(path, 0, WORK))
        await slow_bucket.reached.wait()
        offset, other = await tus.offset(path), await tus.place(3)
        slow_bucket.let_go()
        answer = await sending

        assert (offset, answer.status_code, bool(other)) == (0, 204, True)
    await compose_waiting_files(the_store())
    file = await File.get(state=FileState.FINISHED)
    assert file.sha256 == hashlib.sha256(WORK).hexdigest()
    assert await left_behind() == [f"files/{file.id}"]


async def test_a_bucket_that_is_too_slow_is_told_and_takes_the_rest_later(
    storage: Settings, slow_bucket: SlowLine, database: str, member: Member, monkeypatch: pytest.MonkeyPatch
) -> None:
    patience = {"timeout": timedelta(milliseconds=300), "allow_http": True}
    impatient = {"retry_config": {"max_retries": 0}, "client_options": patience}
    monkeypatch.setattr(object_store_module, "BUCKET_OPTIONS", impatient)
    async with a_small_site(storage) as site:
        tus = await a_tus_client(site.client, await a_member_account(member))
        path = await tus.place(len(WORK))
        await tus.patch(path, 0, WORK[:4])

        slow_bucket.hold()
        refused = await tus.patch(path, 4, WORK[4:])
        slow_bucket.let_go()
        accepted = await tus.patch(path, await tus.offset(path), WORK[4:])

        assert (refused.status_code, refused.headers["retry-after"], accepted.status_code) == (503, "5", 204)
    await compose_waiting_files(the_store())
    assert (await File.get()).sha256 == hashlib.sha256(WORK).hexdigest()
