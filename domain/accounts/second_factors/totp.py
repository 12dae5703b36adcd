"""Codes of an app (TOTP, RFC 6238): set up, confirmed by a first code, accepted once each.

A code is valid for its period of 30 seconds and the one before and after it, for clocks that differ.
"""

import hmac
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import pyotp
from tortoise.backends.base.client import BaseDBAsyncClient

from domain.accounts.second_factors.encryption import decrypt, encrypt
from domain.kernel.errors import Refused, guard_failed, invalid
from domain.kernel.ids import new_id

PERIOD_SECONDS = 30
DIGITS = 6
TOLERATED_STEPS = 1
SET_UP = """
INSERT INTO totp_factors (id, account_id, encrypted_secret, created_at) VALUES ($1, $2, $3, clock_timestamp())
ON CONFLICT (account_id) DO UPDATE SET encrypted_secret = EXCLUDED.encrypted_secret, created_at = EXCLUDED.created_at
    WHERE totp_factors.confirmed_at IS NULL RETURNING id"""
SELECT = """SELECT id, encrypted_secret, last_step, confirmed_at, extract(epoch FROM clock_timestamp()) AS now
    FROM totp_factors WHERE account_id = $1 FOR UPDATE"""
ACCEPT = (
    "UPDATE totp_factors SET last_step = $2, confirmed_at = coalesce(confirmed_at, clock_timestamp()) WHERE id = $1"
)
DELETE = "DELETE FROM totp_factors WHERE account_id = $1 RETURNING confirmed_at"


@dataclass(frozen=True)
class TotpSetup:
    """What an app needs once: the secret as text, and the address that its camera reads from a QR code."""

    secret: str
    uri: str


async def set_up(connection: BaseDBAsyncClient, account_id: UUID, key: bytes) -> None:
    """Make a new secret that waits for its first code. Refused while a confirmed app exists."""
    encrypted = encrypt(pyotp.random_base32(), account_id, key)
    if not await connection.execute_query_dict(SET_UP, [new_id(), account_id, encrypted]):
        raise Refused(guard_failed("totp_exists"))


async def read_setup(
    connection: BaseDBAsyncClient, account_id: UUID, key: bytes, *, email: str, issuer: str
) -> TotpSetup | None:
    """The secret that waits for its first code; nothing once it is confirmed, for it is not shown again."""
    row = await _row(connection, account_id)
    secret = decrypt(row["encrypted_secret"], account_id, key) if row and row["confirmed_at"] is None else None
    if secret is None:
        return None
    return TotpSetup(secret, pyotp.TOTP(secret).provisioning_uri(name=email, issuer_name=issuer))


async def confirm(connection: BaseDBAsyncClient, account_id: UUID, code: str, key: bytes) -> None:
    """Confirm the app by its first code. Refused when none waits for one, or the code is wrong."""
    row = await _row(connection, account_id)
    if row is None or row["confirmed_at"] is not None:
        raise Refused(guard_failed("no_totp_setup"))
    if not await _accept(connection, row, account_id, code, key):
        raise Refused(invalid("wrong_first_code", "code"))


async def accepts(connection: BaseDBAsyncClient, account_id: UUID, code: str, key: bytes) -> bool:
    """Whether this is a valid code of the confirmed app that was not used before; it cannot be used again."""
    row = await _row(connection, account_id)
    if row is None or row["confirmed_at"] is None:
        return False
    return await _accept(connection, row, account_id, code, key)


async def remove(connection: BaseDBAsyncClient, account_id: UUID) -> bool:
    """Remove the app; return whether there was a confirmed one."""
    rows = await connection.execute_query_dict(DELETE, [account_id])
    return any(row["confirmed_at"] is not None for row in rows)


def matching_step(secret: str, code: str, *, now: float, last_step: int | None) -> int | None:
    """The period to which a code belongs, later than the last one used; nothing when there is none.

    `now` is in seconds since 1970.
    """
    totp, current = pyotp.TOTP(secret), int(now) // PERIOD_SECONDS
    steps = range(current - TOLERATED_STEPS, current + TOLERATED_STEPS + 1)
    matching = (step for step in steps if hmac.compare_digest(totp.generate_otp(step), code))
    return next((step for step in matching if last_step is None or step > last_step), None)


async def _accept(
    connection: BaseDBAsyncClient, row: Mapping[str, Any], account_id: UUID, code: str, key: bytes
) -> bool:
    secret = decrypt(row["encrypted_secret"], account_id, key)
    digits = "".join(code.split())
    if secret is None or len(digits) != DIGITS or not digits.isascii():
        return False
    step = matching_step(secret, digits, now=float(row["now"]), last_step=row["last_step"])
    if step is None:
        return False
    await connection.execute_query(ACCEPT, [row["id"], step])
    return True


async def _row(connection: BaseDBAsyncClient, account_id: UUID) -> Mapping[str, Any] | None:
    rows = await connection.execute_query_dict(SELECT, [account_id])
    return rows[0] if rows else None
