"""Accounts with second factors, made as their people make them, and the codes of their apps."""

import time
from dataclasses import dataclass

import pyotp
from playwright.async_api import Page

from domain.accounts.authentication.clients import Client
from domain.accounts.authentication.credentials import AuthenticatedAccount
from domain.accounts.authentication.sign_in import sign_in
from domain.accounts.model import Account
from domain.accounts.second_factors import own_factors
from domain.accounts.second_factors.encryption import KEY_PURPOSE
from domain.accounts.second_factors.pending_sign_in import SecondFactorRequired
from domain.accounts.second_factors.totp import PERIOD_SECONDS
from domain.operator.model import OperatorSettings
from settings import load
from tests.makers.accounts import PASSWORD, a_session, the_recognised

LAPTOP = Client("Firefox · Linux", "192.0.2.x")
KEY_OF_AUTHENTICATOR = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
}


@dataclass(frozen=True)
class App:
    """An app that shows codes, and the recovery codes that came with it."""

    secret: str
    recovery_codes: tuple[str, ...] = ()

    def code(self, later: int = 0) -> str:
        """The code of this period, or of one later or earlier."""
        return pyotp.TOTP(self.secret).generate_otp(int(time.time()) // PERIOD_SECONDS + later)


def the_key() -> bytes:
    return load().key(KEY_PURPOSE)


async def signed_in(account: Account) -> AuthenticatedAccount:
    """The account in a session of a moment ago."""
    return await the_recognised(await a_session(account))


async def an_app(account: Account) -> App:
    """Set up an app for an account, confirmed by the code of the period before this one."""
    authenticated = await signed_in(account)
    await own_factors.set_up_totp(authenticated, the_key())
    setup = await own_factors.read_totp_setup(authenticated, the_key())
    assert setup is not None
    codes = await own_factors.confirm_totp(authenticated, App(setup.secret).code(-1), the_key(), LAPTOP)
    return App(setup.secret, tuple(codes))


async def a_pending_sign_in(account: Account) -> str:
    """The secret of a sign-in that waits for its second factor."""
    try:
        await sign_in(account.email, PASSWORD, address="192.0.2.1")
    except SecondFactorRequired as required:
        return required.secret
    raise AssertionError("the account has no second factor")


async def second_factors_are_required() -> None:
    """Set the operator's setting that employees need a second factor."""
    await OperatorSettings.all().update(staff_second_factor_required=True)


async def add_virtual_authenticator(page: Page) -> None:
    """Give the browser a device that keeps passkeys and always finds its person there."""
    session = await page.context.new_cdp_session(page)
    await session.send("WebAuthn.enable", {})
    await session.send(
        "WebAuthn.addVirtualAuthenticator",
        {"options": KEY_OF_AUTHENTICATOR | {"automaticPresenceSimulation": True}},
    )
