"""The change of a password, which is required after the first sign-in."""

from dataclasses import dataclass
from uuid import UUID

from tortoise.transactions import in_transaction

from domain.accounts.authentication.api_tokens import end_all_tokens
from domain.accounts.authentication.clients import UNKNOWN_CLIENT, Client
from domain.accounts.authentication.credentials import AuthenticatedAccount
from domain.accounts.authentication.known_words import known_words
from domain.accounts.authentication.passwords import hash_password, matches, password_errors
from domain.accounts.authentication.sessions import end_all_sessions, open_session
from domain.database.audit import audit
from domain.kernel.errors import Refused, invalid

SELECT_HASH = "SELECT password_hash FROM accounts WHERE id = $1"
REPLACE_HASH = """
UPDATE accounts SET password_hash = $2, must_change_password = FALSE
WHERE id = $1 AND password_hash IS NOT DISTINCT FROM $3 RETURNING id"""


@dataclass(frozen=True, kw_only=True)
class PasswordChange:
    """The password as it was and as it shall be; bearer tokens end with the old one unless they are kept."""

    current: str
    new: str
    keeps_tokens: bool = False


async def change_password(
    authenticated: AuthenticatedAccount, change: PasswordChange, client: Client = UNKNOWN_CLIENT
) -> str:
    """Set a new password, end all sessions of the account and open a new one, whose secret is returned.

    Refused when the current password is wrong or the new one does not follow the rules.
    """
    account_id = authenticated.account_id
    old_hash = await _password_hash(account_id)
    if not await matches(change.current, old_hash):
        await _audit_failure(account_id)
        raise Refused(invalid("wrong_password", "current"))
    known = await known_words(account_id)
    found = password_errors(change.new, email=authenticated.email, current=change.current, known=known)
    if found:
        raise Refused(*found)
    new_hash = await hash_password(change.new)
    async with in_transaction() as connection:
        if not await connection.execute_query_dict(REPLACE_HASH, [account_id, new_hash, old_hash]):
            raise Refused(invalid("wrong_password", "current"))
        await end_all_sessions(connection, account_id)
        if not change.keeps_tokens:
            await end_all_tokens(connection, account_id)
        await audit(connection, "account.changePassword", account_id, {"keepsTokens": change.keeps_tokens})
        return await open_session(connection, account_id, authenticated.actor.role, client=client)


async def _password_hash(account_id: UUID) -> str | None:
    async with in_transaction() as connection:
        rows = await connection.execute_query_dict(SELECT_HASH, [account_id])
    return rows[0]["password_hash"] if rows else None


async def _audit_failure(account_id: UUID) -> None:
    async with in_transaction() as connection:
        await audit(connection, "account.changePasswordFailed", account_id)
