"""Reservation of e-mail addresses: each belongs to one account, also the one that a change may still be undone to."""

from uuid import UUID

from tortoise.backends.base.client import BaseDBAsyncClient

LOCK = "SELECT pg_advisory_xact_lock(hashtextextended('account:' || lower($1), 0))"
SELECT_TAKEN = """SELECT 1 AS taken FROM accounts WHERE id IS DISTINCT FROM $2
    AND (lower(email) = lower($1) OR lower(previous_email) = lower($1)) LIMIT 1"""


async def lock_email(connection: BaseDBAsyncClient, email: str) -> None:
    """Wait until no other transaction gives this address to an account; compared without its case."""
    await connection.execute_query(LOCK, [email])


async def is_taken(connection: BaseDBAsyncClient, email: str, *, besides: UUID | None = None) -> bool:
    """Whether the address is that of an account other than `besides`, or was until a change that can be undone."""
    return bool(await connection.execute_query_dict(SELECT_TAKEN, [email, besides]))
