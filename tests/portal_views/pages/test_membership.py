"""Pages of members and of the membership: entered by the operator, proposed by the member, decided side by side."""

import pytest

from domain.kernel.actors import Role
from domain.parties.model import Member, MembershipStatus
from tests.makers.accounts import a_member_account, an_account
from tests.makers.parties import a_member
from tests.support.portal_browser import Portal, notice, press, text_of, unfold

pytestmark = pytest.mark.browser

IBAN = "DE02 1203 0000 0000 2020 51"


async def test_an_employee_enters_a_member_with_the_suggested_number(portal: Portal) -> None:
    known = await a_member()
    page = await portal.signed_in(await an_account(Role.STAFF))
    await page.goto("/members")
    await page.get_by_role("link", name="New member").click()

    assert await page.get_by_label("Number").input_value() == str(known.number + 1)
    await page.get_by_label("Name").fill("Erika Muster")
    await press(page, "Add the member")

    assert "has been added" in await notice(page)
    invitation = page.get_by_role("link", name="Invite to the portal")
    member = await Member.get(name="Erika Muster")
    assert await invitation.get_attribute("href") == f"/accounts/invite?member=mem_{member.id}"


async def test_a_proposal_is_shown_beside_what_counts_and_confirmed(portal: Portal) -> None:
    member = await a_member()
    page = await portal.signed_in(await a_member_account(member))
    await page.goto("/membership")
    await unfold(page, "Propose a change")
    for label, value in {"Street": "Neuer Weg 1", "Postcode": "20095", "City": "Hamburg", "IBAN": IBAN}.items():
        await page.get_by_label(label).fill(value)
    await press(page, "Propose a change")
    assert "sent to the operator" in await notice(page)

    staff = await portal.signed_in(await an_account(Role.STAFF))
    await staff.goto(f"/members/mem_{member.id}")
    assert "Neuer Weg 1" in await staff.locator("#proposal ~ .sheet").inner_text()
    await press(staff, "Confirm the proposal")

    await member.refresh_from_db()
    assert (member.city, member.iban) == ("Hamburg", IBAN.replace(" ", ""))


async def test_a_wrong_iban_is_said_beside_its_field(portal: Portal) -> None:
    page = await portal.signed_in(await a_member_account(await a_member()))
    await page.goto("/membership")
    await unfold(page, "Propose a change")
    for label, value in {"Street": "Weg 1", "Postcode": "20095", "City": "Hamburg", "IBAN": "DE03 1203"}.items():
        await page.get_by_label(label).fill(value)

    await press(page, "Propose a change")

    assert "This IBAN is not valid" in await page.locator("small.error").inner_text()
    assert await page.get_by_label("IBAN").input_value() == "DE03 1203"


async def test_a_member_is_paused_and_reads_it(portal: Portal) -> None:
    member = await a_member()
    account = await a_member_account(member)
    page = await portal.signed_in(await an_account(Role.STAFF))
    await page.goto(f"/members/mem_{member.id}")

    await press(page, "Pause the membership")

    assert (await Member.get(id=member.id)).status is MembershipStatus.PAUSED
    as_member = await portal.signed_in(account)
    await as_member.goto("/membership")
    assert "Your membership is paused" in await text_of(as_member)
