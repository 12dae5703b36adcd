"""Fixtures of the API's tests: the whole application over a small schema of its own."""

from collections.abc import AsyncIterator

import pytest_asyncio
from httpx2 import ASGITransport, AsyncClient

from api.application import build_application
from api.dependencies import Dependencies, build_dependencies, open_dependencies
from settings import Settings
from tests.support.site import OWN_SITE, Site, small_schemas


@pytest_asyncio.fixture
async def dependencies(settings: Settings, pools: None, redis_url: str) -> AsyncIterator[Dependencies]:
    dependencies = build_dependencies(settings, small_schemas())
    async with open_dependencies(dependencies):
        yield dependencies


@pytest_asyncio.fixture
async def site(dependencies: Dependencies, database: str) -> AsyncIterator[Site]:
    transport = ASGITransport(build_application(dependencies), raise_app_exceptions=True)
    async with AsyncClient(transport=transport, base_url=OWN_SITE) as client:
        yield Site(dependencies, client)
