"""Claims of the mails of bulk operations: what one operation tells one contact of client statuses is one mail.

The mail leaves when the operation has ended and no change of it waits to be published, so that it names all orders.
"""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from tortoise import connections

from domain.kernel.ids import new_id
from domain.outbox.claims import OF_OPERATION, MessageBatch
from domain.outbox.digests import CLAIM_TOGETHER, batches_of

OPERATION_MAIL = "clientStatus.bulk"
HAS_ENDED = """NOT EXISTS (SELECT 1 FROM bulk_operations b WHERE b.id = operation_id AND b.state = 'RUNNING')
    AND NOT EXISTS (SELECT 1 FROM pending_statuses p WHERE p.bulk_operation_id = operation_id
        AND p.visible_from <= app_now() AND p.next_attempt_at IS NULL)"""
WAITING = f"digest_at IS NULL AND {OF_OPERATION} AND {HAS_ENDED}"
BY_CONTACT = "operation_id, contact_id, attempts"
CLAIM = CLAIM_TOGETHER.format(waiting=WAITING, together=BY_CONTACT)
CLAIM_WITH = CLAIM_TOGETHER.format(
    waiting=f"""{WAITING} AND (operation_id, contact_id) =
        (SELECT named.operation_id, named.contact_id FROM outbox named WHERE named.id = $3)""",
    together=BY_CONTACT,
)


async def claim_operation_mails(limit: int) -> Sequence[MessageBatch]:
    """Claim up to `limit` mails of operations that have ended, the longest waiting first."""
    return _batches(await connections.get("default").execute_query_dict(CLAIM, [new_id(), limit]))


async def claim_operation_mail_with(message_id: UUID) -> Sequence[MessageBatch]:
    """Claim the mail that tells of this message, if its operation has ended; at most one."""
    return _batches(await connections.get("default").execute_query_dict(CLAIM_WITH, [new_id(), 1, message_id]))


def _batches(rows: Sequence[Mapping[str, Any]]) -> Sequence[MessageBatch]:
    """The claimed mails; one about a single order is the ordinary mail of its latest change."""
    return [
        each
        if len({message.subject_id for message in each.messages}) > 1
        else MessageBatch(name=each.messages[-1].name, messages=each.messages)
        for each in batches_of(rows, OPERATION_MAIL)
    ]
