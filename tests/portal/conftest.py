"""The whole application with a browser before it."""

from collections.abc import AsyncIterator

import pytest_asyncio
from playwright.async_api import Browser

from api.dependencies import build_dependencies, open_dependencies
from settings import Settings
from tests.api.serving import serving
from tests.portal.visiting import Portal


@pytest_asyncio.fixture
async def portal(settings: Settings, database: str, redis_url: str, browser: Browser) -> AsyncIterator[Portal]:
    parts = build_dependencies(settings)
    async with open_dependencies(parts), serving(parts) as address:
        yield Portal(f"http://{address}", browser)
        for context in browser.contexts:
            await context.close()
