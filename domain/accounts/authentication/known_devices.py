"""Known devices: a signed token by which a browser shows that an account has signed in there; never a session.

A token names one account and is void once the account's devices are forgotten: when its password is changed or reset,
when all its sessions are ended, and when it is deactivated.
"""

import base64
import binascii
import hashlib
import hmac
import json
import time
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from uuid import UUID

from tortoise.backends.base.client import BaseDBAsyncClient
from tortoise.transactions import in_transaction

from domain.accounts.authentication.bearer_secrets import digest, new_secret

KEY_PURPOSE = "known device"
LIFETIME = timedelta(days=365)
LONGEST_TOKEN = 400
SELECT_OF_SESSION = """SELECT a.id, a.device_generation FROM sessions s JOIN accounts a ON a.id = s.account_id
    WHERE s.secret_hash = $1"""
SELECT_ACCOUNT = "SELECT lower(email) AS email FROM accounts WHERE id = $1 AND device_generation = $2"
FORGET = "UPDATE accounts SET device_generation = device_generation + 1 WHERE id = $1"


@dataclass(frozen=True, kw_only=True)
class KnownDevice:
    """A browser in which this account has signed in; `id` is random and names the device in limits."""

    id: str
    account_id: UUID
    email: str

    def is_of_email(self, email: str) -> bool:
        return self.email == email.strip().lower()


async def issue_device_token(session_secret: str, key: bytes) -> str | None:
    """Return the token of a device that has just signed in; nothing when the session has ended already."""
    async with in_transaction() as connection:
        rows = await connection.execute_query_dict(SELECT_OF_SESSION, [digest(session_secret)])
    if not rows:
        return None
    ends_at = int(time.time() + LIFETIME.total_seconds())
    content = [str(rows[0]["id"]), rows[0]["device_generation"], new_secret()[:16], ends_at]
    signed = base64.urlsafe_b64encode(json.dumps(content).encode()).decode()
    return f"{signed}.{_mac(signed, key)}"


async def find_device(token: str, key: bytes) -> KnownDevice | None:
    """Return the device of a token that is signed, not too old, and not forgotten; the database is asked last."""
    content = _signed_content(token, key)
    if content is None or content[3] < time.time():
        return None
    account_id, generation, device_id, _ = content
    async with in_transaction() as connection:
        rows = await connection.execute_query_dict(SELECT_ACCOUNT, [UUID(account_id), generation])
    return KnownDevice(id=device_id, account_id=UUID(account_id), email=rows[0]["email"]) if rows else None


async def forget_devices(connection: BaseDBAsyncClient, account_id: UUID) -> None:
    """Void every device token of an account."""
    await connection.execute_query(FORGET, [account_id])


def _signed_content(token: str, key: bytes) -> list[Any] | None:
    signed, _, mac = token.partition(".")
    if len(token) > LONGEST_TOKEN or not hmac.compare_digest(mac.encode(), _mac(signed, key).encode()):
        return None
    try:
        content: list[Any] = json.loads(base64.urlsafe_b64decode(signed))
    except (binascii.Error, ValueError):
        return None
    return content


def _mac(signed: str, key: bytes) -> str:
    return hmac.digest(key, signed.encode(errors="replace"), hashlib.sha256).hex()
