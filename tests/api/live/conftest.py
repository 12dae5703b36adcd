"""Fixtures of the live tests: the whole application behind a real server, on a day in April."""

from collections.abc import AsyncIterator

import pytest_asyncio

from api.dependencies import build_dependencies, open_dependencies
from settings import Settings
from tests.makers.time import berlin, the_clock_shows
from tests.support.fixtures import api_schemas
from tests.support.live_server import Server, serving


@pytest_asyncio.fixture
async def server(settings: Settings, database: str, redis_url: str) -> AsyncIterator[Server]:
    await the_clock_shows(berlin(2026, 4, 20, 12))
    dependencies = build_dependencies(settings, api_schemas())
    async with open_dependencies(dependencies), serving(dependencies) as address:
        yield Server(address, dependencies)
