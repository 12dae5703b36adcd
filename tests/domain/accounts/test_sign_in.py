"""Signing in and out, roles and sessions."""

import time

import pytest
from tortoise import connections

from domain.accounts.authentication.sign_in import sign_in, sign_out, sign_out_everywhere, switch_role
from domain.accounts.model import Account, AccountStatus, OrderAccess, Session
from domain.kernel.actors import ActorKind, Role
from domain.kernel.errors import Refused
from tests.makers.accounts import (
    PASSWORD,
    a_customer_account,
    a_member_account,
    a_session,
    actor_of_session,
    an_account,
    the_audit_of,
    the_recognised,
)
from tests.makers.parties import a_customer, a_member

pytestmark = pytest.mark.database
SOMEWHERE = "192.0.2.1"


async def test_an_address_is_recognised_whatever_its_case() -> None:
    await an_account(email="Mara@Werkstand.example")

    secret = await sign_in("mara@WERKSTAND.example ", PASSWORD, address=SOMEWHERE)

    assert secret is not None
    assert await actor_of_session(secret) is not None


async def test_a_wrong_password_opens_nothing_and_is_noted() -> None:
    account = await an_account()

    assert await sign_in(account.email, "another password", address=SOMEWHERE) is None

    assert await Session.all().count() == 0
    assert await the_audit_of(account.id) == ["account.signInFailed"]


async def test_an_unknown_address_takes_as_long_as_a_wrong_password() -> None:
    account = await an_account()
    await sign_in("nobody@werkstand.example", PASSWORD, address=SOMEWHERE)

    begun = time.process_time()
    await sign_in(account.email, "another password", address=SOMEWHERE)
    known = time.process_time() - begun
    begun = time.process_time()
    await sign_in("nobody@werkstand.example", "another password", address=SOMEWHERE)
    unknown = time.process_time() - begun

    assert unknown > known / 3
    assert await the_audit_of(None) == ["account.signInFailed"] * 2


async def test_an_account_that_was_closed_cannot_sign_in() -> None:
    account = await an_account(is_active=False)

    assert await sign_in(account.email, PASSWORD, address=SOMEWHERE) is None


async def test_closing_an_account_ends_what_its_sessions_can_do() -> None:
    account = await an_account()
    secret = await a_session(account)

    await Account.filter(id=account.id).update(status=AccountStatus.DEACTIVATED)

    assert await actor_of_session(secret) is None


async def test_only_the_digest_of_a_secret_is_stored() -> None:
    account = await an_account()

    secret = await sign_in(account.email, PASSWORD, address=SOMEWHERE)

    rows = await connections.get("default").execute_query_dict("SELECT row_to_json(s)::text AS row FROM sessions s")
    assert secret is not None
    assert secret not in rows[0]["row"]


async def test_signing_in_again_replaces_the_session() -> None:
    account = await an_account()
    first = await a_session(account)

    second = await sign_in(account.email, PASSWORD, address=SOMEWHERE, previous=first)

    assert second is not None
    assert await actor_of_session(first) is None
    assert await actor_of_session(second) is not None


async def test_signing_out_ends_this_session_only() -> None:
    account = await an_account()
    here, there = await a_session(account), await a_session(account)

    await sign_out(here)

    assert await actor_of_session(here) is None
    assert await actor_of_session(there) is not None


async def test_signing_out_everywhere_ends_all_sessions() -> None:
    account = await an_account()
    here, there = await a_session(account), await a_session(account)

    await sign_out_everywhere(await the_recognised(here))

    assert await actor_of_session(here) is None
    assert await actor_of_session(there) is None
    assert await the_audit_of(account.id) == ["account.signOutEverywhere"]


async def test_switching_the_role_begins_a_new_session() -> None:
    account = await an_account(Role.STAFF, Role.FINANCE)
    old = await a_session(account)

    new = await switch_role(await the_recognised(old), old, Role.FINANCE)

    actor = await actor_of_session(new)
    assert actor is not None
    assert actor.kind is ActorKind.FINANCE
    assert await actor_of_session(old) is None
    assert await the_audit_of(account.id) == ["account.switchRole"]


async def test_nobody_switches_to_a_role_that_is_not_theirs() -> None:
    secret = await a_session(await an_account(Role.STAFF))

    with pytest.raises(Refused) as refused:
        await switch_role(await the_recognised(secret), secret, Role.ADMIN)

    assert refused.value.refusals[0].reason == "not_your_role"
    assert await actor_of_session(secret) is not None


async def test_a_role_that_was_taken_away_ends_its_sessions() -> None:
    account = await an_account(Role.STAFF, Role.ADMIN)
    secret = await a_session(account, Role.ADMIN)

    await Account.filter(id=account.id).update(roles=["STAFF"])

    assert await actor_of_session(secret) is None


async def test_a_session_is_over_when_its_time_is_over() -> None:
    secret = await a_session(await an_account())

    await connections.get("default").execute_query("UPDATE sessions SET expires_at = clock_timestamp()")

    assert await actor_of_session(secret) is None


async def test_an_employee_limited_to_assigned_orders_is_an_actor_of_another_kind() -> None:
    secret = await a_session(await an_account(Role.STAFF, order_access=OrderAccess.ASSIGNED))

    actor = await actor_of_session(secret)

    assert actor is not None
    assert actor.kind is ActorKind.STAFF_ASSIGNED


async def test_a_member_acts_with_their_own_orders_in_sight() -> None:
    member = await a_member()

    actor = await actor_of_session(await a_session(await a_member_account(member)))

    assert actor is not None
    assert (actor.kind, actor.member_id, actor.customer_ids) == (ActorKind.MEMBER, member.id, ())


async def test_a_contact_acts_for_their_customer() -> None:
    customer = await a_customer()

    actor = await actor_of_session(await a_session(await a_customer_account(customer)))

    assert actor is not None
    assert (actor.kind, actor.member_id, actor.customer_ids) == (ActorKind.CUSTOMER, None, (customer.id,))
