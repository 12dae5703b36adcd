"""Fixtures of the billing tests: an operator who may issue invoices, with and without the approval workflow."""

import pytest_asyncio

from tests.makers.billing import the_operator


@pytest_asyncio.fixture
async def operator(database: str) -> None:
    """The operator's settings hold all that an invoice needs."""
    await the_operator()


@pytest_asyncio.fixture
async def with_approval(operator: None) -> None:
    """Invoices are submitted and approved before they are printed."""
    await the_operator(approval_workflow=True)
