"""The mails that people do without, chosen for their own account."""

from collections.abc import Collection, Sequence

from domain.accounts.authentication.credentials import AuthenticatedAccount
from domain.accounts.inputs import MailChoices
from domain.accounts.mail_choices import MailChoice, MailGroup, mail_choices
from domain.database.pools import read_sessions
from domain.self_service.moves import holder_of, move_own_account

SELECT_CHOICES = "SELECT roles, unwanted_mails FROM accounts WHERE id = $1"


async def own_mail_choices(account: AuthenticatedAccount) -> Sequence[MailChoice]:
    """The groups of mails that the account may get, in all of its roles, in its language."""
    row = await read_sessions().fetchrow(SELECT_CHOICES, account.account_id)
    language = account.actor.language
    return [*mail_choices(row["roles"], row["unwanted_mails"], language)] if row else []


async def choose_mails(account: AuthenticatedAccount, wanted: Collection[str]) -> None:
    """Do without the groups that can be left out and are not among the wanted ones."""
    choices = await own_mail_choices(account)
    unwanted: tuple[MailGroup, ...] = tuple(
        each.group for each in choices if each.required_because is None and each.group not in wanted
    )
    await move_own_account(holder_of(account), "chooseMails", MailChoices(unwanted=unwanted))
