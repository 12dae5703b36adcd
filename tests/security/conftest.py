"""Fixtures of the security tests: the whole application, and clients that do not keep to its forms."""

from collections.abc import AsyncIterator

import pytest_asyncio
from httpx2 import ASGITransport, AsyncClient

from api.application import build_application
from api.dependencies import build_dependencies, open_dependencies
from settings import Settings
from tests.support.account_client import Target
from tests.support.fixtures import api_schemas
from tests.support.fixtures import in_operations as in_operations
from tests.support.fixtures import in_portal as in_portal
from tests.support.fixtures import portal as portal
from tests.support.fixtures import site as site
from tests.support.site import OWN_SITE


@pytest_asyncio.fixture
async def target(settings: Settings, database: str, redis_url: str) -> AsyncIterator[Target]:
    dependencies = build_dependencies(settings, api_schemas())
    async with open_dependencies(dependencies):
        transport = ASGITransport(build_application(dependencies), raise_app_exceptions=True)
        async with AsyncClient(transport=transport, base_url=OWN_SITE) as client:
            yield Target(dependencies, client)
