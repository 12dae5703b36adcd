"""The people of a chaos run: members with their customers, staff, and a token for each."""

import asyncio
import random
from collections.abc import Sequence
from dataclasses import dataclass

from domain.accounts.authentication.api_tokens import issue_token
from domain.kernel.actors import Role
from domain.kernel.ids import external
from tests.chaos.client import Client
from tests.chaos.ledger import Ledger
from tests.makers.accounts import a_customer_account, a_member_account, an_account
from tests.makers.billing import the_operator
from tests.makers.parties import a_customer, a_member, working_together

PAIRS = 4


@dataclass(frozen=True, kw_only=True)
class Pair:
    """A member and the customer they work for."""

    customer_id: str
    contact_id: str
    member_token: str
    customer_token: str
    staff_token: str


@dataclass(frozen=True)
class Party:
    """The clients of one pair, and what they draw their choices from."""

    pair: Pair
    member: Client
    customer: Client
    staff: Client
    chance: random.Random
    ends: asyncio.Event

    @property
    def clients(self) -> Sequence[Client]:
        return (self.member, self.customer, self.staff)


async def prepare_people() -> list[Pair]:
    """Create them through the domain's models; the pools are open and no fault has happened yet."""
    await the_operator()
    staff_token = await issue_token((await an_account(Role.STAFF)).email)
    return [await _pair(staff_token) for _ in range(PAIRS)]


def party(base_url: str, pair: Pair, ledger: Ledger, chance: random.Random) -> Party:
    """The clients of one pair."""
    member, customer, staff = (
        Client(base_url, token, ledger, chance) for token in (pair.member_token, pair.customer_token, pair.staff_token)
    )
    return Party(pair, member, customer, staff, chance, asyncio.Event())


async def _pair(staff_token: str) -> Pair:
    member, customer = await a_member(), await a_customer()
    await working_together(member, customer)
    assert customer.default_contact_id
    return Pair(
        customer_id=external("cus", customer.id),
        contact_id=external("con", customer.default_contact_id),
        member_token=await issue_token((await a_member_account(member)).email),
        customer_token=await issue_token((await a_customer_account(customer)).email),
        staff_token=staff_token,
    )
