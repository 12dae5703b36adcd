"""Bearer tokens for integrations: created with a name, role, scope and expiry, stored as their hash only, revoked."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from tortoise.backends.base.client import BaseDBAsyncClient
from tortoise.transactions import in_transaction

from domain.accounts.authentication.bearer_secrets import digest, new_secret
from domain.accounts.authentication.clients import UNKNOWN_CLIENT, Client
from domain.accounts.authentication.credentials import AuthenticatedAccount
from domain.accounts.authentication.session_list import require_confirmed
from domain.accounts.model import TokenScope
from domain.accounts.security_notices import SecurityChange, record_change
from domain.database.audit import audit
from domain.database.pools import read_sessions
from domain.kernel.actors import Role
from domain.kernel.errors import Refused, guard_failed, invalid, not_found
from domain.kernel.ids import new_id

LIFETIME = timedelta(days=90)
MAX_NAME_LENGTH, MOST_TOKENS, MOST_DAYS = 80, 50, 366
SELECT_OWNER = """
SELECT id, roles[1] AS role FROM accounts
WHERE lower(email) = lower($1) AND status = 'ACTIVE' AND cardinality(roles) > 0"""
ISSUE = """
INSERT INTO api_tokens (id, account_id, secret_hash, active_role, label, scope, created_at, expires_at)
VALUES ($1, $2, $3, $4, $5, $6, clock_timestamp(), clock_timestamp() + $7::interval)"""
REVOKE_ALL = """DELETE FROM api_tokens t USING accounts a WHERE a.id = t.account_id AND lower(a.email) = lower($1)
    RETURNING t.id, t.account_id, t.label"""
DELETE_ALL = "DELETE FROM api_tokens WHERE account_id = $1"
REVOKE = "DELETE FROM api_tokens WHERE id = $1 AND account_id = $2 RETURNING id, account_id, label"
SELECT = """SELECT id, label AS name, active_role AS role, scope, created_at, expires_at, last_used_at
    FROM api_tokens WHERE account_id = $1 AND expires_at > clock_timestamp() ORDER BY created_at DESC, id DESC"""
COUNT = "SELECT count(*) AS number FROM api_tokens WHERE account_id = $1 AND expires_at > clock_timestamp()"


@dataclass(frozen=True, kw_only=True)
class NewToken:
    """What a token is for: its name, the role it acts in, its scope, and how long it is valid."""

    name: str
    role: Role
    scope: TokenScope = TokenScope.FULL
    lifetime: timedelta = LIFETIME


@dataclass(frozen=True, kw_only=True)
class ListedToken:
    """A token as its owner sees it; the secret is not kept."""

    id: UUID
    name: str
    role: Role
    scope: TokenScope
    created_at: datetime
    expires_at: datetime
    last_used_at: datetime | None


async def list_tokens(authenticated: AuthenticatedAccount) -> Sequence[ListedToken]:
    """The valid tokens of one's own account, newest first."""
    rows = await read_sessions().fetch(SELECT, authenticated.account_id)
    return [ListedToken(**dict(row) | {"role": Role(row["role"]), "scope": TokenScope(row["scope"])}) for row in rows]


async def create_token(authenticated: AuthenticatedAccount, token: NewToken, client: Client) -> str:
    """Create a token of one's own account and return its secret, which is shown once and stored nowhere.

    Refused without a name or with too long a lifetime, for a role the account does not have, beyond `MOST_TOKENS`, and
    unless the session was confirmed a short while ago.
    """
    _check(authenticated, token)
    await require_confirmed(authenticated)
    async with in_transaction() as connection:
        rows = await connection.execute_query_dict(COUNT, [authenticated.account_id])
        if rows[0]["number"] >= MOST_TOKENS:
            raise Refused(guard_failed("too_many_tokens", most=MOST_TOKENS))
        return await _issue(connection, authenticated.account_id, token, client)


async def revoke_token(authenticated: AuthenticatedAccount, token_id: UUID) -> None:
    """End one token of one's own account at once. Refused as not found when there is none."""
    async with in_transaction() as connection:
        revoked = await connection.execute_query_dict(REVOKE, [token_id, authenticated.account_id])
        if not revoked:
            raise not_found()
        await _audit_revoked(connection, revoked)


async def issue_token(
    email: str,
    *,
    label: str = "werkstand token",
    scope: TokenScope = TokenScope.FULL,
    lifetime: timedelta = LIFETIME,
) -> str:
    """Issue a bearer token that acts in the account's first role and return it; only its hash is kept.

    Refused as not found when no active account has this address.
    """
    async with in_transaction() as connection:
        owners = await connection.execute_query_dict(SELECT_OWNER, [email.strip()])
        if not owners:
            raise not_found()
        token = NewToken(name=label, role=Role(owners[0]["role"]), scope=scope, lifetime=lifetime)
        return await _issue(connection, owners[0]["id"], token, UNKNOWN_CLIENT)


async def end_all_tokens(connection: BaseDBAsyncClient, account_id: UUID) -> None:
    """End every bearer token of an account, within the caller's transaction."""
    await connection.execute_query(DELETE_ALL, [account_id])


async def revoke_tokens(email: str) -> int:
    """End every bearer token of the account with this address at once; return how many there were."""
    async with in_transaction() as connection:
        revoked = await connection.execute_query_dict(REVOKE_ALL, [email.strip()])
        await _audit_revoked(connection, revoked)
    return len(revoked)


def _check(authenticated: AuthenticatedAccount, token: NewToken) -> None:
    if not token.name or len(token.name) > MAX_NAME_LENGTH:
        raise Refused(invalid("token_name_missing", "name", longest=MAX_NAME_LENGTH))
    if not timedelta(0) < token.lifetime <= timedelta(days=MOST_DAYS):
        raise Refused(invalid("token_lifetime_out_of_range", "days", most=MOST_DAYS))
    if token.role not in authenticated.roles:
        raise Refused(invalid("not_your_role", "role"))


async def _issue(connection: BaseDBAsyncClient, account_id: UUID, token: NewToken, client: Client) -> str:
    secret, token_id = new_secret(), new_id()
    values: list[object] = [token_id, account_id, digest(secret), token.role, token.name, token.scope, token.lifetime]
    await connection.execute_query(ISSUE, values)
    detail = {"token": token_id, "label": token.name, "scope": token.scope, "role": token.role}
    change = SecurityChange(
        action="account.issueToken", account_id=account_id, client=client, name=token.name, more=detail
    )
    await record_change(connection, change)
    return secret


async def _audit_revoked(connection: BaseDBAsyncClient, revoked: Sequence[Mapping[str, Any]]) -> None:
    for each in revoked:
        detail = {"token": each["id"], "label": each["label"]}
        await audit(connection, "account.revokeToken", each["account_id"], detail)
