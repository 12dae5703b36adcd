"""Fixtures of the tests of invoice runs."""

import pytest_asyncio

from domain.kernel.actors import Actor
from tests.makers.billing import someone_in_finance, the_operator


@pytest_asyncio.fixture
async def fay(database: str) -> Actor:
    """An account of finance; the operator has everything that an invoice needs."""
    await the_operator()
    return await someone_in_finance()
