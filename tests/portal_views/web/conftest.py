"""Fixtures for live pages: the application's dependencies, and the portal that uses the same ones."""

from collections.abc import AsyncIterator

import pytest_asyncio
from playwright.async_api import Browser

from api.dependencies import Dependencies, build_dependencies, open_dependencies
from settings import Settings
from tests.support.fixtures import api_schemas
from tests.support.live_server import serving
from tests.support.portal_browser import Portal


@pytest_asyncio.fixture
async def dependencies(settings: Settings, database: str, redis_url: str) -> AsyncIterator[Dependencies]:
    dependencies = build_dependencies(settings, api_schemas())
    async with open_dependencies(dependencies):
        yield dependencies


@pytest_asyncio.fixture
async def portal(dependencies: Dependencies, browser: Browser) -> AsyncIterator[Portal]:
    async with serving(dependencies) as address:
        yield Portal(f"http://{address}", browser)
        for context in browser.contexts:
            await context.close()
