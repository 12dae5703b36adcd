"""The whole application in process, and people who look at it."""

from collections.abc import AsyncIterator

import pytest_asyncio
from httpx2 import ASGITransport, AsyncClient

from api.application import assemble
from api.parts import parts_of, running
from settings import Settings
from tests.api.conftest import OWN_SITE, Site
from tests.portal.conftest import portal as portal


@pytest_asyncio.fixture
async def site(settings: Settings, database: str, redis_url: str) -> AsyncIterator[Site]:
    parts = parts_of(settings)
    async with running(parts):
        transport = ASGITransport(assemble(parts), raise_app_exceptions=True)
        async with AsyncClient(transport=transport, base_url=OWN_SITE) as client:
            yield Site(parts, client)
