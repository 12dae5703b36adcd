"""The demo's mail server: past messages count as sent, and those that can still be answered are sent for real."""

from dataclasses import dataclass, field
from uuid import UUID

from tortoise import connections

from domain.after_sending import message_was_accepted
from domain.billing.model import BillableLine
from domain.kernel.actors import Role
from domain.outbox import claims
from domain.outbox.claims import ClaimedMessage, single
from domain.outbox.digests import claim_digests
from domain.outbox.operation_mails import claim_operation_mails

BATCH_SIZE = 100
UNKNOWN_MAILBOX = "550 5.1.1 There is no such mailbox here"
REQUEUE = """UPDATE outbox SET state = 'PENDING', attempts = 0, sent_at = NULL,
    next_attempt_at = clock_timestamp()"""
REQUEUE_ANSWERABLE = f"""{REQUEUE}
    WHERE EXISTS (SELECT 1 FROM links l JOIN orders o ON o.id = l.order_id WHERE l.id = outbox.link_id
        AND l.ended_at IS NULL AND o.status <> 'CANCELLATION_REVIEW')"""
# The latest mail of each contact without an account: it carries the link to their work in progress.
REQUEUE_STATUS_MAILS = f"""{REQUEUE} WHERE id IN (SELECT DISTINCT ON (m.contact_id) m.id FROM outbox m
        JOIN contacts c ON c.id = m.contact_id JOIN client_statuses s ON s.id = m.subject_id
    WHERE m.subject_kind = 'clientStatus' AND m.state = 'SENT' AND m.digest_at IS NULL AND c.account_id IS NULL
        AND s.visibility = 'SHOWN' AND s.shown_since IS NOT NULL ORDER BY m.contact_id, m.id DESC)"""


@dataclass(frozen=True)
class FakeMailServer:
    """Accepts every message, except those with invoices of the orders in `bouncing_order_ids`."""

    bouncing_order_ids: set[UUID] = field(default_factory=set)

    async def accept_pending(self) -> None:
        """Accept the pending messages, and make the moves that follow from their acceptance."""
        while messages := await claims.claim_messages(BATCH_SIZE):
            for message in messages:
                if await self._bounces(message):
                    await claims.mark_failed(single(message), UNKNOWN_MAILBOX)
                else:
                    await claims.mark_sent(single(message))
                    await message_was_accepted(message)
        for claim in (claim_digests, claim_operation_mails):
            while batches := await claim(BATCH_SIZE):
                for batch in batches:
                    await claims.mark_sent(batch)

    async def _bounces(self, message: ClaimedMessage) -> bool:
        if message.recipient_role is not Role.CUSTOMER or message.subject_kind != "invoice":
            return False
        lines = BillableLine.filter(invoice_id=message.subject_id, order_id__in=self.bouncing_order_ids)
        return await lines.exists()


async def requeue_answerable_mail() -> None:
    """Send messages with open links for real, so that their links can be opened."""
    for statement in (REQUEUE_ANSWERABLE, REQUEUE_STATUS_MAILS):
        await connections.get("default").execute_query(statement)
