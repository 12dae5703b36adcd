"""The calendar of one's own dates: its secret address is made anew, or switched off."""

from domain.accounts.authentication.credentials import AuthenticatedAccount
from domain.self_service.moves import holder_of, move_own_account


async def renew_calendar(account: AuthenticatedAccount) -> None:
    """Give the account's calendar a new secret address; the one before opens nothing any more."""
    await move_own_account(holder_of(account), "renewCalendar")


async def end_calendar(account: AuthenticatedAccount) -> None:
    """Take the secret address away from the account's calendar."""
    await move_own_account(holder_of(account), "endCalendar")
