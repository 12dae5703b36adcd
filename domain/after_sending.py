"""What follows when the mail server has accepted a customer's letter."""

from collections.abc import Mapping

import structlog
from tortoise import connections

from domain import actions
from domain.engine.commands import Command
from domain.kernel.actors import CLOCK, Role
from domain.kernel.errors import Refused
from domain.outbox.claims import ClaimedMessage

# A consumer's review starts with the mail that names acceptance by silence; an invoice is posted once sent.
FOLLOWS: Mapping[str, tuple[str, str]] = {
    "delivery.submit": ("delivery", "startReview"),
    "delivery.resubmit": ("delivery", "startReview"),
    "invoice.print": ("invoice", "recordSending"),
    "invoice.reverse": ("invoice", "recordSending"),
}
OF_AN_EARLIER_VERSION = """SELECT 1 FROM events e JOIN deliveries d ON d.id = e.subject_id
    WHERE e.id = $1 AND e.subject_kind = 'delivery' AND (e.body->>'number')::int < d.current_number"""

log = structlog.get_logger()


async def was_accepted(letter: ClaimedMessage) -> None:
    """Make the move that follows, as the system. Opens its own transaction.

    A refusal means that it was made before, or that nobody waits for it any more. A mail about a version that was
    replaced while it was on its way begins no review of the next one.
    """
    if letter.recipient_role is not Role.CUSTOMER or letter.name not in FOLLOWS:
        return
    if await connections.get("default").execute_query_dict(OF_AN_EARLIER_VERSION, [letter.event_id]):
        return
    noun, move = FOLLOWS[letter.name]
    try:
        await actions.perform(Command(noun=noun, move=move, subject_id=letter.subject_id), CLOCK)
    except Refused as refused:
        log.debug("nothing follows from an accepted letter", letter=str(letter.id), refused=str(refused))
