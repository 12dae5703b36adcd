"""A large file, a line that is cut 20 times and an API that is killed 5 times: the same bytes, in little memory.

`make test-5gb` runs these tests with 5 GB.
"""

import hashlib
import os
from collections.abc import AsyncIterator
from functools import partial
from pathlib import Path

import httpx2
import pytest
import pytest_asyncio
from playwright.async_api import Browser

from api.auth.authentication import SESSION_COOKIE
from domain.accounts.model import Account
from domain.deliveries.model import DeliveryStatus
from domain.kernel.ids import external
from domain.uploads.keys import FILES, PARTS
from domain.uploads.model import File, FilePart, FileState
from settings import Settings
from tests.makers.accounts import a_member_account, a_session
from tests.makers.deliveries import a_delivery
from tests.makers.files import stored_keys, the_store
from tests.support.polling import it_happens
from tests.system.interrupted_uploads.senders import Send, Sending, by_page, send_in_node
from tests.system.interrupted_uploads.source_file import write_source
from tests.system.interrupted_uploads.system import InterruptedSystem, interrupted_system

pytestmark = [pytest.mark.database, pytest.mark.usefixtures("redis_url"), pytest.mark.long]

SIZE = int(os.environ.get("WERKSTAND_TEST_UPLOAD_BYTES", "100000000"))
# By default each sender has a storage of its own; when time does not matter, both.
IS_LARGE = SIZE > 1_000_000_000
CUTS, KILLS = 20, 5
MOST_GROWTH = 64 * 1024 * 1024
URL_OF_FILE = "query ($id: ID!) { file(id: $id) { url } }"


@pytest_asyncio.fixture
async def system(tmp_path: Path, database: str, storage: Settings) -> AsyncIterator[InterruptedSystem]:
    async with interrupted_system(tmp_path) as running:
        yield running
    for prefix in (PARTS, FILES):
        await the_store().delete_below(prefix)


@pytest_asyncio.fixture
async def sending(system: InterruptedSystem, tmp_path: Path) -> AsyncIterator[Sending]:
    around = (await a_delivery(DeliveryStatus.DRAFT)).around
    path = tmp_path / "film.bin"
    yield Sending(
        address=system.address,
        path=path,
        account=await a_member_account(around.member),
        order_id=external("ord", around.order.id),
        begin=partial(system.interrupt, SIZE, cuts=CUTS, kills=KILLS),
    )
    path.unlink(missing_ok=True)


async def arrives_as_it_was_sent(system: InterruptedSystem, sending: Sending, send: Send) -> None:
    sha256 = write_source(sending.path, SIZE)

    await send(sending)

    await it_happens(everything_is_put_together, sending.patience_seconds)
    file = await File.get()
    assert (file.sha256, file.size, file.received) == (sha256, SIZE, SIZE)
    assert (system.proxy.cuts, system.kills) == (CUTS, KILLS)
    assert await downloaded_sha256(system, sending.account, file) == sha256
    assert await stored_keys() == [f"files/{file.id}"]
    assert max(system.memory.growth("api"), system.memory.growth("clock")) < MOST_GROWTH


@pytest.mark.thorough
@pytest.mark.parametrize("storage", ["folder", "s3"] if IS_LARGE else ["s3"], indirect=True)
async def test_tus_js_client_in_node_sends_a_file_through_it_all(system: InterruptedSystem, sending: Sending) -> None:
    await arrives_as_it_was_sent(system, sending, send_in_node)


@pytest.mark.thorough
@pytest.mark.browser
@pytest.mark.parametrize("storage", ["folder", "s3"] if IS_LARGE else ["folder"], indirect=True)
async def test_the_page_of_an_order_sends_a_file_through_it_all(
    system: InterruptedSystem, sending: Sending, browser: Browser
) -> None:
    await arrives_as_it_was_sent(system, sending, by_page(browser))


async def everything_is_put_together() -> bool:
    """Whether the file is one object, and its parts have been removed."""
    return (await File.get()).state is FileState.FINISHED and not await FilePart.exists()


async def downloaded_sha256(system: InterruptedSystem, account: Account, file: File) -> str:
    headers, digest = {"cookie": f"{SESSION_COOKIE}={await a_session(account)}"}, hashlib.sha256()
    async with httpx2.AsyncClient(base_url=system.address, headers=headers, timeout=60) as client:
        asked = {"query": URL_OF_FILE, "variables": {"id": external("fil", file.id)}}
        url = (await client.post("/graphql", json=asked)).json()["data"]["file"]["url"]
        async with client.stream("GET", url) as answer:
            async for portion in answer.aiter_bytes():
                digest.update(portion)
    return digest.hexdigest()
