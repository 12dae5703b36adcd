"""The whole application in process, and people who look at it."""

from collections.abc import AsyncIterator

import pytest_asyncio
from httpx2 import ASGITransport, AsyncClient

from api.application import build_application
from api.dependencies import build_dependencies, open_dependencies
from settings import Settings
from tests.api.conftest import OWN_SITE, Site
from tests.portal.conftest import portal as portal


@pytest_asyncio.fixture
async def site(settings: Settings, database: str, redis_url: str) -> AsyncIterator[Site]:
    parts = build_dependencies(settings)
    async with open_dependencies(parts):
        transport = ASGITransport(build_application(parts), raise_app_exceptions=True)
        async with AsyncClient(transport=transport, base_url=OWN_SITE) as client:
            yield Site(parts, client)
