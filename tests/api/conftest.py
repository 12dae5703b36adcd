"""Fixtures of the API's tests: the whole application over a small schema of its own."""

from collections.abc import AsyncIterator

import pytest_asyncio
from httpx2 import ASGITransport, AsyncClient

from api.application import build_application
from api.dependencies import Dependencies, build_dependencies, open_dependencies
from settings import Settings
from tests.support.site import OWN_SITE, Site, small_sides


@pytest_asyncio.fixture
async def parts(settings: Settings, pools: None, redis_url: str) -> AsyncIterator[Dependencies]:
    parts = build_dependencies(settings, small_sides())
    async with open_dependencies(parts):
        yield parts


@pytest_asyncio.fixture
async def site(parts: Dependencies, database: str) -> AsyncIterator[Site]:
    transport = ASGITransport(build_application(parts), raise_app_exceptions=True)
    async with AsyncClient(transport=transport, base_url=OWN_SITE) as client:
        yield Site(parts, client)
