"""Duration of an impersonation: it ends with its session or after a working day, and every end is recorded."""

from datetime import UTC, datetime, timedelta

import pytest
from tortoise import connections

from domain.accounts.authentication.credentials import authenticate_session
from domain.accounts.impersonation import start_impersonation
from domain.accounts.model import Session
from domain.commands import remove_expired
from domain.kernel.actors import Role
from tests.makers.accounts import a_session, an_account, the_recognised
from tests.makers.parties import a_customer
from tests.support.impersonation import an_impersonation, audited, send, visit
from tests.support.site import Site

pytestmark = pytest.mark.database
WORKING_DAY = timedelta(hours=8)


async def time_left(session: str) -> timedelta:
    recognised = await the_recognised(session)
    assert recognised.expires_at is not None
    return recognised.expires_at - datetime.now(UTC)


async def let_it_expire(session: str) -> None:
    await Session.filter(id=(await the_recognised(session)).credential_id).update(expires_at=datetime.now(UTC))


async def test_a_look_lasts_a_working_day_however_much_it_is_used(site: Site) -> None:
    session = await an_impersonation(await a_customer())

    await visit(site, session, "/")

    assert timedelta(hours=7) < await time_left(session) < WORKING_DAY


async def test_whoever_has_left_stays_signed_in_as_before(site: Site) -> None:
    session = await an_impersonation(await a_customer())

    await send(site, session, "/viewing/leave")
    await visit(site, session, "/")

    assert await time_left(session) > timedelta(days=13)


async def test_a_session_that_is_over_sooner_is_not_prolonged(database: str) -> None:
    account = await an_account(Role.STAFF)
    session = await a_session(account)
    soon = datetime.now(UTC) + timedelta(minutes=5)
    await Session.filter(account_id=account.id).update(expires_at=soon)

    await start_impersonation(
        connections.get("default"), (await the_recognised(session)).actor, (await a_customer()).id
    )

    assert (await the_recognised(session)).expires_at == soon


async def test_that_it_ended_with_its_session_is_on_record(database: str) -> None:
    customer, account = await a_customer(), await an_account(Role.STAFF)
    session = await an_impersonation(customer, account)
    await let_it_expire(session)
    assert await authenticate_session(session) is None

    await remove_expired()

    assert await audited(account.id) == [
        ("customer.viewAs", str(customer.id)),
        ("customer.leaveView", str(customer.id)),
    ]
    assert not await Session.exists()


async def test_sessions_that_did_not_look_go_without_a_word(database: str) -> None:
    account = await an_account(Role.STAFF)
    await let_it_expire(await a_session(account))

    await remove_expired()

    assert not await Session.exists()
    assert await audited(account.id) == []


async def test_looking_at_somebody_else_straight_away_ends_the_first_look(database: str) -> None:
    one, other, account = await a_customer(), await a_customer("Kunde DEF"), await an_account(Role.STAFF)
    own_eyes = (await the_recognised(await a_session(account))).actor

    for customer in (one, other):
        await start_impersonation(connections.get("default"), own_eyes, customer.id)

    assert await audited(account.id) == [
        ("customer.viewAs", str(one.id)),
        ("customer.leaveView", str(one.id)),
        ("customer.viewAs", str(other.id)),
    ]
