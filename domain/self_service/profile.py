"""Changes of one's own address, name and language."""

from tortoise.transactions import in_transaction

from domain.accounts.authentication.credentials import AuthenticatedAccount
from domain.accounts.authentication.passwords import matches
from domain.accounts.inputs import NewEmail, NewLanguage, NewName
from domain.kernel.actors import Actor
from domain.kernel.errors import Refused, guard_failed, invalid
from domain.kernel.languages import LANGUAGES
from domain.self_service.moves import holder_of, move_own_account

SELECT_HASH = "SELECT password_hash FROM accounts WHERE id = $1"


async def request_email_change(account: AuthenticatedAccount, *, email: str, password: str) -> None:
    """Mail a link that confirms the new address to it; refused when the password is wrong.

    Whether the address belongs to another account makes no difference to the caller.
    """
    async with in_transaction() as connection:
        (row,) = await connection.execute_query_dict(SELECT_HASH, [account.account_id])
    if not await matches(password, row["password_hash"]):
        raise Refused(invalid("wrong_password", "password"))
    await move_own_account(holder_of(account), "requestEmailChange", NewEmail(email=email))


async def confirm_email(actor: Actor) -> None:
    """Replace the address of the account whose link the actor holds; refused when the link is void."""
    await move_own_account(actor, "confirmEmail")


async def undo_email_change(actor: Actor) -> None:
    """Restore the former address of the account whose link the actor holds; refused when the link is void."""
    await move_own_account(actor, "undoEmailChange")


async def change_name(account: AuthenticatedAccount, name: str) -> None:
    """Set the account's name; refused when it is empty or too long."""
    await move_own_account(holder_of(account), "changeName", NewName(name=name))


async def change_language(account: AuthenticatedAccount, language: str) -> None:
    """Set the account's language to another of the two."""
    if language not in LANGUAGES:
        raise Refused(guard_failed("unknown_language"))
    await move_own_account(holder_of(account), "changeLanguage", NewLanguage(language=language))
