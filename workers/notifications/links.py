"""Links in mails: the signed link for customers without sign-in, and the unsubscribe link."""

from uuid import UUID

from domain.access.mailed_links import KEY_PURPOSE, token
from domain.access.model import LinkPurpose
from domain.accounts import unsubscribe
from domain.accounts.message_readers import MessageReader
from domain.database.pools import read_sessions
from domain.outbox.claims import ClaimedMessage
from settings import Settings

# Messages that ask a customer for an answer. Without an open link they are no longer sent.
LINK_PURPOSES = {
    "order.approve": LinkPurpose.OFFER,
    "order.offerHalfTime": LinkPurpose.OFFER,
    "order.offerLastDay": LinkPurpose.OFFER,
    "delivery.submit": LinkPurpose.REVIEW,
    "delivery.resubmit": LinkPurpose.REVIEW,
    "delivery.resumeReview": LinkPurpose.REVIEW,
    "delivery.reviewReminder": LinkPurpose.REVIEW,
}
OPEN_LINK_SQL = """SELECT id FROM links WHERE order_id = $1 AND purpose = $2 AND ended_at IS NULL
    AND expires_at > clock_timestamp() AND ($3::uuid IS NULL OR id = $3) ORDER BY created_at DESC LIMIT 1"""


async def signed_url(settings: Settings, message: ClaimedMessage, purpose: LinkPurpose) -> str | None:
    """Return the URL of the message's own link, or of the open link for reminders; None when it is void."""
    link_id: UUID | None = await read_sessions().fetchval(OPEN_LINK_SQL, message.order_id, purpose, message.link_id)
    if link_id is None:
        return None
    return f"{settings.base_url}/l/{token(link_id, purpose, settings.key(KEY_PURPOSE))}"


def unsubscribe_url(settings: Settings, message: ClaimedMessage, reader: MessageReader) -> str:
    """Return the URL that ends a contact's mails about client statuses; empty for other messages and readers."""
    contact_id = reader.actor.contact_id
    if message.subject_kind != "clientStatus" or contact_id is None:
        return ""
    return f"{settings.base_url}/u/{unsubscribe.token(contact_id, settings.key(unsubscribe.KEY_PURPOSE))}"
