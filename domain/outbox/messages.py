"""Messages to be mailed: one row per recipient, written in the transaction that causes them, ids only."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from uuid import UUID

from domain.database.pending_writes import PendingWrites, Values, WriteStatement
from domain.kernel.actors import Role
from domain.kernel.ids import new_id
from domain.outbox import recipients

# A reader who has several of the roles receives the message once, in the first of them.
INSERT = """INSERT INTO outbox (id, name, recipient_role, account_id, contact_id, customer_id, subject_kind, subject_id,
        order_id, event_id, link_id, state, attempts, next_attempt_at, created_at)
    WITH wanted AS MATERIALIZED (SELECT * FROM {rows} AS new)
    SELECT uuidv7(), found.name, found.role, found.account_id, found.contact_id, found.customer_id, found.subject_kind,
        found.subject_id, found.order_id, found.event_id, CASE WHEN found.role = 'CUSTOMER' THEN found.link_id END,
        'PENDING', 0, clock_timestamp(), app_now()
    FROM (SELECT DISTINCT ON (each.message_id, coalesce(each.account_id, each.contact_id, each.customer_id)) each.*
        FROM ({readers}) AS each
        WHERE num_nonnulls(each.account_id, each.contact_id, each.customer_id) = 1
            AND (each.role = 'ACCOUNT' OR NOT coalesce(each.account_id = each.author_id, FALSE))
        ORDER BY each.message_id, coalesce(each.account_id, each.contact_id, each.customer_id), each.role
    ) AS found ORDER BY found.message_id, found.role RETURNING outbox.id"""
READERS = """SELECT wanted.*, reader.* FROM wanted
    CROSS JOIN LATERAL ({query}) AS reader (account_id, contact_id, customer_id)
    WHERE wanted.role = '{role}' AND {of_kind}"""
COLUMNS = """message_id uuid, name text, role text, subject_kind text, subject_id uuid, order_id uuid, event_id uuid,
    link_id uuid, author_id uuid"""
MESSAGES = "messages"


@dataclass(frozen=True, kw_only=True)
class NewMessage:
    """A message and the roles whose holders receive it, except the account that caused it.

    What an account is told about itself, in the role ACCOUNT, it is told in any case.
    """

    name: str
    recipients: Iterable[Role]
    subject_kind: str
    subject_id: UUID
    order_id: UUID | None
    event_id: UUID | None = None
    link_id: UUID | None = None
    author_id: UUID | None = None


def enqueue(writes: PendingWrites, message: NewMessage) -> None:
    """Write one row per recipient with the next flush, which hands their ids to the unit of work as `MESSAGES`.

    An account that receives it in several roles receives it once. Recipients are those of before the flush.
    """
    message_id = new_id()
    for role in message.recipients:
        values: Values = {
            "message_id": message_id,
            "name": message.name,
            "role": role,
            "subject_kind": message.subject_kind,
            "subject_id": message.subject_id,
            "order_id": message.order_id,
            "event_id": message.event_id,
            "link_id": message.link_id,
            "author_id": message.author_id,
        }
        writes.add(_insert_statement(), values)


@cache
def _insert_statement() -> WriteStatement:
    """The one statement for all messages: each noun's own queries, and the default ones for the others."""
    readers = [
        READERS.format(
            role=role, query=query.format(subject="wanted.subject_id", order="wanted.order_id"), of_kind=kind
        )
        for role, kind, query in recipients.queries()
    ]
    statement = INSERT.replace("{readers}", " UNION ALL ".join(readers))
    return WriteStatement(name=MESSAGES, columns=COLUMNS, statement=statement, returns="id")
