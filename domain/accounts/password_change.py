"""The change of a password, which is required after the first sign-in."""

from datetime import UTC, datetime
from uuid import UUID

from tortoise.transactions import in_transaction

from domain.accounts.credentials import AuthenticatedAccount
from domain.accounts.passwords import hash_password, matches, password_errors
from domain.accounts.sessions import end_all_sessions, open_session
from domain.database.audit import audit
from domain.kernel.errors import Refused, invalid

SELECT_HASH = "SELECT password_hash FROM accounts WHERE id = $1"
REPLACE_HASH = """
UPDATE accounts SET password_hash = $2, must_change_password = FALSE
WHERE id = $1 AND password_hash IS NOT DISTINCT FROM $3 RETURNING id"""


async def change_password(authenticated: AuthenticatedAccount, current: str, new: str) -> str:
    """Set a new password, end all sessions of the account and open a new one, whose secret is returned.

    Refused when `current` is wrong or `new` does not follow the rules. Bearer tokens stay valid.
    """
    account_id = authenticated.account_id
    old_hash = await _password_hash(account_id)
    if not await matches(current, old_hash):
        await _audit_failure(account_id)
        raise Refused(invalid("wrong_password", "current"))
    found = password_errors(new, email=authenticated.email, current=current)
    if found:
        raise Refused(*found)
    new_hash = await hash_password(new)
    async with in_transaction() as connection:
        if not await connection.execute_query_dict(REPLACE_HASH, [account_id, new_hash, old_hash]):
            raise Refused(invalid("wrong_password", "current"))
        await end_all_sessions(connection, account_id)
        await audit(connection, "account.changePassword", account_id)
        return await open_session(connection, account_id, authenticated.actor.role, since=datetime.now(UTC))


async def _password_hash(account_id: UUID) -> str | None:
    async with in_transaction() as connection:
        rows = await connection.execute_query_dict(SELECT_HASH, [account_id])
    return rows[0]["password_hash"] if rows else None


async def _audit_failure(account_id: UUID) -> None:
    async with in_transaction() as connection:
        await audit(connection, "account.changePasswordFailed", account_id)
