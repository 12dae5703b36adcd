"""Where every test of billing begins: Wednesday 1 April 2026, 10:00, with an operator who may issue invoices."""

import pytest_asyncio

from tests.makers.billing import the_operator
from tests.makers.time import berlin, the_clock_shows


@pytest_asyncio.fixture
async def april(database: str) -> None:
    await the_clock_shows(berlin(2026, 4, 1, 10))
    await the_operator()


@pytest_asyncio.fixture
async def with_approval(april: None) -> None:
    """Invoices are submitted and approved before they are printed."""
    await the_operator(approval_workflow=True)
