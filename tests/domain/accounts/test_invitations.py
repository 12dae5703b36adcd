"""Invitations: who may invite whom, what is mailed, and how long a link works."""

import asyncio
from datetime import timedelta
from uuid import UUID

import pytest

from domain.access.model import LinkEnd, LinkPurpose
from domain.accounts.model import Account, AccountStatus
from domain.commands import fire_due_deadlines
from domain.kernel.actors import Actor, ActorKind, Role
from domain.kernel.errors import Refused
from domain.outbox.claims import claim_messages, mark_failed, single
from domain.parties.model import Contact, Member
from tests.makers.accounts import an_account
from tests.makers.invitations import accepting, an_invitation, by_link, move_account, the_link
from tests.makers.parties import (
    FINANCE,
    STAFF,
    a_customer,
    a_member,
    acting_for_member,
    working_together,
)
from tests.makers.records import the_events_of, the_messages, what_is_due
from tests.makers.time import berlin, the_clock_shows

NOW = berlin(2026, 4, 1, 10)
pytestmark = pytest.mark.frozen_clock(NOW)


async def a_contact(member: Member | None = None) -> Contact:
    customer = await a_customer()
    if member:
        await working_together(member, customer)
    return await Contact.get(customer_id=customer.id)


async def reason_of(actor: Actor = STAFF, **facts: object) -> str:
    with pytest.raises(Refused) as refused:
        await an_invitation(actor, **facts)
    return refused.value.refusals[0].reason


async def test_an_administrator_invites_an_employee_who_accepts() -> None:
    account = await an_invitation(roles=(Role.FINANCE, Role.STAFF))
    assert (account.status, account.roles) == (AccountStatus.INVITED, ["FINANCE", "STAFF"])
    assert await what_is_due("account.invitation", account.id) == NOW + timedelta(days=14)
    assert await the_messages("account.invite") == ["ACCOUNT"]

    account = await accepting(account)

    assert (account.status, account.must_change_password) == (AccountStatus.ACTIVE, False)
    assert await what_is_due("account.invitation", account.id) is None
    assert await the_events_of(account.id) == ["account.invite", "account.acceptInvitation"]


async def test_staff_invites_a_member_and_the_account_acts_for_them() -> None:
    member = await a_member()

    account = await an_invitation(STAFF, member_id=member.id, email="mara@member.example")

    await member.refresh_from_db()
    assert (account.roles, account.name, member.account_id) == (["MEMBER"], member.name, account.id)


async def test_a_member_invites_a_contact_of_an_own_customer() -> None:
    member = await a_member()
    contact = await a_contact(member)

    account = await an_invitation(acting_for_member(member), contact_id=contact.id)

    await contact.refresh_from_db()
    assert (account.email, account.roles, contact.account_id) == (contact.email, ["CUSTOMER"], account.id)


async def test_nobody_invites_beyond_what_they_may() -> None:
    member, contact = await a_member(), await a_contact()
    limited = Actor(kind=ActorKind.STAFF_ASSIGNED, role=Role.STAFF, account_id=(await an_account()).id)

    assert await reason_of(STAFF, roles=(Role.STAFF,)) == "not_yours_to_invite"
    assert await reason_of(acting_for_member(member), member_id=member.id) == "not_yours_to_invite"
    assert await reason_of(acting_for_member(member), contact_id=contact.id) == "not_found"
    assert await reason_of(limited, contact_id=contact.id) == "not_found"
    assert await reason_of(FINANCE, contact_id=contact.id) == "not_your_move"


async def test_an_address_that_differs_in_its_case_only_is_in_use() -> None:
    await an_account(email="nele@werkstand.example")

    with pytest.raises(Refused, match="email_in_use"):
        await an_invitation(email="Nele@Werkstand.example")


async def test_two_invitations_of_one_address_at_once_leave_one_account() -> None:
    outcomes = await asyncio.gather(
        an_invitation(email="NELE@werkstand.example"), an_invitation(), return_exceptions=True
    )

    assert len([outcome for outcome in outcomes if isinstance(outcome, Refused)]) == 1
    assert await Account.all().count() == 1


async def test_an_active_account_is_bound_to_the_contact_and_told_so() -> None:
    contact, account = await a_contact(), await an_account(Role.STAFF, email="KIM@kunde.example")

    bound = await an_invitation(STAFF, contact_id=contact.id)

    await contact.refresh_from_db()
    assert (bound.id, bound.status, bound.roles) == (account.id, AccountStatus.ACTIVE, ["STAFF", "CUSTOMER"])
    assert contact.account_id == account.id
    assert await the_messages("account.invite") == []
    assert await the_messages("account.grantRole") == ["ACCOUNT"]


async def test_a_deactivated_account_is_not_bound() -> None:
    contact = await a_contact()
    await an_account(email="kim@kunde.example", is_active=False)

    assert await reason_of(STAFF, contact_id=contact.id) == "email_in_use"


async def test_who_has_an_account_is_not_invited_twice() -> None:
    contact = await a_contact()
    await an_invitation(STAFF, contact_id=contact.id)

    assert await reason_of(STAFF, contact_id=contact.id) == "person_has_account"


async def test_a_new_link_makes_the_earlier_one_void() -> None:
    contact = await a_contact()
    account = await an_invitation(STAFF, contact_id=contact.id)
    earlier, first = await by_link(account), await the_link(account)
    await the_clock_shows(NOW + timedelta(days=10))

    await move_account(account, "resendInvitation", STAFF)

    await first.refresh_from_db()
    assert first.end is LinkEnd.SUPERSEDED
    assert await what_is_due("account.invitation", account.id) == NOW + timedelta(days=24)
    with pytest.raises(Refused, match="link_is_void"):
        await accepting(account, earlier)


@pytest.mark.parametrize(("early", "accepted"), [(1, True), (0, False)])
async def test_an_invitation_is_open_to_its_last_second_even_if_no_clock_runs(early: int, accepted: bool) -> None:
    account = await an_invitation()
    await the_clock_shows(NOW + timedelta(days=14, seconds=-early))

    if accepted:
        assert (await accepting(account)).status is AccountStatus.ACTIVE
    else:
        with pytest.raises(Refused, match="DEADLINE_PASSED:invitation_has_ended"):
            await accepting(account)


async def test_after_fourteen_days_the_clock_makes_the_link_void() -> None:
    account = await an_invitation()
    await the_clock_shows(NOW + timedelta(days=14))

    assert await fire_due_deadlines() == 1

    assert (await the_link(account)).end is LinkEnd.CLOSED
    assert (await Account.get(id=account.id)).status is AccountStatus.INVITED


async def test_an_invitation_is_accepted_once() -> None:
    account = await an_invitation()
    holder = await by_link(account)

    outcomes = await asyncio.gather(accepting(account, holder), accepting(account, holder), return_exceptions=True)

    assert len([outcome for outcome in outcomes if isinstance(outcome, Refused)]) == 1
    assert (await the_events_of(account.id)).count("account.acceptInvitation") == 1


async def test_a_link_for_something_else_accepts_no_invitation() -> None:
    account = await an_invitation()
    other = await by_link(account)
    wrong = Actor(**{**vars(other), "link_purpose": LinkPurpose.RESET})

    with pytest.raises(Refused, match="needs_mailed_link"):
        await accepting(account, wrong)


async def test_an_administrator_cannot_accept_for_somebody_else() -> None:
    account = await an_invitation()
    stranger: UUID = (await an_account(Role.ADMIN)).id

    with pytest.raises(Refused, match="not_your_move"):
        await accepting(account, Actor(kind=ActorKind.ADMIN, role=Role.ADMIN, account_id=stranger))


async def test_administrators_are_told_of_an_invitation_that_cannot_be_delivered() -> None:
    await an_account(Role.ADMIN)
    await an_invitation()
    (message,) = await claim_messages(10)

    await mark_failed(single(message), "550 5.1.1 There is no such mailbox here")

    assert await the_messages("message.failed") == ["ADMIN"]
