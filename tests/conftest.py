"""Fixtures of every test: real servers, a database in its first state, an inbox, a browser."""

import shutil
from collections.abc import AsyncIterator, Generator, Iterator
from pathlib import Path

import asyncpg
import pytest
import pytest_asyncio
from argon2 import PasswordHasher
from playwright.async_api import Browser, async_playwright
from redis.asyncio import Redis

import settings as settings_module
from domain.accounts.authentication import passwords
from domain.database.pools import connect, disconnect
from domain.kernel.runtime.gc import freeze_loaded_objects, load_without_collection
from domain.kernel.runtime.structured_logging import configure_logging
from settings import Settings
from tests.makers.time import the_clock_shows
from tests.support.inbox import Inbox, an_inbox
from tests.support.s3_server import S3Server, an_s3_server, find_weed
from tests.support.servers import Keeper, TestDatabase, the_addresses
from workers.commands.chromium import ARGUMENTS, MISSING_MESSAGE, find_chromium
from workers.documents import documents_follow_commits

keeper_key = pytest.StashKey[Keeper]()


def pytest_configure(config: pytest.Config) -> None:
    """The process that runs pytest keeps the servers; the workers of xdist only use them.

    Logs are those of the product: the tracebacks of an unconfigured structlog take a second of computing each.
    """
    configure_logging(human_readable=True)
    if not hasattr(config, "workerinput") and not config.option.collectonly:
        config.stash[keeper_key] = Keeper()


def pytest_unconfigure(config: pytest.Config) -> None:
    if keeper := config.stash.get(keeper_key, None):
        keeper.end()


@pytest.hookimpl(wrapper=True)
def pytest_collection() -> Generator[None, object, object]:
    """Load product and tests as a process of the product loads: the garbage collector does not look at them."""
    load_without_collection()
    result = yield
    freeze_loaded_objects()
    return result


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Let `@pytest.mark.database` and `@pytest.mark.frozen_clock` request their fixtures, before all others.

    Files with a test that is `@pytest.mark.long` come first, so that at the end no worker waits for them.
    """
    long = {item.path for item in items if item.get_closest_marker("long")}
    items.sort(key=lambda item: item.path not in long)
    for item in items:
        if isinstance(item, pytest.Function):
            wanted = [name for name in ("database", "frozen_clock") if item.get_closest_marker(name)]
            item.fixturenames[:0] = wanted


@pytest.fixture(scope="session", autouse=True)
def product_hasher() -> Iterator[PasswordHasher]:
    """Gives how the product hashes passwords; tests hash with weak parameters, since hundreds of them sign in."""
    hasher = passwords.HASHER
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(passwords, "HASHER", PasswordHasher(time_cost=1, memory_cost=64, parallelism=1))
        yield hasher


@pytest.fixture(scope="session")
def worker_number(worker_id: str) -> int:
    """0, 1, ... for the workers of xdist, 0 without it."""
    return int(worker_id.removeprefix("gw")) if worker_id.startswith("gw") else 0


@pytest.fixture(scope="session")
def addresses() -> dict[str, str]:
    """Where the servers of this run are; they are started when the first test asks."""
    return the_addresses()


@pytest_asyncio.fixture(scope="session")
async def inbox_server() -> AsyncIterator[Inbox]:
    async with an_inbox() as inbox:
        yield inbox


@pytest_asyncio.fixture(scope="session")
async def own_database(addresses: dict[str, str], worker_number: int) -> AsyncIterator[TestDatabase]:
    """This worker's copy of the migrated template."""
    async with TestDatabase(addresses, name=f"werkstand_{worker_number}") as copy:
        yield copy


@pytest.fixture(scope="session")
def settings(
    addresses: dict[str, str],
    own_database: TestDatabase,
    inbox_server: Inbox,
    worker_number: int,
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[Settings]:
    """The settings of this worker, which `settings.load()` gives as well."""
    values = {
        "DATABASE_URL": own_database.url,
        "DATABASE_OWNER_URL": own_database.owner_url,
        "REDIS_URL": f"{addresses['REDIS_URL']}?db={worker_number + 1}",
        "SMTP_URL": inbox_server.url,
        "WERKSTAND_VAR_DIR": str(tmp_path_factory.mktemp("var")),
        "WERKSTAND_SECRET_KEY": "a secret that only tests use, long enough",
    }
    with pytest.MonkeyPatch.context() as environment:
        for name, value in values.items():
            environment.setenv(name, value)
        settings_module.load.cache_clear()
        yield settings_module.load()
    settings_module.load.cache_clear()


@pytest_asyncio.fixture(scope="session")
async def pools(settings: Settings) -> AsyncIterator[None]:
    """The ORM and the read pool, open for the session; checks and documents follow each commit, as by the queue."""
    await connect(settings.database_url)
    with documents_follow_commits(lambda: settings_module.load().storage_url):
        yield
    await disconnect()


@pytest_asyncio.fixture
async def database(own_database: TestDatabase, pools: None) -> AsyncIterator[str]:
    """The URL of a migrated database; whatever the test writes is gone afterwards."""
    yield own_database.url
    await own_database.clean()


@pytest_asyncio.fixture
async def owner(own_database: TestDatabase, database: str) -> AsyncIterator[asyncpg.Connection]:
    """A connection of the owner of the tables, who may do what the application may not."""
    connection = await asyncpg.connect(own_database.owner_url)
    yield connection
    await connection.close()


@pytest_asyncio.fixture
async def frozen_clock(request: pytest.FixtureRequest, database: str) -> None:
    """The database's clock stands at the instant that the test's marker names, until the test moves it."""
    marker = request.node.get_closest_marker("frozen_clock")
    await the_clock_shows(marker.args[0])


@pytest.fixture
def empty_storage(settings: Settings) -> None:
    """No file is in the storage; the tests of a worker share one folder."""
    for folder in ("uploads", "files", "previews"):
        shutil.rmtree(Path(settings.storage_url.removeprefix("file://"), folder), ignore_errors=True)


@pytest.fixture(scope="session")
def s3_server() -> Iterator[S3Server]:
    """A real S3 server of this worker, or a skipped test where its program is not to be had."""
    program = find_weed()
    if program is None:
        pytest.skip("SeaweedFS is not installed")
    with an_s3_server(program) as server:
        yield server


@pytest.fixture(params=["folder", "s3"])
def storage(request: pytest.FixtureRequest, settings: Settings) -> Iterator[Settings]:
    """The settings with an empty storage, once a folder and once a bucket; `settings.load()` gives them too."""
    if request.param == "folder":
        request.getfixturevalue("empty_storage")
        yield settings
        return
    server: S3Server = request.getfixturevalue("s3_server")
    with pytest.MonkeyPatch.context() as environment:
        for name, value in (server.environment | {"STORAGE_URL": server.a_folder_url()}).items():
            environment.setenv(name, value)
        settings_module.load.cache_clear()
        yield settings_module.load()
    settings_module.load.cache_clear()


@pytest_asyncio.fixture
async def redis_url(settings: Settings) -> AsyncIterator[str]:
    """The URL of an empty Redis database of this worker's own."""
    yield settings.redis_url
    async with Redis.from_url(settings.redis_url) as redis:
        await redis.flushdb()


@pytest.fixture
def smtp(inbox_server: Inbox) -> Iterator[Inbox]:
    """A real mail server and what has arrived there, empty at first."""
    inbox_server.empty()
    yield inbox_server
    inbox_server.empty()


@pytest_asyncio.fixture(scope="session")
async def browser() -> AsyncIterator[Browser]:
    """Chromium, or a skipped test that says what is missing."""
    executable = find_chromium()
    if executable is None:
        pytest.skip(MISSING_MESSAGE)
    async with async_playwright() as playwright:
        chromium = await playwright.chromium.launch(executable_path=executable, args=ARGUMENTS)
        yield chromium
        await chromium.close()
