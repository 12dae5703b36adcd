"""Replacement of a forgotten password, by a link that is mailed to the account's address."""

from tortoise.transactions import in_transaction

from domain.accounts.authentication.credentials import holder_actor
from domain.accounts.authentication.known_words import known_words
from domain.accounts.authentication.passwords import hash_password, password_errors
from domain.accounts.inputs import NewPassword
from domain.kernel.actors import Actor
from domain.kernel.clean_text import is_clean
from domain.kernel.errors import Refused
from domain.self_service.moves import move_own_account

SELECT_BY_EMAIL = "SELECT id, name, language FROM accounts WHERE lower(email) = lower($1) AND status = 'ACTIVE'"
SELECT_EMAIL = "SELECT email FROM accounts WHERE id = $1"


async def request_password_reset(email: str) -> None:
    """Mail a link to the active account with this address; without one, nothing happens.

    The caller must not show which of the two it was, nor by how long it took.
    """
    if not is_clean(email):
        return
    async with in_transaction() as connection:
        rows = await connection.execute_query_dict(SELECT_BY_EMAIL, [email.strip()[:320]])
    for row in rows:
        actor = holder_actor(row["id"], name=row["name"], language=row["language"])
        await move_own_account(actor, "requestPasswordReset")


async def reset_password(actor: Actor, password: str) -> None:
    """Set the new password of the account whose link the actor holds; all sessions and tokens end.

    Refused when the password does not follow the rules or the link is void.
    """
    assert actor.account_id is not None
    async with in_transaction() as connection:
        (row,) = await connection.execute_query_dict(SELECT_EMAIL, [actor.account_id])
    known = await known_words(actor.account_id)
    found = password_errors(password, email=row["email"], current="", known=known)
    if found:
        raise Refused(*found)
    await move_own_account(actor, "resetPassword", NewPassword(password_hash=await hash_password(password)))
