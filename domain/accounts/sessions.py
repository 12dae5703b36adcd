"""Sessions as rows: opened, extended by use, ended. They expire in real time."""

from datetime import datetime, timedelta
from uuid import UUID

from tortoise.backends.base.client import BaseDBAsyncClient
from tortoise.transactions import in_transaction

from domain.accounts.bearer_secrets import digest, new_secret
from domain.accounts.impersonation import audit_stopped
from domain.kernel.actors import Role
from domain.kernel.ids import new_id

IDLE_LIFETIME = timedelta(days=14)
MAX_LIFETIME = timedelta(days=90)
EXTENSION_INTERVAL = timedelta(hours=1)

EXPIRED_BATCH = 1_000
INSERT_SESSION = """
INSERT INTO sessions (id, account_id, secret_hash, active_role, created_at, expires_at)
VALUES ($1, $2, $3, $4, coalesce($5::timestamptz, clock_timestamp()),
        least(clock_timestamp() + $6::interval,
              coalesce($5::timestamptz, clock_timestamp()) + $7::interval))"""
EXTEND_SESSION = """
UPDATE sessions SET expires_at = least(clock_timestamp() + $2::interval, created_at + $3::interval)
WHERE id = $1 AND viewing_customer_id IS NULL"""
DELETE_SESSION = "DELETE FROM sessions WHERE secret_hash = $1 RETURNING account_id, created_at, viewing_customer_id"
DELETE_SESSIONS = "DELETE FROM sessions WHERE account_id = $1 RETURNING account_id, viewing_customer_id"
DELETE_EXPIRED = """DELETE FROM sessions WHERE id IN
    (SELECT id FROM sessions WHERE expires_at < clock_timestamp() LIMIT $1 FOR UPDATE SKIP LOCKED)
    RETURNING account_id, viewing_customer_id"""


async def open_session(
    connection: BaseDBAsyncClient, account_id: UUID, role: Role, *, since: datetime | None = None
) -> str:
    """Open a session within the caller's transaction and return its secret, which is stored nowhere.

    `since` is the time of the sign-in when this session replaces an earlier one.
    """
    secret = new_secret()
    values: list[object] = [new_id(), account_id, digest(secret), role, since, IDLE_LIFETIME, MAX_LIFETIME]
    await connection.execute_query(INSERT_SESSION, values)
    return secret


async def extend_session(session_id: UUID) -> None:
    """Extend the session by the idle lifetime, but not beyond the longest lifetime since the sign-in.

    A session that sees the portal as a customer is not extended.
    """
    async with in_transaction() as connection:
        await connection.execute_query(EXTEND_SESSION, [session_id, IDLE_LIFETIME, MAX_LIFETIME])


async def end_session(connection: BaseDBAsyncClient, secret: str) -> tuple[UUID, datetime] | None:
    """End one session; return its account and its start, or nothing when there was none."""
    rows = await connection.execute_query_dict(DELETE_SESSION, [digest(secret)])
    await audit_stopped(connection, rows)
    return (rows[0]["account_id"], rows[0]["created_at"]) if rows else None


async def end_all_sessions(connection: BaseDBAsyncClient, account_id: UUID) -> None:
    """End every session of an account; its bearer tokens stay valid, for they are revoked separately."""
    await audit_stopped(connection, await connection.execute_query_dict(DELETE_SESSIONS, [account_id]))


async def end_expired_sessions() -> int:
    """Remove a portion of the expired sessions; return how many were removed."""
    async with in_transaction() as connection:
        ended = await connection.execute_query_dict(DELETE_EXPIRED, [EXPIRED_BATCH])
        await audit_stopped(connection, ended)
    return len(ended)
