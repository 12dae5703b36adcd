"""Changing passwords and the rules for new ones."""

import pytest
from argon2 import PasswordHasher
from argon2.profiles import RFC_9106_LOW_MEMORY

from domain.accounts.authentication.credentials import authenticate_session
from domain.accounts.authentication.password_change import PasswordChange, change_password
from domain.accounts.authentication.passwords import is_outdated, password_errors
from domain.accounts.authentication.sign_in import sign_in
from domain.accounts.model import Account
from domain.kernel.errors import Refused
from tests.makers.accounts import (
    PASSWORD,
    a_session,
    actor_of_session,
    an_account,
    the_audit_of,
    the_recognised,
)

NEW = "another long password"
CHANGE = PasswordChange(current=PASSWORD, new=NEW)
SOMEWHERE = "192.0.2.1"


@pytest.mark.parametrize(
    ("new", "reason"),
    [
        ("short", "password_too_short"),
        ("eleven char", "password_too_short"),
        ("Mara.Member@kunde.example", "password_is_email"),
        (PASSWORD, "password_is_the_old_one"),
        ("x" * 257, "password_too_long"),
        ("password12345", "password_too_common"),
        ("passwortpasswort", "password_too_common"),
        ("qwertzuiop123", "password_too_common"),
        ("aaaaaaaaaaaaaaaa", "password_too_common"),
        ("mara.member2026", "password_too_common"),
        ("Holzwerk2026", "password_too_common"),
    ],
)
def test_a_password_that_breaks_a_rule_is_named_unfit(new: str, reason: str) -> None:
    found = password_errors(new, email="mara.member@kunde.example", current=PASSWORD, known=["Holzwerk eG"])

    assert [refusal.reason for refusal in found] == [reason]


def test_twelve_characters_are_enough() -> None:
    assert password_errors("twelve chars", email="mara@kunde.example", current=PASSWORD) == ()


@pytest.mark.database
async def test_a_changed_password_is_the_only_one_that_works() -> None:
    account = await an_account()
    secret = await a_session(account)

    await change_password(await the_recognised(secret), CHANGE)

    assert await sign_in(account.email, PASSWORD, address=SOMEWHERE) is None
    assert await sign_in(account.email, NEW, address=SOMEWHERE) is not None
    assert (await the_audit_of(account.id))[0] == "account.changePassword"


@pytest.mark.database
async def test_changing_the_password_ends_all_other_sessions() -> None:
    account = await an_account()
    here, there = await a_session(account), await a_session(account)

    new = await change_password(await the_recognised(here), CHANGE)

    assert await actor_of_session(here) is None
    assert await actor_of_session(there) is None
    assert await actor_of_session(new) is not None


@pytest.mark.database
async def test_the_first_password_change_lifts_the_duty_to_change_it() -> None:
    secret = await a_session(await an_account(must_change_password=True))
    before = await the_recognised(secret)

    new = await change_password(before, CHANGE)

    assert before.must_change_password
    assert not (await the_recognised(new)).must_change_password


@pytest.mark.database
async def test_whoever_does_not_know_the_current_password_cannot_change_it() -> None:
    account = await an_account()
    secret = await a_session(account)

    with pytest.raises(Refused) as refused:
        await change_password(await the_recognised(secret), PasswordChange(current="a guess at the password", new=NEW))

    assert refused.value.refusals[0].reason == "wrong_password"
    assert await authenticate_session(secret) is not None
    assert await the_audit_of(account.id) == ["account.changePasswordFailed"]


@pytest.mark.database
async def test_an_outdated_hash_is_renewed_at_sign_in() -> None:
    account = await an_account()
    weak = PasswordHasher(time_cost=1, memory_cost=1024).hash(PASSWORD)
    await Account.filter(id=account.id).update(password_hash=weak)

    await sign_in(account.email, PASSWORD, address=SOMEWHERE)

    await account.refresh_from_db()
    assert account.password_hash is not None
    assert is_outdated(weak)
    assert not is_outdated(account.password_hash)


def test_passwords_are_hashed_as_slowly_as_the_standard_asks(product_hasher: PasswordHasher) -> None:
    assert (product_hasher.memory_cost, product_hasher.time_cost, product_hasher.parallelism) == (
        RFC_9106_LOW_MEMORY.memory_cost,
        RFC_9106_LOW_MEMORY.time_cost,
        RFC_9106_LOW_MEMORY.parallelism,
    )
