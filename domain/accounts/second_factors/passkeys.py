"""Passkeys (WebAuthn) as they are stored; what needs the library of their ceremonies stands in `passkey_ceremonies`."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from tortoise.backends.base.client import BaseDBAsyncClient

SELECT = """SELECT id, name, credential_id, created_at, last_used_at FROM passkeys WHERE account_id = $1
    ORDER BY created_at, id"""
DELETE = "DELETE FROM passkeys WHERE id = $1 AND account_id = $2 RETURNING name"
DELETE_ALL = "DELETE FROM passkeys WHERE account_id = $1 RETURNING id"


@dataclass(frozen=True)
class RelyingParty:
    """This site as passkeys know it: `id` is its host, `origin` its whole address. An IP address has no passkeys."""

    id: str
    origin: str


@dataclass(frozen=True, kw_only=True)
class ListedPasskey:
    """A passkey as its owner recognises it; `credential_id` is in base64url."""

    id: UUID
    name: str
    credential_id: str
    created_at: datetime
    last_used_at: datetime | None


@dataclass(frozen=True, kw_only=True)
class PasskeyOwner:
    """The account that registers a passkey, as its device shows it."""

    account_id: UUID
    email: str
    name: str


async def list_passkeys(connection: BaseDBAsyncClient, account_id: UUID) -> Sequence[ListedPasskey]:
    """The passkeys of an account, oldest first."""
    rows = await connection.execute_query_dict(SELECT, [account_id])
    return [ListedPasskey(**row) for row in rows]


async def remove(connection: BaseDBAsyncClient, account_id: UUID, passkey_id: UUID) -> str | None:
    """Remove one passkey of an account; return its name, or nothing when there is none."""
    rows = await connection.execute_query_dict(DELETE, [passkey_id, account_id])
    return str(rows[0]["name"]) if rows else None


async def remove_all(connection: BaseDBAsyncClient, account_id: UUID) -> bool:
    """Remove all passkeys of an account; return whether there were any."""
    return bool(await connection.execute_query_dict(DELETE_ALL, [account_id]))
