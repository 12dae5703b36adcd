"""Acceptance of an invitation: the person sets name, language and password, and is signed in."""

from uuid import UUID

from tortoise.transactions import in_transaction

from domain.accounts.authentication.known_words import known_words
from domain.accounts.authentication.passwords import hash_password, password_errors
from domain.accounts.authentication.sessions import open_session
from domain.accounts.inputs import Acceptance
from domain.database.audit import audit
from domain.kernel.actors import Actor, Role
from domain.kernel.errors import Refused
from domain.self_service.moves import move_own_account

SELECT_ACCOUNT = "SELECT roles, email FROM accounts WHERE id = $1"


async def accept_invitation(actor: Actor, *, name: str, language: str, password: str, address: str) -> str:
    """Accept the invitation whose link the actor holds, open a session and return its secret.

    Refused when the password does not follow the rules or the invitation is void. `address` is the network address,
    for the audit.
    """
    assert actor.account_id is not None
    _, email = await _account(actor.account_id)
    known = [name, *await known_words(actor.account_id)]
    found = password_errors(password, email=email, current="", known=known)
    if found:
        raise Refused(*found)
    entry = Acceptance(name=name, language=language, password_hash=await hash_password(password))
    await move_own_account(actor, "acceptInvitation", entry)
    role, _ = await _account(actor.account_id)
    async with in_transaction() as connection:
        await audit(connection, "account.signIn", actor.account_id, {"address": address})
        return await open_session(connection, actor.account_id, role)


async def _account(account_id: UUID) -> tuple[Role, str]:
    async with in_transaction() as connection:
        (row,) = await connection.execute_query_dict(SELECT_ACCOUNT, [account_id])
    return Role(row["roles"][0]), row["email"]
