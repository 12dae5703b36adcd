"""Fixtures of files: a member with an account, and what they upload with."""

import pytest_asyncio

from domain.parties.model import Member
from tests.makers.accounts import a_member_account
from tests.makers.parties import a_member
from tests.support.site import Site
from tests.support.tus_client import TusClient, a_tus_client


@pytest_asyncio.fixture
async def member(database: str) -> Member:
    return await a_member()


@pytest_asyncio.fixture
async def tus(site: Site, member: Member) -> TusClient:
    """The member's own client."""
    return await a_tus_client(site.client, await a_member_account(member))
