"""Sessions as rows: opened, extended by use, ended. They expire in real time."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from tortoise.backends.base.client import BaseDBAsyncClient
from tortoise.transactions import in_transaction

from domain.accounts.authentication.bearer_secrets import digest, new_secret
from domain.accounts.authentication.clients import UNKNOWN_CLIENT, Client
from domain.accounts.authentication.known_devices import forget_devices
from domain.accounts.impersonation import audit_stopped
from domain.kernel.actors import Role
from domain.kernel.ids import new_id

IDLE_LIFETIME = timedelta(days=14)
MAX_LIFETIME = timedelta(days=90)
EXTENSION_INTERVAL = timedelta(hours=1)

EXPIRED_BATCH = 1_000
INSERT_SESSION = """
INSERT INTO sessions (id, account_id, secret_hash, active_role, created_at, expires_at, device, network, last_used_at,
        confirmed_at)
VALUES ($1, $2, $3, $4, coalesce($5::timestamptz, clock_timestamp()),
        least(clock_timestamp() + $6::interval,
              coalesce($5::timestamptz, clock_timestamp()) + $7::interval),
        $8, $9, clock_timestamp(), CASE WHEN $5::timestamptz IS NULL THEN clock_timestamp() ELSE $10 END)"""
EXTEND_SESSION = """
UPDATE sessions SET expires_at = least(clock_timestamp() + $2::interval, created_at + $3::interval)
WHERE id = $1 AND viewing_customer_id IS NULL"""
ENDED = "account_id, created_at, confirmed_at, device, network, viewing_customer_id"
DELETE_SESSION = f"DELETE FROM sessions WHERE secret_hash = $1 RETURNING {ENDED}"
DELETE_SESSIONS = """WITH pending AS (DELETE FROM pending_sign_ins WHERE account_id = $1)
    DELETE FROM sessions WHERE account_id = $1 RETURNING account_id, viewing_customer_id"""
DELETE_EXPIRED = """DELETE FROM sessions WHERE id IN
    (SELECT id FROM sessions WHERE expires_at < clock_timestamp() LIMIT $1 FOR UPDATE SKIP LOCKED)
    RETURNING account_id, viewing_customer_id"""


@dataclass(frozen=True, kw_only=True)
class EndedSession:
    """A session that has ended, with what another one takes over from it."""

    account_id: UUID
    created_at: datetime
    confirmed_at: datetime | None
    client: Client


async def open_session(
    connection: BaseDBAsyncClient,
    account_id: UUID,
    role: Role,
    *,
    since: datetime | None = None,
    confirmed_at: datetime | None = None,
    client: Client = UNKNOWN_CLIENT,
) -> str:
    """Open a session within the caller's transaction and return its secret, which is stored nowhere.

    `since` is the time of the sign-in when this session replaces an earlier one, and `confirmed_at` when its person
    last proved who they are; a new sign-in is such a proof.
    """
    secret = new_secret()
    values: list[object] = [new_id(), account_id, digest(secret), role, since, IDLE_LIFETIME, MAX_LIFETIME]
    await connection.execute_query(INSERT_SESSION, [*values, client.device, client.network, confirmed_at])
    return secret


async def extend_session(session_id: UUID) -> None:
    """Extend the session by the idle lifetime, but not beyond the longest lifetime since the sign-in.

    A session that sees the portal as a customer is not extended.
    """
    async with in_transaction() as connection:
        await connection.execute_query(EXTEND_SESSION, [session_id, IDLE_LIFETIME, MAX_LIFETIME])


async def end_session(connection: BaseDBAsyncClient, secret: str) -> EndedSession | None:
    """End one session and return it, or nothing when there was none."""
    rows = await connection.execute_query_dict(DELETE_SESSION, [digest(secret)])
    await audit_stopped(connection, rows)
    return _ended(rows[0]) if rows else None


async def end_all_sessions(connection: BaseDBAsyncClient, account_id: UUID) -> None:
    """End every session and pending sign-in of an account, and forget its devices; bearer tokens end separately."""
    await audit_stopped(connection, await connection.execute_query_dict(DELETE_SESSIONS, [account_id]))
    await forget_devices(connection, account_id)


async def end_expired_sessions() -> int:
    """Remove a portion of the expired sessions; return how many were removed."""
    async with in_transaction() as connection:
        ended = await connection.execute_query_dict(DELETE_EXPIRED, [EXPIRED_BATCH])
        await audit_stopped(connection, ended)
    return len(ended)


def _ended(row: Mapping[str, Any]) -> EndedSession:
    return EndedSession(
        account_id=row["account_id"],
        created_at=row["created_at"],
        confirmed_at=row["confirmed_at"],
        client=Client(row["device"], row["network"]),
    )
