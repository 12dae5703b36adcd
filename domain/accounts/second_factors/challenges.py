"""Challenges for passkeys: given to one session or browser, valid for five minutes, signed once."""

import secrets
from datetime import timedelta
from uuid import UUID

from tortoise.backends.base.client import BaseDBAsyncClient

from domain.accounts.authentication.bearer_secrets import digest
from domain.kernel.ids import new_id

LIFETIME = timedelta(minutes=5)
CHALLENGE_BYTES = 32
ISSUE = """
INSERT INTO passkey_challenges (id, bearer, challenge, expires_at)
VALUES ($1, $2, $3, clock_timestamp() + $4::interval)
ON CONFLICT (bearer) DO UPDATE SET challenge = EXCLUDED.challenge, expires_at = EXCLUDED.expires_at"""
TAKE = """DELETE FROM passkey_challenges WHERE bearer = $1
    RETURNING challenge, expires_at > clock_timestamp() AS in_time"""


def of_session(session_id: UUID) -> str:
    """The bearer of a challenge that is given to a session."""
    return f"session:{session_id}"


def of_browser(secret: str) -> str:
    """The bearer of a challenge that is given to a browser before its sign-in, known by a secret."""
    return f"browser:{digest(secret)}"


async def issue(connection: BaseDBAsyncClient, bearer: str) -> bytes:
    """Give a new challenge to a bearer; an earlier one is void."""
    challenge = secrets.token_bytes(CHALLENGE_BYTES)
    await connection.execute_query(ISSUE, [new_id(), bearer, challenge, LIFETIME])
    return challenge


async def take(connection: BaseDBAsyncClient, bearer: str) -> bytes | None:
    """Use up the challenge of a bearer; nothing when there is none or it has expired."""
    rows = await connection.execute_query_dict(TAKE, [bearer])
    return bytes(rows[0]["challenge"]) if rows and rows[0]["in_time"] else None
