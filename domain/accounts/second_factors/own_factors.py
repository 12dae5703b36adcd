"""Changes of one's own second factors; each is audited and told by mail.

All of them are refused unless the session was confirmed by its person a short while ago.
"""

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from uuid import UUID

from tortoise.backends.base.client import BaseDBAsyncClient
from tortoise.transactions import in_transaction

from domain.accounts.authentication.clients import Client
from domain.accounts.authentication.credentials import AuthenticatedAccount
from domain.accounts.authentication.session_list import require_confirmed
from domain.accounts.second_factors import challenges, passkey_ceremonies, passkeys, recovery_codes, totp
from domain.accounts.second_factors.facts import HAS_SECOND_FACTOR, HAS_TOTP, IS_REQUIRED
from domain.accounts.second_factors.passkeys import ListedPasskey, PasskeyOwner, RelyingParty
from domain.accounts.second_factors.totp import TotpSetup
from domain.accounts.security_notices import SecurityChange, record_change
from domain.kernel.errors import Refused, guard_failed, not_found

ISSUER = "Werkstand"
# Changes of one account follow one another, so that the last factor is not removed twice at once.
STATE = f"""SELECT {HAS_SECOND_FACTOR} AS has_factor, {HAS_TOTP} AS has_totp, {IS_REQUIRED} AS is_required
    FROM accounts a WHERE a.id = $1"""
LOCK = "SELECT id FROM accounts WHERE id = $1 FOR UPDATE"


@dataclass(frozen=True, kw_only=True)
class FactorState:
    """The second factors of an account. With `is_required` the last one cannot be removed."""

    has_totp: bool
    passkeys: Sequence[ListedPasskey]
    recovery_codes_left: int
    is_required: bool

    @property
    def has_factor(self) -> bool:
        return self.has_totp or bool(self.passkeys)


async def read_factors(authenticated: AuthenticatedAccount) -> FactorState:
    """The second factors of one's own account."""
    async with in_transaction() as connection:
        rows = await connection.execute_query_dict(STATE, [authenticated.account_id])
        return FactorState(
            has_totp=rows[0]["has_totp"],
            passkeys=await passkeys.list_passkeys(connection, authenticated.account_id),
            recovery_codes_left=await recovery_codes.count_left(connection, authenticated.account_id),
            is_required=rows[0]["is_required"],
        )


async def set_up_totp(authenticated: AuthenticatedAccount, key: bytes) -> None:
    """Make a secret for an app, which counts once `confirm_totp` was called with a code of it."""
    async with _changing(authenticated) as connection:
        await totp.set_up(connection, authenticated.account_id, key)


async def read_totp_setup(authenticated: AuthenticatedAccount, key: bytes) -> TotpSetup | None:
    """The secret that waits for its first code."""
    await require_confirmed(authenticated)
    async with in_transaction() as connection:
        return await totp.read_setup(
            connection, authenticated.account_id, key, email=authenticated.email, issuer=ISSUER
        )


async def confirm_totp(authenticated: AuthenticatedAccount, code: str, key: bytes, client: Client) -> Sequence[str]:
    """Confirm the app by a code; return the recovery codes that come with a first factor, else none."""
    async with _changing(authenticated) as connection:
        had_factor = await _has_factor(connection, authenticated.account_id)
        await totp.confirm(connection, authenticated.account_id, code, key)
        return await _added(connection, authenticated, "account.addTotp", client, had_factor=had_factor)


async def remove_totp(authenticated: AuthenticatedAccount, client: Client) -> None:
    """Remove the app. Refused when it is the last factor and one is required."""
    async with _changing(authenticated) as connection:
        if not await totp.remove(connection, authenticated.account_id):
            raise not_found()
        await _removed(connection, authenticated, "account.removeTotp", client)


async def passkey_options(authenticated: AuthenticatedAccount, site: RelyingParty) -> str:
    """The options with which the browser makes a passkey, as JSON."""
    owner = PasskeyOwner(account_id=authenticated.account_id, email=authenticated.email, name=authenticated.actor.name)
    async with _changing(authenticated) as connection:
        challenge = await challenges.issue(connection, challenges.of_session(authenticated.credential_id))
        known = await passkeys.list_passkeys(connection, authenticated.account_id)
    return passkey_ceremonies.registration_options(site, owner, challenge, known)


async def add_passkey(
    authenticated: AuthenticatedAccount, site: RelyingParty, *, name: str, credential: str, client: Client
) -> Sequence[str]:
    """Add the passkey that the browser has made; return the recovery codes that come with a first factor, else none."""
    account_id = authenticated.account_id
    async with _changing(authenticated) as connection:
        had_factor = await _has_factor(connection, account_id)
        challenge = await challenges.take(connection, challenges.of_session(authenticated.credential_id))
        await passkey_ceremonies.register(
            connection, site, account_id, name=name, credential=credential, challenge=challenge
        )
        return await _added(
            connection, authenticated, "account.addPasskey", client, had_factor=had_factor, name=name.strip()
        )


async def remove_passkey(authenticated: AuthenticatedAccount, passkey_id: UUID, client: Client) -> None:
    """Remove a passkey. Refused when it is the last factor and one is required."""
    async with _changing(authenticated) as connection:
        name = await passkeys.remove(connection, authenticated.account_id, passkey_id)
        if name is None:
            raise not_found()
        await _removed(connection, authenticated, "account.removePasskey", client, name=name)


async def renew_recovery_codes(authenticated: AuthenticatedAccount, client: Client) -> Sequence[str]:
    """Replace the recovery codes by ten new ones and return them. Refused without a factor to replace."""
    async with _changing(authenticated) as connection:
        if not await _has_factor(connection, authenticated.account_id):
            raise Refused(guard_failed("no_second_factor"))
        await record_change(connection, _change(authenticated, "account.renewRecoveryCodes", client))
        return await recovery_codes.renew(connection, authenticated.account_id)


@asynccontextmanager
async def _changing(authenticated: AuthenticatedAccount) -> AsyncIterator[BaseDBAsyncClient]:
    await require_confirmed(authenticated)
    async with in_transaction() as connection:
        await connection.execute_query(LOCK, [authenticated.account_id])
        yield connection


async def _has_factor(connection: BaseDBAsyncClient, account_id: UUID) -> bool:
    rows = await connection.execute_query_dict(STATE, [account_id])
    return bool(rows[0]["has_factor"])


async def _added(
    connection: BaseDBAsyncClient,
    authenticated: AuthenticatedAccount,
    action: str,
    client: Client,
    *,
    had_factor: bool,
    name: str = "",
) -> Sequence[str]:
    await record_change(connection, _change(authenticated, action, client, name=name))
    return () if had_factor else await recovery_codes.renew(connection, authenticated.account_id)


async def _removed(
    connection: BaseDBAsyncClient, authenticated: AuthenticatedAccount, action: str, client: Client, *, name: str = ""
) -> None:
    """Record a removal; recovery codes go with the last factor, which may not go where one is required."""
    rows = await connection.execute_query_dict(STATE, [authenticated.account_id])
    if not rows[0]["has_factor"]:
        if rows[0]["is_required"]:
            raise Refused(guard_failed("second_factor_is_required"))
        await recovery_codes.remove_all(connection, authenticated.account_id)
    await record_change(connection, _change(authenticated, action, client, name=name))


def _change(authenticated: AuthenticatedAccount, action: str, client: Client, *, name: str = "") -> SecurityChange:
    return SecurityChange(action=action, account_id=authenticated.account_id, client=client, name=name)
