"""Tokens that people create themselves, and the list of their sessions."""

from datetime import timedelta

import pytest

from domain.accounts.authentication.api_tokens import NewToken, create_token, list_tokens, revoke_token
from domain.accounts.authentication.credentials import authenticate_token
from domain.accounts.authentication.last_use import record_use
from domain.accounts.authentication.session_list import end_listed_session, list_sessions
from domain.accounts.model import TokenScope
from domain.kernel.actors import Role
from domain.kernel.errors import Refused
from tests.makers.accounts import a_session, actor_of_session, actor_of_token, an_account, the_recognised
from tests.support.second_factors import LAPTOP, signed_in

pytestmark = pytest.mark.database
REPORT = NewToken(name="Nightly report", role=Role.FINANCE, scope=TokenScope.READ, lifetime=timedelta(days=30))


async def test_a_token_acts_in_the_role_that_was_chosen() -> None:
    authenticated = await signed_in(await an_account(Role.STAFF, Role.FINANCE))

    secret = await create_token(authenticated, REPORT, LAPTOP)

    actor = await actor_of_token(secret)
    assert actor is not None
    assert (actor.role, actor.read_only) == (Role.FINANCE, True)


@pytest.mark.parametrize(
    ("token", "reason"),
    [
        (NewToken(name="", role=Role.STAFF), "token_name_missing"),
        (NewToken(name="Mine", role=Role.ADMIN), "not_your_role"),
        (NewToken(name="Mine", role=Role.STAFF, lifetime=timedelta()), "token_lifetime_out_of_range"),
        (NewToken(name="Mine", role=Role.STAFF, lifetime=timedelta(days=400)), "token_lifetime_out_of_range"),
    ],
)
async def test_a_token_that_cannot_be_is_refused(token: NewToken, reason: str) -> None:
    authenticated = await signed_in(await an_account(Role.STAFF))

    with pytest.raises(Refused, match=reason):
        await create_token(authenticated, token, LAPTOP)

    assert await list_tokens(authenticated) == []


async def test_a_revoked_token_opens_nothing() -> None:
    authenticated = await signed_in(await an_account(Role.FINANCE))
    secret = await create_token(authenticated, REPORT, LAPTOP)
    (token,) = await list_tokens(authenticated)

    await revoke_token(authenticated, token.id)

    assert await actor_of_token(secret) is None


async def test_the_token_of_another_account_looks_absent() -> None:
    owner = await signed_in(await an_account(Role.FINANCE))
    await create_token(owner, REPORT, LAPTOP)
    (token,) = await list_tokens(owner)

    with pytest.raises(Refused, match="not_found"):
        await revoke_token(await signed_in(await an_account(Role.ADMIN)), token.id)


async def test_the_last_use_is_written_once_in_a_while() -> None:
    authenticated = await signed_in(await an_account(Role.FINANCE))
    secret = await create_token(authenticated, REPORT, LAPTOP)
    used = await authenticate_token(secret)
    assert used is not None

    await record_use("token", used.credential_id, used.last_used_at)
    (first,) = await list_tokens(authenticated)
    await record_use("token", used.credential_id, None)

    assert first.last_used_at is not None
    assert await list_tokens(authenticated) == [first]


async def test_a_session_is_ended_from_another_one() -> None:
    account = await an_account()
    here, there = await a_session(account), await a_session(account)
    authenticated = await the_recognised(here)

    other = next(each for each in await list_sessions(authenticated) if not each.is_current)
    await end_listed_session(authenticated, other.id)

    assert await actor_of_session(there) is None
    assert [each.is_current for each in await list_sessions(authenticated)] == [True]


async def test_the_session_of_another_account_looks_absent() -> None:
    theirs = await signed_in(await an_account())

    with pytest.raises(Refused, match="not_found"):
        await end_listed_session(await signed_in(await an_account(Role.ADMIN)), theirs.credential_id)
