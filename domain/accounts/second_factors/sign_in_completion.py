"""Completion of a sign-in: by a code or passkey after the password, or by a passkey alone."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from uuid import UUID

from tortoise.backends.base.client import BaseDBAsyncClient
from tortoise.transactions import in_transaction

from domain.accounts.authentication.clients import Client
from domain.accounts.authentication.sessions import end_session, open_session
from domain.accounts.second_factors import challenges, passkey_ceremonies, passkeys, recovery_codes, totp
from domain.accounts.second_factors.passkeys import RelyingParty
from domain.accounts.second_factors.pending_sign_in import PendingSignIn, end_pending, lock_pending
from domain.accounts.security_notices import SecurityChange, record_change
from domain.database.audit import audit
from domain.kernel.actors import Role
from domain.kernel.errors import Refused, guard_failed, invalid

SELECT_ROLE = "SELECT roles[1] AS role FROM accounts WHERE id = $1 AND status = 'ACTIVE' AND cardinality(roles) > 0"
Proof = Callable[[BaseDBAsyncClient, PendingSignIn], Awaitable[str | None]]


@dataclass(frozen=True, kw_only=True)
class Browser:
    """The browser that signs in: its client, its network address for the audit, and its earlier session, if any."""

    client: Client
    address: str
    previous: str | None = None


async def complete_with_code(secret: str, code: str, key: bytes, browser: Browser) -> str:
    """Complete a pending sign-in by a code of the app or a recovery code; return the secret of the new session.

    Refused when the code is wrong or was used, and when the pending sign-in is over.
    """

    async def prove(connection: BaseDBAsyncClient, pending: PendingSignIn) -> str | None:
        if await totp.accepts(connection, pending.account_id, code, key):
            return "totp"
        return await _use_recovery_code(connection, pending.account_id, code, browser.client)

    return await _complete(secret, prove, "wrong_code", browser)


async def complete_with_passkey(secret: str, credential: str, site: RelyingParty, browser: Browser) -> str:
    """Complete a pending sign-in by a passkey of its account; return the secret of the new session."""

    async def prove(connection: BaseDBAsyncClient, pending: PendingSignIn) -> str | None:
        challenge = await challenges.take(connection, challenges.of_browser(secret))
        account_id = await passkey_ceremonies.verify(connection, site, credential=credential, challenge=challenge)
        return "passkey" if account_id == pending.account_id else None

    return await _complete(secret, prove, "passkey_not_verified", browser)


async def sign_in_with_passkey(secret: str, credential: str, site: RelyingParty, browser: Browser) -> str:
    """Sign in by a passkey alone, which verifies its person; `secret` names the browser that has the challenge."""
    async with in_transaction() as connection:
        challenge = await challenges.take(connection, challenges.of_browser(secret))
        account_id = await passkey_ceremonies.verify(connection, site, credential=credential, challenge=challenge)
        role = await _first_role(connection, account_id) if account_id else None
        if account_id and role:
            return await _open(connection, account_id, role, "passkey", browser)
    await _audit_failure(account_id, browser)
    raise Refused(guard_failed("passkey_not_verified"))


async def pending_passkey_options(secret: str, site: RelyingParty) -> str:
    """The options with which the account's own passkeys complete a pending sign-in, as JSON."""
    async with in_transaction() as connection:
        pending = await lock_pending(connection, secret)
        if pending is None:
            raise Refused(guard_failed("sign_in_is_over"))
        challenge = await challenges.issue(connection, challenges.of_browser(secret))
        known = await passkeys.list_passkeys(connection, pending.account_id)
    return passkey_ceremonies.authentication_options(site, challenge, known)


async def passkey_options(secret: str, site: RelyingParty) -> str:
    """The options with which any passkey of this site signs in, as JSON, for the browser that keeps `secret`."""
    async with in_transaction() as connection:
        challenge = await challenges.issue(connection, challenges.of_browser(secret))
    return passkey_ceremonies.authentication_options(site, challenge)


async def _complete(secret: str, prove: Proof, reason: str, browser: Browser) -> str:
    async with in_transaction() as connection:
        pending = await lock_pending(connection, secret)
        if pending is None:
            raise Refused(guard_failed("sign_in_is_over"))
        method = await prove(connection, pending)
        if method:
            await end_pending(connection, secret)
            return await _open(connection, pending.account_id, pending.role, method, browser)
    await _audit_failure(pending.account_id, browser)
    raise Refused(invalid(reason, "code"))


async def _open(connection: BaseDBAsyncClient, account_id: UUID, role: Role, method: str, browser: Browser) -> str:
    if browser.previous:
        await end_session(connection, browser.previous)
    await audit(connection, "account.signIn", account_id, {"address": browser.address, "factor": method})
    return await open_session(connection, account_id, role, client=browser.client)


async def _use_recovery_code(connection: BaseDBAsyncClient, account_id: UUID, code: str, client: Client) -> str | None:
    if not recovery_codes.looks_like_code(code) or not await recovery_codes.use(connection, account_id, code):
        return None
    left = await recovery_codes.count_left(connection, account_id)
    change = SecurityChange(action="account.useRecoveryCode", account_id=account_id, client=client, more={"left": left})
    await record_change(connection, change)
    return "recoveryCode"


async def _first_role(connection: BaseDBAsyncClient, account_id: UUID) -> Role | None:
    rows = await connection.execute_query_dict(SELECT_ROLE, [account_id])
    return Role(rows[0]["role"]) if rows else None


async def _audit_failure(account_id: UUID | None, browser: Browser) -> None:
    async with in_transaction() as connection:
        await audit(connection, "account.secondFactorFailed", account_id, {"address": browser.address})
