"""Bearer tokens."""

from datetime import timedelta

import pytest

from domain.accounts.authentication.api_tokens import issue_token, revoke_tokens
from domain.accounts.authentication.sign_in import sign_out_everywhere
from domain.kernel.actors import ActorKind, Role
from domain.kernel.errors import Code, Refused
from tests.makers.accounts import a_session, actor_of_session, actor_of_token, an_account, the_audit_of, the_recognised

pytestmark = pytest.mark.database


async def test_a_token_acts_in_the_first_role() -> None:
    account = await an_account(Role.FINANCE, Role.STAFF)

    actor = await actor_of_token(await issue_token(account.email.upper()))

    assert actor is not None
    assert (actor.kind, actor.account_id) == (ActorKind.FINANCE, account.id)
    assert await the_audit_of(account.id) == ["account.issueToken"]


async def test_a_token_is_no_session() -> None:
    token = await issue_token((await an_account()).email)

    assert await actor_of_session(token) is None


async def test_an_unknown_address_gets_no_token() -> None:
    with pytest.raises(Refused) as refused:
        await issue_token("nobody@werkstand.example")

    assert refused.value.refusals[0].code is Code.NOT_FOUND


async def test_a_revoked_token_recognises_nobody() -> None:
    account, other = await an_account(), await an_account()
    tokens = [await issue_token(account.email), await issue_token(account.email)]
    of_other = await issue_token(other.email)

    assert await revoke_tokens(account.email.upper()) == 2

    assert [await actor_of_token(each) for each in tokens] == [None, None]
    assert await actor_of_token(of_other) is not None
    assert await revoke_tokens(account.email) == 0


async def test_signing_out_everywhere_leaves_tokens_alone() -> None:
    account = await an_account()
    token = await issue_token(account.email)

    await sign_out_everywhere(await the_recognised(await a_session(account)))

    assert await actor_of_token(token) is not None


async def test_a_token_is_over_when_its_time_is_over() -> None:
    account = await an_account()

    token = await issue_token(account.email, lifetime=timedelta())

    assert await actor_of_token(token) is None
