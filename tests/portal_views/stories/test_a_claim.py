"""A claim of a member: submitted, agreed to by two people, paid by a file."""

import pytest

from domain.claims.model import Claim, ClaimStatus
from domain.kernel.actors import Role
from domain.parties.model import Member
from tests.makers.accounts import an_account
from tests.makers.claims import MEMBER_IBAN
from tests.makers.orders import planned
from tests.makers.receivables import a_receivable
from tests.support.browsing.cast import Cast
from tests.support.browsing.visitor import Visitor
from tests.support.people import everyone
from tests.support.portal_browser import notice, text_of

pytestmark = [pytest.mark.browser, pytest.mark.thorough]


async def the_status() -> ClaimStatus:
    return (await Claim.get()).status


async def test_a_claim_is_agreed_to_by_two_people_and_paid(cast: Cast) -> None:
    people = await everyone(planned_invoices=(planned("2000.00"),))
    await a_receivable("2380.00", case=people.case)
    await Member.all().update(iban=MEMBER_IBAN)
    member = await cast.signed_in(people.member)
    first, second = [await cast.signed_in(await an_account(Role.FINANCE)) for _ in range(2)]

    await claims(member)
    await agrees(first)
    await approves(second)
    await pays(first)
    await reads(member)


async def claims(member: Visitor) -> None:
    await member.follow("Claims")
    await member.follow("+ Payout")
    await member.fill("Purpose", "April")
    await member.fill("Amount", "1500.00")
    await member.press("Save the claim")
    await member.press("Submit")
    assert await notice(member.page) == "The claim is submitted."


async def opens_the_claim(finance: Visitor) -> None:
    await finance.unfold("Billing")
    await finance.follow("Claims")
    await finance.follow("All")
    await finance.follow("April")


async def agrees(finance: Visitor) -> None:
    await opens_the_claim(finance)
    await finance.press("Agree first")
    assert "Another person in finance decides" in await notice(finance.page)


async def approves(finance: Visitor) -> None:
    await opens_the_claim(finance)
    await finance.press("Approve")
    assert await the_status() is ClaimStatus.APPROVED


async def pays(finance: Visitor) -> None:
    await finance.unfold("Billing")
    await finance.follow("Claims")
    await finance.follow("Payment files")
    await finance.follow("+ Pay 1 approved claim")
    await finance.press("Make a payment file")
    assert (await finance.download("Download the file")).endswith(".xml")
    await finance.press("Mark as sent")
    await finance.follow("April")
    await finance.press("Record as paid")
    assert await the_status() is ClaimStatus.PAID


async def reads(member: Visitor) -> None:
    await member.page.reload()
    assert "Paid" in await text_of(member.page)
