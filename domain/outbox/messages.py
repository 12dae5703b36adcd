"""Letters to be sent: one row per reader, written in the transaction that causes them, ids only."""

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from tortoise.backends.base.client import BaseDBAsyncClient

from domain.kernel.actors import Role

MEMBER_OF_ORDER = (
    "SELECT m.account_id, NULL::uuid, NULL::uuid FROM orders o JOIN members m ON m.id = o.member_id WHERE o.id = $3"
)
MEMBER_OF_INVOICE = (
    "SELECT m.account_id, NULL::uuid, NULL::uuid FROM invoices i JOIN members m ON m.id = i.member_id WHERE i.id = $2"
)
CONTACT_OF_ORDER = (
    "SELECT NULL::uuid, o.contact_id, NULL::uuid FROM orders o WHERE o.id = $3 AND o.contact_id IS NOT NULL"
)
CUSTOMER_OF_INVOICE = "SELECT NULL::uuid, NULL::uuid, i.customer_id FROM invoices i WHERE i.id = $2"
STAFF = """SELECT a.id, NULL::uuid, NULL::uuid FROM accounts a WHERE a.is_active AND 'STAFF' = ANY(a.roles)
    AND (a.order_access = 'ALL'
        OR EXISTS (SELECT 1 FROM assignments s WHERE s.order_id = {order} AND s.account_id = a.id))"""
WITH_ROLE = "SELECT a.id, NULL::uuid, NULL::uuid FROM accounts a WHERE a.is_active AND '{role}' = ANY(a.roles)"

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
    """A letter and the roles whose holders read it, but for the account that brought it about."""

    name: str
    recipients: Iterable[Role]
    subject_kind: str
    subject_id: UUID
    order_id: UUID | None
    event_id: UUID | None = None
    link_id: UUID | None = None
    author_id: UUID | None = None


async def enqueue(connection: BaseDBAsyncClient, posting: NewMessage) -> list[UUID]:
    """Write one row per reader within the caller's transaction; returns the rows' ids.

    Whoever reads in several roles reads it once.
    """
    written: list[UUID] = []
    told = [posting.author_id] if posting.author_id else []
    for role in sorted(posting.recipients):
        statement = ENQUEUE.replace("{readers}", _readers(role, posting.subject_kind))
        link = posting.link_id if role is Role.CUSTOMER else None
        values: list[object] = [
            posting.subject_kind,
            posting.subject_id,
            posting.order_id,
            posting.name,
            role,
        ]
        rows = await connection.execute_query_dict(statement, [*values, posting.event_id, link, told])
        written += [row["id"] for row in rows]
        told = told + [row["account_id"] for row in rows if row["account_id"]]
    return written


def _readers(role: Role, subject_kind: str) -> str:
    is_invoice = subject_kind == "invoice"
    match role:
        case Role.MEMBER:
            return MEMBER_OF_INVOICE if is_invoice else MEMBER_OF_ORDER
        case Role.CUSTOMER:
            return CUSTOMER_OF_INVOICE if is_invoice else CONTACT_OF_ORDER
        case Role.STAFF:
            return STAFF.format(order="$3")
        case _:
            return WITH_ROLE.replace("{role}", role)
