"""Links in mails: the signed links for customers without sign-in, and the unsubscribe link."""

from uuid import UUID

from domain.access.mailed_links import KEY_PURPOSE, token
from domain.access.model import LinkPurpose
from domain.access.reply_links import extend_reply_link
from domain.access.status_links import extend_status_link
from domain.accounts import unsubscribe
from domain.accounts.message_readers import MessageReader
from domain.database.pools import read_sessions
from domain.kernel.actors import Role
from domain.outbox.claims import ClaimedMessage
from settings import Settings

# Messages about these nouns lead contacts without an account to their work in progress.
STATUS_LINK_NOUNS = frozenset({"clientStatus", "contact"})
# Messages that contacts without an account answer in writing.
REPLY_MESSAGES = frozenset({"order.comment"})
# Messages that ask a customer for an answer. Without an open link they are no longer sent.
LINK_PURPOSES = {
    "order.approve": LinkPurpose.OFFER,
    "order.offerHalfTime": LinkPurpose.OFFER,
    "order.offerLastDay": LinkPurpose.OFFER,
    "order.changeContact": LinkPurpose.OFFER,
    "order.proposeDue": LinkPurpose.DUE,
    "order.repeatDueProposal": LinkPurpose.DUE,
    "delivery.submit": LinkPurpose.REVIEW,
    "delivery.resubmit": LinkPurpose.REVIEW,
    "delivery.resumeReview": LinkPurpose.REVIEW,
    "delivery.changeContact": LinkPurpose.REVIEW,
    "delivery.reviewReminder": LinkPurpose.REVIEW,
    "supplement.offer": LinkPurpose.SUPPLEMENT,
    "supplement.changeContact": LinkPurpose.SUPPLEMENT,
    "supplement.lastDay": LinkPurpose.SUPPLEMENT,
}
# Messages that let an account change itself.
ACCOUNT_LINK_PURPOSES = {
    "account.invite": LinkPurpose.INVITATION,
    "account.resendInvitation": LinkPurpose.INVITATION,
    "account.requestPasswordReset": LinkPurpose.RESET,
    "account.requestEmailChange": LinkPurpose.EMAIL,
    "account.confirmEmail": LinkPurpose.EMAIL_UNDO,
}
PURPOSES_OF_ROLE = {Role.CUSTOMER: LINK_PURPOSES, Role.ACCOUNT: ACCOUNT_LINK_PURPOSES}
OPEN_LINK_SQL = """SELECT id FROM links WHERE (order_id = $1 OR account_id = $4) AND purpose = $2 AND ended_at IS NULL
    AND expires_at > clock_timestamp() AND ($3::uuid IS NULL OR id = $3)
    AND (supplement_id IS NULL OR supplement_id = $5) ORDER BY created_at DESC LIMIT 1"""


def purpose_of(message: ClaimedMessage) -> LinkPurpose | None:
    """Return what the link in the message is for; None for a message without one."""
    return PURPOSES_OF_ROLE.get(message.recipient_role, {}).get(message.name)


async def signed_url(settings: Settings, message: ClaimedMessage, purpose: LinkPurpose) -> str | None:
    """Return the URL of the message's own link, or of the open link for reminders; None when it is void."""
    holder = message.account_id if message.recipient_role is Role.ACCOUNT else None
    link_id: UUID | None = await read_sessions().fetchval(
        OPEN_LINK_SQL, message.order_id, purpose, message.link_id, holder, message.subject_id
    )
    if link_id is None:
        return None
    return _url(settings, link_id, purpose)


async def contact_url(settings: Settings, message: ClaimedMessage, reader: MessageReader) -> str:
    """Return the URL by which a contact without an account goes on: a reply or status link; empty without one."""
    contact_id, order_id = reader.actor.contact_id, message.order_id
    if contact_id is None or not reader.may_use_links:
        return ""
    if message.name in REPLY_MESSAGES and order_id is not None:
        link_id = await extend_reply_link(contact_id, order_id)
        return _url(settings, link_id, LinkPurpose.REPLY) if link_id else ""
    return await _status_url(settings, message, contact_id)


async def _status_url(settings: Settings, message: ClaimedMessage, contact_id: UUID) -> str:
    """Return the URL of a contact's status link, which is valid anew from now; empty for other messages."""
    if message.subject_kind not in STATUS_LINK_NOUNS:
        return ""
    link_id = await extend_status_link(contact_id)
    return _url(settings, link_id, LinkPurpose.STATUS) if link_id else ""


def unsubscribe_url(settings: Settings, message: ClaimedMessage, reader: MessageReader) -> str:
    """Return the URL that ends a contact's mails about client statuses; empty for other messages and readers."""
    contact_id = reader.actor.contact_id
    if message.subject_kind != "clientStatus" or contact_id is None:
        return ""
    return f"{settings.base_url}/u/{unsubscribe.token(contact_id, settings.key(unsubscribe.KEY_PURPOSE))}"


def _url(settings: Settings, link_id: UUID, purpose: LinkPurpose) -> str:
    return f"{settings.base_url}/l/{token(link_id, purpose, settings.key(KEY_PURPOSE))}"
