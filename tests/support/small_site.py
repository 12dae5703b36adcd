"""The whole application over the small schema, with the settings of one test."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from httpx2 import ASGITransport, AsyncClient

from api.application import build_application
from api.dependencies import build_dependencies, open_dependencies
from settings import Settings
from tests.support.site import OWN_SITE, Site, small_schemas


@asynccontextmanager
async def a_small_site(settings: Settings) -> AsyncIterator[Site]:
    """Open until the block ends, with a client that speaks to it in process."""
    dependencies = build_dependencies(settings, small_schemas())
    async with open_dependencies(dependencies):
        transport = ASGITransport(build_application(dependencies), raise_app_exceptions=True)
        async with AsyncClient(transport=transport, base_url=OWN_SITE) as client:
            yield Site(dependencies, client)
