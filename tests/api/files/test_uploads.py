"""Uploads by tus: what a client sends, and what it is told."""

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from domain.commands import compose_waiting_files
from domain.uploads.model import File, FileState
from domain.uploads.sweep import remove_superfluous
from settings import Settings
from tests.makers.accounts import a_member_account
from tests.makers.files import the_store
from tests.makers.parties import a_member
from tests.makers.time import berlin
from tests.support.site import Site
from tests.support.tus_client import TusClient, a_tus_client, checksum_of

pytestmark = pytest.mark.frozen_clock(berlin(2026, 4, 1, 10))

WORK = b"Everything that was agreed."


async def test_a_file_that_arrives_in_pieces_is_one_file_with_its_hash(tus: TusClient) -> None:
    path = await tus.place(len(WORK))

    first = await tus.patch(path, 0, WORK[:10])
    second = await tus.patch(path, 10, WORK[10:])
    await compose_waiting_files(the_store())

    assert [(answer.status_code, answer.headers["upload-offset"]) for answer in (first, second)] == [
        (204, "10"),
        (204, str(len(WORK))),
    ]
    file = await File.get()
    assert (file.state, file.media_type) == (FileState.FINISHED, "text/plain")
    assert file.sha256 == hashlib.sha256(WORK).hexdigest()
    assert await the_store().read(f"files/{file.id}", file.sha256) == WORK


async def test_an_upload_may_begin_with_the_request_that_opens_it(tus: TusClient) -> None:
    answer = await tus.create(len(WORK), content=WORK[:5])

    assert (answer.status_code, answer.headers["upload-offset"]) == (201, "5")
    assert await tus.offset(answer.headers["location"]) == 5


async def test_the_server_names_what_it_can_do(site: Site) -> None:
    answer = await site.client.options("/files/uploads")

    assert answer.status_code == 204
    assert answer.headers["tus-version"] == "1.0.0"
    assert answer.headers["tus-max-size"] == "5368709120"
    assert answer.headers["tus-extension"] == "creation,creation-with-upload,checksum,termination,expiration"


async def test_a_client_of_another_version_is_told_ours(tus: TusClient, site: Site) -> None:
    path = await tus.place(3)

    answer = await site.client.head(path, headers=tus.headers | {"tus-resumable": "0.2.2"})

    assert (answer.status_code, answer.headers["tus-version"]) == (412, "1.0.0")


async def test_bytes_for_another_offset_are_refused(tus: TusClient) -> None:
    path = await tus.place(len(WORK))
    await tus.patch(path, 0, WORK[:10])

    answers = [await tus.patch(path, offset, WORK[:3]) for offset in (0, 5, 11)]

    assert [answer.status_code for answer in answers] == [409, 409, 409]
    assert await tus.offset(path) == 10


async def test_more_bytes_than_were_announced_are_refused_before_the_first(tus: TusClient) -> None:
    path = await tus.place(5)

    answer = await tus.patch(path, 0, WORK)

    assert answer.status_code == 413
    assert await tus.offset(path) == 0


@pytest.mark.usefixtures("empty_storage")
async def test_a_body_with_a_wrong_checksum_leaves_the_offset_where_it_was(tus: TusClient, settings: Settings) -> None:
    path = await tus.place(len(WORK))
    await tus.patch(path, 0, WORK[:4], upload_checksum=checksum_of(WORK[:4]))

    damaged = await tus.patch(path, 4, WORK[4:], upload_checksum=checksum_of(b"something else"))
    unknown = await tus.patch(path, 4, WORK[4:], upload_checksum="crc7 AAAA")

    assert (damaged.status_code, unknown.status_code) == (460, 400)
    assert await tus.offset(path) == 4
    assert len(stored(settings, "uploads")) == 1


async def test_both_checksum_algorithms_are_accepted(tus: TusClient) -> None:
    path = await tus.place(len(WORK))

    first = await tus.patch(path, 0, WORK[:4], upload_checksum=checksum_of(WORK[:4], "sha1"))
    second = await tus.patch(path, 4, WORK[4:], upload_checksum=checksum_of(WORK[4:], "sha256"))

    assert (first.status_code, second.status_code) == (204, 204)


@pytest.mark.usefixtures("empty_storage")
async def test_an_upload_that_is_stopped_leaves_nothing_behind(tus: TusClient, settings: Settings) -> None:
    path = await tus.place(len(WORK))
    await tus.patch(path, 0, WORK[:10])

    stopped = await tus.delete(path)
    await remove_superfluous(the_store())

    assert stopped.status_code == 204
    assert (await tus.head(path)).status_code == 404
    assert (await tus.patch(path, 10, WORK[10:])).status_code == 404
    assert await File.all().count() == 0
    assert stored(settings, "uploads") == []


async def test_uploads_of_others_do_not_exist(tus: TusClient, site: Site) -> None:
    path = await tus.place(len(WORK))
    stranger = await a_tus_client(site.client, await a_member_account(await a_member()))
    missing = path.replace(path[-4:], "0000")

    answers = [await stranger.head(each) for each in (path, missing)]
    answers += [await stranger.patch(each, 0, WORK) for each in (path, missing)]
    answers += [await stranger.delete(each) for each in (path, missing)]

    assert {answer.status_code for answer in answers} == {404}
    assert await tus.offset(path) == 0


async def test_without_a_session_nothing_is_uploaded(site: Site) -> None:
    answer = await TusClient(site.client).create(3)

    assert answer.status_code == 401


async def test_a_body_of_another_type_is_refused(tus: TusClient, site: Site) -> None:
    path = await tus.place(3)

    answer = await site.client.patch(
        path, content=b"abc", headers={**tus.headers, "tus-resumable": "1.0.0", "upload-offset": "0"}
    )

    assert answer.status_code == 415


@pytest.mark.usefixtures("empty_storage")
async def test_a_storage_that_takes_nothing_loses_nothing(tus: TusClient, settings: Settings) -> None:
    path = await tus.place(len(WORK))
    await tus.patch(path, 0, WORK[:4])

    with storage_taken_away(settings):
        refused = await tus.patch(path, 4, WORK[4:])
    accepted = await tus.patch(path, 4, WORK[4:])
    await compose_waiting_files(the_store())

    assert (refused.status_code, accepted.status_code) == (503, 204)
    assert (await File.get()).sha256 == hashlib.sha256(WORK).hexdigest()


@contextmanager
def storage_taken_away(settings: Settings) -> Iterator[None]:
    """Within the block a file stands where the folder of the parts was."""
    folder = Path(settings.storage_url.removeprefix("file://"), "uploads")
    away = folder.rename(folder.with_name("away"))
    folder.touch()
    yield
    folder.unlink()
    away.rename(folder)


def stored(settings: Settings, folder: str) -> list[Path]:
    """The objects in the storage, of this folder of it."""
    root = Path(settings.storage_url.removeprefix("file://"), folder)
    return [path for path in root.rglob("*") if path.is_file()]
