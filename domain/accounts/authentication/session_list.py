"""The sessions of an account as its person sees them, the end of one, and the proof of who is at it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from tortoise.transactions import in_transaction

from domain.accounts.authentication.clients import Client
from domain.accounts.authentication.credentials import AuthenticatedAccount
from domain.accounts.authentication.passwords import matches
from domain.accounts.impersonation import audit_stopped
from domain.database.audit import audit
from domain.database.pools import read_sessions
from domain.kernel.actors import Role
from domain.kernel.errors import Refused, guard_failed, invalid, not_found

# As long as a person is trusted to be the one who signed in when something about security changes.
CONFIRMATION_LIFETIME = timedelta(minutes=15)
MOST_LISTED = 100
SELECT = """SELECT id, device, network, active_role, created_at, coalesce(last_used_at, created_at) AS last_used_at
    FROM sessions WHERE account_id = $1 AND expires_at > clock_timestamp()
    ORDER BY last_used_at DESC NULLS LAST, id DESC LIMIT $2"""
DELETE = "DELETE FROM sessions WHERE id = $1 AND account_id = $2 RETURNING account_id, viewing_customer_id"
SELECT_HASH = "SELECT password_hash FROM accounts WHERE id = $1"
CONFIRM = "UPDATE sessions SET confirmed_at = clock_timestamp() WHERE id = $1"
IS_CONFIRMED = "SELECT confirmed_at > clock_timestamp() - $2::interval FROM sessions WHERE id = $1"


@dataclass(frozen=True, kw_only=True)
class ListedSession:
    """One signed-in browser of an account."""

    id: UUID
    client: Client
    role: Role
    created_at: datetime
    last_used_at: datetime
    is_current: bool


async def list_sessions(authenticated: AuthenticatedAccount) -> Sequence[ListedSession]:
    """The sessions of the account, the last used first, at most `MOST_LISTED`."""
    rows = await read_sessions().fetch(SELECT, authenticated.account_id, MOST_LISTED)
    return [
        ListedSession(
            id=row["id"],
            client=Client(row["device"], row["network"]),
            role=Role(row["active_role"]),
            created_at=row["created_at"],
            last_used_at=row["last_used_at"],
            is_current=row["id"] == authenticated.credential_id,
        )
        for row in rows
    ]


async def end_listed_session(authenticated: AuthenticatedAccount, session_id: UUID) -> None:
    """End one session of the account. Refused as not found when it has ended already or belongs to another account."""
    async with in_transaction() as connection:
        ended = await connection.execute_query_dict(DELETE, [session_id, authenticated.account_id])
        if not ended:
            raise not_found()
        await audit_stopped(connection, ended)
        await audit(connection, "account.endSession", authenticated.account_id, {"session": session_id})


async def confirm_session(authenticated: AuthenticatedAccount, password: str) -> None:
    """Let the session change what is about security for a while. Refused when the password is wrong."""
    rows = await read_sessions().fetch(SELECT_HASH, authenticated.account_id)
    is_right = await matches(password, rows[0]["password_hash"] if rows else None)
    async with in_transaction() as connection:
        if is_right:
            await connection.execute_query(CONFIRM, [authenticated.credential_id])
        await audit(connection, "account.confirm" if is_right else "account.confirmFailed", authenticated.account_id)
    if not is_right:
        raise Refused(invalid("wrong_password", "password"))


async def is_confirmed(authenticated: AuthenticatedAccount) -> bool:
    """Whether the session was confirmed by its person a short while ago."""
    return bool(await read_sessions().fetchval(IS_CONFIRMED, authenticated.credential_id, CONFIRMATION_LIFETIME))


async def require_confirmed(authenticated: AuthenticatedAccount) -> None:
    """Refuse a change of security unless the session was confirmed a short while ago."""
    if not await is_confirmed(authenticated):
        raise Refused(guard_failed("confirmation_is_needed"))
