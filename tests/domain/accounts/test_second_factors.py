"""Second factors: codes count once, recovery codes replace them once, and the last factor may be required."""

import pytest

from domain.accounts.authentication.password_change import PasswordChange, change_password
from domain.accounts.authentication.sign_in import sign_in
from domain.accounts.model import Session
from domain.accounts.second_factors import own_factors, reset
from domain.accounts.second_factors.sign_in_completion import Browser, complete_with_code
from domain.kernel.actors import Role
from domain.kernel.errors import Refused
from tests.makers.accounts import PASSWORD, a_session, actor_of_session, an_account, the_audit_of, the_recognised
from tests.support.second_factors import (
    LAPTOP,
    a_pending_sign_in,
    an_app,
    second_factors_are_required,
    signed_in,
    the_key,
)

pytestmark = pytest.mark.database
BROWSER = Browser(client=LAPTOP, address="192.0.2.1")


async def test_no_session_is_open_before_the_second_factor() -> None:
    account = await an_account()
    app = await an_app(account)
    await Session.all().delete()

    pending = await a_pending_sign_in(account)

    assert await Session.all().count() == 0
    session = await complete_with_code(pending, app.code(), the_key(), BROWSER)
    assert await actor_of_session(session) is not None


async def test_a_code_is_accepted_once() -> None:
    account = await an_account()
    app = await an_app(account)
    used = app.code()
    await complete_with_code(await a_pending_sign_in(account), used, the_key(), BROWSER)
    again = await a_pending_sign_in(account)

    with pytest.raises(Refused, match="wrong_code"):
        await complete_with_code(again, used, the_key(), BROWSER)

    assert await complete_with_code(again, app.code(1), the_key(), BROWSER)


async def test_the_code_that_confirmed_the_app_signs_nobody_in() -> None:
    account = await an_account()
    app = await an_app(account)

    with pytest.raises(Refused, match="wrong_code"):
        await complete_with_code(await a_pending_sign_in(account), app.code(-1), the_key(), BROWSER)


async def test_a_pending_sign_in_is_completed_once() -> None:
    account = await an_account()
    app, pending = await an_app(account), await a_pending_sign_in(account)
    await complete_with_code(pending, app.code(), the_key(), BROWSER)

    with pytest.raises(Refused, match="sign_in_is_over"):
        await complete_with_code(pending, app.code(1), the_key(), BROWSER)


async def test_a_changed_password_ends_what_was_begun_with_the_old_one() -> None:
    account = await an_account()
    app, pending = await an_app(account), await a_pending_sign_in(account)
    await change_password(await signed_in(account), PasswordChange(current=PASSWORD, new="a much longer password"))

    with pytest.raises(Refused, match="sign_in_is_over"):
        await complete_with_code(pending, app.code(), the_key(), BROWSER)


async def test_a_recovery_code_signs_in_once_however_it_is_typed() -> None:
    account = await an_account()
    app = await an_app(account)
    typed = app.recovery_codes[0].replace("-", " ").upper()
    assert await complete_with_code(await a_pending_sign_in(account), typed, the_key(), BROWSER)

    with pytest.raises(Refused, match="wrong_code"):
        await complete_with_code(await a_pending_sign_in(account), typed, the_key(), BROWSER)

    assert (await own_factors.read_factors(await signed_in(account))).recovery_codes_left == 9
    assert "account.useRecoveryCode" in await the_audit_of(account.id)


async def test_new_recovery_codes_void_the_old_ones() -> None:
    account = await an_account()
    app = await an_app(account)
    codes = await own_factors.renew_recovery_codes(await signed_in(account), LAPTOP)

    with pytest.raises(Refused, match="wrong_code"):
        await complete_with_code(await a_pending_sign_in(account), app.recovery_codes[1], the_key(), BROWSER)

    assert len(set(codes)) == 10
    assert await complete_with_code(await a_pending_sign_in(account), codes[0], the_key(), BROWSER)


async def test_an_app_counts_once_a_code_has_confirmed_it() -> None:
    account = await an_account()

    await own_factors.set_up_totp(await signed_in(account), the_key())

    assert await sign_in(account.email, PASSWORD, address="192.0.2.1") is not None


async def test_the_last_factor_stays_where_one_is_required() -> None:
    account = await an_account(Role.FINANCE)
    await an_app(account)
    await second_factors_are_required()

    with pytest.raises(Refused, match="second_factor_is_required"):
        await own_factors.remove_totp(await signed_in(account), LAPTOP)

    assert (await own_factors.read_factors(await signed_in(account))).has_totp


@pytest.mark.parametrize(("role", "owes"), [(Role.STAFF, True), (Role.ADMIN, True), (Role.MEMBER, False)])
async def test_employees_owe_a_factor_when_the_operator_wants_one(role: Role, owes: bool) -> None:
    account = await an_account(role)
    await second_factors_are_required()

    assert (await signed_in(account)).must_add_second_factor is owes

    await an_app(account)
    assert not (await signed_in(account)).must_add_second_factor


async def test_an_old_session_confirms_its_person_before_it_changes_factors() -> None:
    account = await an_account()
    session = await a_session(account)
    await Session.all().update(confirmed_at=None)

    with pytest.raises(Refused, match="confirmation_is_needed"):
        await own_factors.set_up_totp(await the_recognised(session), the_key())


async def test_an_administrator_resets_the_factors_of_another_account() -> None:
    account, administrator = await an_account(), await an_account(Role.ADMIN)
    await an_app(account)
    lost = await a_session(account)

    await reset.reset_second_factors(await signed_in(administrator), account.id, LAPTOP)

    assert await actor_of_session(lost) is None
    assert await sign_in(account.email, PASSWORD, address="192.0.2.1") is not None
    assert await the_audit_of(administrator.id) == ["account.resetSecondFactors"]


@pytest.mark.parametrize("role", [Role.STAFF, Role.FINANCE, Role.MEMBER, Role.CUSTOMER])
async def test_only_administrators_reset_factors(role: Role) -> None:
    account = await an_account()
    await an_app(account)

    with pytest.raises(Refused, match="not_found"):
        await reset.reset_second_factors(await signed_in(await an_account(role)), account.id, LAPTOP)
