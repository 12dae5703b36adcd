"""Effects of what the holder of an account changes: password, e-mail address, name and language."""

from datetime import datetime, timedelta

from domain.access.mailed_links import end_account_links, issue_account_link
from domain.access.model import LinkEnd, LinkPurpose
from domain.accounts.authentication.passwords import UNUSABLE_HASH
from domain.accounts.effects.administration import end_access
from domain.accounts.email_reservation import is_taken, lock_email
from domain.accounts.mail_choices import MailGroup
from domain.engine.transition import TransitionContext
from domain.kernel.errors import Refused, guard_failed, invalid
from domain.kernel.ids import new_id

RESET_LIFETIME = timedelta(hours=1)
EMAIL_CHANGE_LIFETIME = timedelta(days=7)


async def request_reset(move: TransitionContext) -> None:
    """Mail a link for an hour; an earlier one becomes void."""
    await issue_account_link(
        move.work.writes, purpose=LinkPurpose.RESET, account_id=move.row.id, lifetime=RESET_LIFETIME
    )


async def reset_password(move: TransitionContext) -> None:
    """Set the new password; all sessions and tokens end, and a change of the address that waits is given up."""
    move.row.password_hash, move.row.must_change_password = move.input.password_hash, False
    move.row.pending_email = None
    await end_access(move)
    await end_account_links(move.work.writes, move.row.id, LinkPurpose.RESET, LinkEnd.USED)
    await end_account_links(move.work.writes, move.row.id, LinkPurpose.EMAIL, LinkEnd.CLOSED)


async def request_email_change(move: TransitionContext) -> None:
    """Mail a link to the new address.

    An address that belongs to another account gets no mail, and the answer is the same, so that nothing is learned.
    """
    email = move.input.email.strip()
    if email == move.row.email:
        raise Refused(invalid("email_is_the_old_one", "email"))
    await lock_email(move.connection, email)
    move.row.pending_email = email
    move.row.email_change_ends_at = _later(move)
    if await is_taken(move.connection, email, besides=move.row.id):
        move.notifies = frozenset()
        await end_account_links(move.work.writes, move.row.id, LinkPurpose.EMAIL, LinkEnd.SUPERSEDED)
        return
    await issue_account_link(
        move.work.writes, purpose=LinkPurpose.EMAIL, account_id=move.row.id, lifetime=EMAIL_CHANGE_LIFETIME
    )


async def confirm_email(move: TransitionContext) -> None:
    """Replace the address, and let the old one undo that for seven days.

    While a change can be undone, a further one leads back to the same old address, so that two changes in a row
    cannot take an account away from its holder.
    """
    email = move.row.pending_email
    if email is None:
        raise Refused(guard_failed("no_email_to_confirm"))
    await lock_email(move.connection, email)
    if await is_taken(move.connection, email, besides=move.row.id):
        raise Refused(guard_failed("email_in_use"))
    if move.row.previous_email is None:
        move.row.previous_email = move.row.email
        await issue_account_link(
            move.work.writes, purpose=LinkPurpose.EMAIL_UNDO, account_id=move.row.id, lifetime=EMAIL_CHANGE_LIFETIME
        )
    move.row.email, move.row.pending_email = email, None
    move.row.email_change_ends_at = _later(move)
    await end_account_links(move.work.writes, move.row.id, LinkPurpose.EMAIL, LinkEnd.USED)


async def undo_email_change(move: TransitionContext) -> None:
    """Give the account back to the old address.

    All access ends, and so does the password, which is known to the one who changed the address.
    """
    if move.row.previous_email is None:
        raise Refused(guard_failed("no_email_to_undo"))
    move.row.email = move.row.previous_email
    move.row.password_hash = UNUSABLE_HASH
    _forget_change(move)
    await end_access(move)
    for purpose in (LinkPurpose.EMAIL, LinkPurpose.RESET):
        await end_account_links(move.work.writes, move.row.id, purpose, LinkEnd.CLOSED)
    await end_account_links(move.work.writes, move.row.id, LinkPurpose.EMAIL_UNDO, LinkEnd.USED)


async def settle_email_change(move: TransitionContext) -> None:
    """Forget addresses that are no longer needed, and make their links void."""
    _forget_change(move)
    for purpose in (LinkPurpose.EMAIL, LinkPurpose.EMAIL_UNDO):
        await end_account_links(move.work.writes, move.row.id, purpose, LinkEnd.CLOSED)


def change_name(move: TransitionContext) -> None:
    move.row.name = move.input.name.strip()


def change_language(move: TransitionContext) -> None:
    move.row.language = move.input.language


def choose_mails(move: TransitionContext) -> None:
    move.row.unwanted_mails = [group for group in MailGroup if group in move.input.unwanted]


def renew_calendar(move: TransitionContext) -> None:
    """Give the calendar a new secret address; the one before opens nothing any more."""
    move.row.calendar_feed_id = new_id()


def end_calendar(move: TransitionContext) -> None:
    move.row.calendar_feed_id = None


def _forget_change(move: TransitionContext) -> None:
    move.row.pending_email = move.row.previous_email = move.row.email_change_ends_at = None


def _later(move: TransitionContext) -> datetime:
    return move.now + EMAIL_CHANGE_LIFETIME
