"""A sign-in that waits for its second factor: bound to one browser by a secret, for five minutes, used once."""

from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from tortoise.backends.base.client import BaseDBAsyncClient
from tortoise.transactions import in_transaction

from domain.accounts.authentication.bearer_secrets import digest, new_secret
from domain.accounts.second_factors.facts import HAS_PASSKEY, HAS_TOTP
from domain.kernel.actors import Role
from domain.kernel.ids import new_id

LIFETIME = timedelta(minutes=5)
OPEN = """INSERT INTO pending_sign_ins (id, account_id, secret_hash, expires_at)
    VALUES ($1, $2, $3, clock_timestamp() + $4::interval)"""
SELECT = f"""SELECT a.id AS account_id, a.language, a.roles, {HAS_TOTP} AS has_totp, {HAS_PASSKEY} AS has_passkey
    FROM pending_sign_ins w JOIN accounts a ON a.id = w.account_id
    WHERE w.secret_hash = $1 AND w.expires_at > clock_timestamp() AND a.status = 'ACTIVE' AND cardinality(a.roles) > 0
    FOR UPDATE OF w"""
END = "DELETE FROM pending_sign_ins WHERE secret_hash = $1"


class SecondFactorRequired(Exception):
    """The password was right and no session is open yet; `secret` goes into the browser's cookie."""

    def __init__(self, secret: str) -> None:
        super().__init__("a second factor is required")
        self.secret = secret


@dataclass(frozen=True, kw_only=True)
class PendingSignIn:
    """The account of a pending sign-in, and the factors it can be completed with. Recovery codes always can."""

    account_id: UUID
    language: str
    role: Role
    has_totp: bool
    has_passkey: bool


async def open_pending(connection: BaseDBAsyncClient, account_id: UUID) -> str:
    """Open a pending sign-in within the caller's transaction and return its secret, which is stored nowhere."""
    secret = new_secret()
    await connection.execute_query(OPEN, [new_id(), account_id, digest(secret), LIFETIME])
    return secret


async def lock_pending(connection: BaseDBAsyncClient, secret: str) -> PendingSignIn | None:
    """Lock and read a pending sign-in; nothing when it was completed, has expired, or its account is closed."""
    rows = await connection.execute_query_dict(SELECT, [digest(secret)])
    if not rows:
        return None
    row = rows[0]
    return PendingSignIn(
        account_id=row["account_id"],
        language=row["language"],
        role=Role(row["roles"][0]),
        has_totp=row["has_totp"],
        has_passkey=row["has_passkey"],
    )


async def find_pending(secret: str) -> PendingSignIn | None:
    """Read a pending sign-in, in a transaction of its own."""
    async with in_transaction() as connection:
        return await lock_pending(connection, secret)


async def end_pending(connection: BaseDBAsyncClient, secret: str) -> None:
    """End a pending sign-in, completed or abandoned."""
    await connection.execute_query(END, [digest(secret)])
