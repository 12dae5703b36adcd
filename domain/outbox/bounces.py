"""Bounces: mails that a mail server accepted and could not deliver afterwards."""

from uuid import UUID

from domain.database.pending_writes import writing
from domain.kernel.actors import Role
from domain.outbox.alarms import Subject, raise_message_alarm
from domain.outbox.claims import MAX_ERROR_LENGTH

BOUNCED = """UPDATE outbox SET state = 'BOUNCED', last_error = $2 WHERE id = $1 AND state = 'SENT'
    RETURNING name, recipient_role, subject_kind, subject_id, order_id"""


async def record_bounce(message_id: UUID, why: str) -> bool:
    """Record that a sent mail came back; administrators and the caretakers of its subject are told once.

    Returns False when no sent message has this id: it is unknown, or its bounce is recorded already.
    """
    async with writing() as writes:
        rows = await writes.connection.execute_query_dict(BOUNCED, [message_id, why[:MAX_ERROR_LENGTH]])
        for row in rows:
            subject = Subject(kind=row["subject_kind"], id=row["subject_id"], order_id=row["order_id"])
            raise_message_alarm(writes, row["name"], Role(row["recipient_role"]), subject)
    return bool(rows)
