"""Uploads over a real connection that breaks, stalls or sends more than it said."""

import asyncio
import hashlib
import os

import pytest
from httpx2 import AsyncClient

from api.dependencies import Dependencies
from domain.commands import compose_waiting_files
from domain.parties.model import Member
from domain.uploads import receiver
from domain.uploads.model import File, FilePart
from domain.uploads.receiver import PART_BYTES
from tests.makers.accounts import a_member_account
from tests.makers.files import left_behind, the_store
from tests.makers.time import berlin
from tests.support.live_server import serving
from tests.support.polling import PATIENCE_SECONDS
from tests.support.raw_http import a_connection
from tests.support.tus_client import TusClient, a_tus_client

pytestmark = pytest.mark.frozen_clock(berlin(2026, 4, 1, 10))

CONTENT = os.urandom(20_000_000)
# What a server that learns of the cut has not read yet, at most.
UNREAD_BYTES = 200_000


def head_of_patch(address: str, tus: TusClient, path: str, offset: int, length: str) -> bytes:
    return (
        f"PATCH {path} HTTP/1.1\r\nhost: {address}\r\ntus-resumable: 1.0.0\r\nupload-offset: {offset}\r\n"
        f"content-type: application/offset+octet-stream\r\ncookie: {tus.headers['cookie']}\r\n{length}\r\n\r\n"
    ).encode()


async def cut_off(address: str, head: bytes, content: bytes) -> None:
    """Send the head of a request and these bytes, then cut the line."""
    async with a_connection(address) as connection:
        await connection.send(head + content)


async def take_over(tus: TusClient, path: str, content: bytes) -> int:
    """Ask for the offset and send the rest, as clients do, until another writer makes way; the status."""
    async with asyncio.timeout(PATIENCE_SECONDS):
        while True:
            offset = await tus.offset(path)
            answer = await tus.patch(path, offset, content[offset:])
            if answer.status_code not in (409, 423):
                return answer.status_code
            await asyncio.sleep(0.2)


async def settled_offset(tus: TusClient, path: str, expected: int) -> int:
    """The offset once so much of what was sent has been stored."""
    async with asyncio.timeout(PATIENCE_SECONDS):
        while (offset := await tus.offset(path)) < expected:  # noqa: ASYNC110 - only tests wait for this
            await asyncio.sleep(0.05)
    return offset


async def send_up_to(address: str, tus: TusClient, path: str, end: int) -> int:
    """Send the bytes before `end` over lines that are cut, again as long as they were not taken; the offset."""
    async with asyncio.timeout(PATIENCE_SECONDS):
        while (offset := await tus.offset(path)) < end - UNREAD_BYTES:
            head = head_of_patch(address, tus, path, offset, f"content-length: {len(CONTENT) - offset}")
            await cut_off(address, head, CONTENT[offset:end])
            await asyncio.sleep(0.05)
    return offset


async def test_a_line_that_is_cut_again_and_again_loses_nothing(
    dependencies: Dependencies, database: str, member: Member
) -> None:
    ends = [1, PART_BYTES + UNREAD_BYTES, PART_BYTES + 900_000, 12_500_000]
    async with serving(dependencies) as address, AsyncClient(base_url=f"http://{address}") as client:
        tus = await a_tus_client(client, await a_member_account(member))
        path = await tus.place(len(CONTENT))
        stored = [await send_up_to(address, tus, path, end) for end in ends]
        status = await take_over(tus, path, CONTENT)
        await compose_waiting_files(the_store())

    assert all(end - UNREAD_BYTES <= kept <= end for kept, end in zip(stored, ends, strict=True))
    assert status == 204
    assert (await File.get()).sha256 == hashlib.sha256(CONTENT).hexdigest()


async def test_a_silent_line_holds_nobody_up(
    dependencies: Dependencies, database: str, member: Member, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(receiver, "IDLE_SECONDS", 0.2)
    async with serving(dependencies) as address, AsyncClient(base_url=f"http://{address}") as client:
        tus = await a_tus_client(client, await a_member_account(member))
        path = await tus.place(1_000)
        head = head_of_patch(address, tus, path, 0, "content-length: 1000")
        async with a_connection(address) as connection:
            await connection.send(head + CONTENT[:100])
            await settled_offset(tus, path, 100)
            busy = await tus.patch(path, 100, CONTENT[100:1_000])
            status = await take_over(tus, path, CONTENT[:1_000])
            await connection.send(CONTENT[100:200])
            late = await connection.status()

    assert (busy.status_code, status, late) == (423, 204, 423)
    assert (await File.get()).received == 1_000


async def test_a_body_without_a_length_is_bounded_as_it_arrives(
    dependencies: Dependencies, database: str, member: Member
) -> None:
    async with serving(dependencies) as address, AsyncClient(base_url=f"http://{address}") as client:
        tus = await a_tus_client(client, await a_member_account(member))
        path = await tus.place(10)
        head = head_of_patch(address, tus, path, 0, "transfer-encoding: chunked")
        await cut_off(address, head, b"c\r\nmore than 10\r\n0\r\n\r\n")

        assert await tus.offset(path) == 0


@pytest.mark.usefixtures("empty_storage")
async def test_an_upload_that_is_stopped_while_bytes_arrive_leaves_nothing(
    dependencies: Dependencies, database: str, member: Member
) -> None:
    async with serving(dependencies) as address, AsyncClient(base_url=f"http://{address}") as client:
        tus = await a_tus_client(client, await a_member_account(member))
        path = await tus.place(len(CONTENT))
        head = head_of_patch(address, tus, path, 0, f"content-length: {len(CONTENT)}")
        async with a_connection(address) as connection:
            await connection.send(head + CONTENT[: PART_BYTES + UNREAD_BYTES])
            await settled_offset(tus, path, PART_BYTES)
            stopped = await tus.delete(path)
            await connection.send(CONTENT[PART_BYTES + UNREAD_BYTES :])
            late = await connection.status()
        after = await tus.head(path)

    assert (stopped.status_code, late, after.status_code) == (204, 423, 404)
    assert await left_behind() == []
    assert await File.all().count() == await FilePart.all().count() == 0
