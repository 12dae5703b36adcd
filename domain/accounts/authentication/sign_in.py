"""Sign-in, sign-out and the change of the active role, each with a new session."""

from collections.abc import Mapping
from typing import Any

from tortoise.transactions import in_transaction

from domain.accounts.authentication.clients import UNKNOWN_CLIENT, Client
from domain.accounts.authentication.credentials import AuthenticatedAccount
from domain.accounts.authentication.passwords import hash_password, is_outdated, matches
from domain.accounts.authentication.sessions import end_all_sessions, end_session, open_session
from domain.accounts.second_factors.facts import HAS_SECOND_FACTOR
from domain.accounts.second_factors.pending_sign_in import SecondFactorRequired, open_pending
from domain.database.audit import audit
from domain.kernel.actors import Role
from domain.kernel.errors import Refused, guard_failed

SELECT_BY_EMAIL = f"""
SELECT a.id, a.password_hash, a.roles, {HAS_SECOND_FACTOR} AS has_second_factor FROM accounts a
WHERE lower(a.email) = lower($1) AND a.status = 'ACTIVE' AND cardinality(a.roles) > 0"""
UPDATE_HASH = "UPDATE accounts SET password_hash = $2 WHERE id = $1 AND password_hash = $3"


async def sign_in(
    email: str, password: str, *, address: str, previous: str | None = None, client: Client = UNKNOWN_CLIENT
) -> str | None:
    """Open a session in the account's first role and return its secret, or nothing.

    An unknown address and a wrong password get the same answer after a similar time. `address` is the network address
    of the attempt, for the audit; `previous` is the secret of the session that this one replaces. Raises
    `SecondFactorRequired`, and opens no session, when the account has a second factor.
    """
    account = await _account(email)
    if not await matches(password, account["password_hash"] if account else None) or account is None:
        await _audit_failure(account, address)
        return None
    rehashed = await hash_password(password) if is_outdated(account["password_hash"]) else None
    async with in_transaction() as connection:
        if rehashed:
            await connection.execute_query(UPDATE_HASH, [account["id"], rehashed, account["password_hash"]])
        if account["has_second_factor"]:
            await audit(connection, "account.passwordAccepted", account["id"], {"address": address})
            pending = await open_pending(connection, account["id"])
        else:
            if previous:
                await end_session(connection, previous)
            await audit(connection, "account.signIn", account["id"], {"address": address})
            return await open_session(connection, account["id"], Role(account["roles"][0]), client=client)
    raise SecondFactorRequired(pending)


async def sign_out(secret: str) -> None:
    """End this session; when it has ended already, nothing happens."""
    async with in_transaction() as connection:
        ended = await end_session(connection, secret)
        if ended:
            await audit(connection, "account.signOut", ended.account_id)


async def sign_out_everywhere(authenticated: AuthenticatedAccount) -> None:
    """End all sessions of the account, including the one that makes the request."""
    async with in_transaction() as connection:
        await end_all_sessions(connection, authenticated.account_id)
        await audit(connection, "account.signOutEverywhere", authenticated.account_id)


async def switch_role(authenticated: AuthenticatedAccount, secret: str, role: Role) -> str:
    """Switch to another of the account's roles: the session ends and a new one begins; return its secret."""
    if role not in authenticated.roles:
        raise Refused(guard_failed("not_your_role"))
    async with in_transaction() as connection:
        ended = await end_session(connection, secret)
        if ended is None:
            raise Refused(guard_failed("session_has_ended"))
        await audit(connection, "account.switchRole", ended.account_id, {"role": role})
        return await open_session(
            connection,
            ended.account_id,
            role,
            since=ended.created_at,
            confirmed_at=ended.confirmed_at,
            client=ended.client,
        )


async def _account(email: str) -> Mapping[str, Any] | None:
    if "\x00" in email:
        return None
    async with in_transaction() as connection:
        rows = await connection.execute_query_dict(SELECT_BY_EMAIL, [_plain(email)])
    return rows[0] if rows else None


async def _audit_failure(account: Mapping[str, Any] | None, address: str) -> None:
    async with in_transaction() as connection:
        await audit(connection, "account.signInFailed", account["id"] if account else None, {"address": address})


def _plain(email: str) -> str:
    return email.strip()[:320].encode(errors="replace").decode()
