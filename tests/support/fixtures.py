"""Fixtures of the whole application and of both schemas, for the conftests of folders that test with them.

They stand apart from the common conftest because importing the application takes seconds.
"""

from collections.abc import AsyncIterator
from functools import cache

import pytest
import pytest_asyncio
from httpx2 import ASGITransport, AsyncClient
from playwright.async_api import Browser

from api.application import build_application
from api.dependencies import build_dependencies, open_dependencies
from schema.api_schema import ApiSchemas, build_api_schemas
from settings import Settings
from tests.support.graphql.schema_client import SchemaClient, operations_client, portal_client
from tests.support.live_server import serving
from tests.support.portal_browser import Portal
from tests.support.site import OWN_SITE, Site


@cache
def api_schemas() -> ApiSchemas:
    """Both schemas with what they have compiled, for all applications of a worker."""
    return build_api_schemas()


@pytest.fixture
def in_operations(settings: Settings, database: str) -> SchemaClient:
    """A client of the operations schema, in process."""
    return operations_client(settings)


@pytest.fixture
def in_portal(settings: Settings, database: str) -> SchemaClient:
    """A client of the portal schema, in process."""
    return portal_client(settings)


@pytest_asyncio.fixture
async def site(settings: Settings, database: str, redis_url: str) -> AsyncIterator[Site]:
    """The whole application, with a client that speaks to it in process."""
    dependencies = build_dependencies(settings, api_schemas())
    async with open_dependencies(dependencies):
        transport = ASGITransport(build_application(dependencies), raise_app_exceptions=True)
        async with AsyncClient(transport=transport, base_url=OWN_SITE) as client:
            yield Site(dependencies, client)


@pytest_asyncio.fixture
async def portal(settings: Settings, database: str, redis_url: str, browser: Browser) -> AsyncIterator[Portal]:
    """The whole application behind a real server, with a browser before it."""
    dependencies = build_dependencies(settings, api_schemas())
    async with open_dependencies(dependencies), serving(dependencies) as address:
        yield Portal(f"http://{address}", browser)
        for context in browser.contexts:
            await context.close()
