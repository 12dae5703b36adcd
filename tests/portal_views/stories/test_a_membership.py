"""A membership: its address and bank account are proposed and confirmed, it pauses and goes on."""

import pytest

from domain.parties.model import Member, MembershipStatus
from tests.support.browsing.cast import Cast
from tests.support.browsing.visitor import Visitor
from tests.support.people import everyone
from tests.support.portal_browser import notice, text_of

pytestmark = [pytest.mark.browser, pytest.mark.thorough]
IBAN = "DE02 1203 0000 0000 2020 51"


async def test_a_membership_changes_and_pauses(cast: Cast) -> None:
    people = await everyone()
    member, staff = await cast.signed_in(people.member), await cast.signed_in(people.staff)

    await proposes(member)
    await opens_the_member(staff)
    await staff.press("Confirm the proposal")
    assert (await Member.get()).iban == IBAN.replace(" ", "")
    await staff.press("Pause the membership")
    await member.page.reload()
    assert "Your membership is paused" in await text_of(member.page)
    await staff.press("Resume the membership")
    assert (await Member.get()).status is MembershipStatus.ACTIVE


async def proposes(member: Visitor) -> None:
    await member.unfold("Membership")
    await member.follow("My membership")
    await member.unfold("Propose a change")
    for label, text in {
        "Street and number": "Neuer Weg 1",
        "Postcode": "20095",
        "City": "Hamburg",
        "IBAN": IBAN,
    }.items():
        await member.fill(label, text)
    await member.press("Propose a change")
    assert "sent to the operator" in await notice(member.page)


async def opens_the_member(staff: Visitor) -> None:
    await staff.unfold("Participants")
    await staff.follow("Members")
    await staff.follow("Mara Member")
