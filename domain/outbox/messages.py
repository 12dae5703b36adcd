"""Messages to be mailed: one row per recipient, written in the transaction that causes them, ids only."""

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from tortoise.backends.base.client import BaseDBAsyncClient

from domain.kernel.actors import Role
from domain.outbox import recipients

ENQUEUE = """
INSERT INTO outbox (id, name, recipient_role, account_id, contact_id, customer_id, subject_kind, subject_id, order_id,
                    event_id, link_id, state, attempts, next_attempt_at, created_at)
SELECT uuidv7(), $4, $5, reader.account_id, reader.contact_id, reader.customer_id, $1, $2::uuid, $3::uuid,
       $6::uuid, $7::uuid, 'PENDING', 0, clock_timestamp(), app_now()
FROM ({readers}) AS reader (account_id, contact_id, customer_id)
WHERE num_nonnulls(reader.account_id, reader.contact_id, reader.customer_id) = 1
  AND NOT coalesce(reader.account_id = ANY($8::uuid[]), FALSE)
RETURNING id, account_id"""


@dataclass(frozen=True, kw_only=True)
class NewMessage:
    """A message and the roles whose holders receive it, except the account that caused it."""

    name: str
    recipients: Iterable[Role]
    subject_kind: str
    subject_id: UUID
    order_id: UUID | None
    event_id: UUID | None = None
    link_id: UUID | None = None
    author_id: UUID | None = None


async def enqueue(connection: BaseDBAsyncClient, message: NewMessage) -> list[UUID]:
    """Write one row per recipient within the caller's transaction; return the rows' ids.

    An account that receives it in several roles receives it once.
    """
    written: list[UUID] = []
    excluded = [message.author_id] if message.author_id else []
    for role in sorted(message.recipients):
        statement = ENQUEUE.replace("{readers}", recipients.query(message.subject_kind, role))
        values: list[object] = [
            message.subject_kind,
            message.subject_id,
            message.order_id,
            message.name,
            role,
            message.event_id,
            message.link_id if role is Role.CUSTOMER else None,
            excluded,
        ]
        rows = await connection.execute_query_dict(statement, values)
        written += [row["id"] for row in rows]
        excluded = excluded + [row["account_id"] for row in rows if row["account_id"]]
    return written
