"""Reset of another account's second factors by an administrator, for a person who has lost all of theirs."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from tortoise.backends.base.client import BaseDBAsyncClient
from tortoise.transactions import in_transaction

from domain.accounts.authentication.clients import Client
from domain.accounts.authentication.credentials import AuthenticatedAccount
from domain.accounts.authentication.session_list import require_confirmed
from domain.accounts.authentication.sessions import end_all_sessions
from domain.accounts.second_factors import passkeys, recovery_codes, totp
from domain.accounts.second_factors.facts import HAS_PASSKEY, HAS_SECOND_FACTOR, HAS_TOTP
from domain.accounts.security_notices import SecurityChange, record_change
from domain.database.pools import read_sessions
from domain.kernel.actors import Role
from domain.kernel.errors import Refused, guard_failed, not_found

MOST_LISTED = 500
LIST = f"""SELECT a.id, a.name, a.email, {HAS_TOTP} AS has_totp, {HAS_PASSKEY} AS has_passkey FROM accounts a
    WHERE a.status = 'ACTIVE' AND a.id <> $1 AND {HAS_SECOND_FACTOR} ORDER BY lower(a.name), a.id LIMIT $2"""
LOCK = "SELECT id FROM accounts WHERE id = $1 FOR UPDATE"


@dataclass(frozen=True, kw_only=True)
class ProtectedAccount:
    """An account with a second factor, as administrators see it."""

    id: UUID
    name: str
    email: str
    has_totp: bool
    has_passkey: bool


async def list_protected_accounts(administrator: AuthenticatedAccount) -> Sequence[ProtectedAccount]:
    """The other accounts with a second factor, by name, at most `MOST_LISTED`. Refused as not found to other roles."""
    _require_administrator(administrator)
    rows: Sequence[Mapping[str, Any]] = await read_sessions().fetch(LIST, administrator.account_id, MOST_LISTED)
    return [ProtectedAccount(**dict(row)) for row in rows]


async def reset_second_factors(administrator: AuthenticatedAccount, account_id: UUID, client: Client) -> None:
    """Remove all second factors and recovery codes of another account and end its sessions; its owner is told by mail.

    Refused for oneself, and as not found when the account has no factor or the actor is no administrator.
    """
    _require_administrator(administrator)
    if account_id == administrator.account_id:
        raise Refused(guard_failed("not_own_factors"))
    await require_confirmed(administrator)
    async with in_transaction() as connection:
        await connection.execute_query(LOCK, [account_id])
        if not await remove_second_factors(connection, account_id):
            raise not_found()
        await end_all_sessions(connection, account_id)
        change = SecurityChange(
            action="account.resetSecondFactors",
            account_id=account_id,
            client=client,
            made_by=administrator.account_id,
        )
        await record_change(connection, change)


async def remove_second_factors(connection: BaseDBAsyncClient, account_id: UUID) -> bool:
    """Remove all second factors and recovery codes of an account; return whether there was a factor."""
    had_totp = await totp.remove(connection, account_id)
    had_passkey = await passkeys.remove_all(connection, account_id)
    await recovery_codes.remove_all(connection, account_id)
    return had_totp or had_passkey


def _require_administrator(authenticated: AuthenticatedAccount) -> None:
    if authenticated.actor.role is not Role.ADMIN:
        raise not_found()
