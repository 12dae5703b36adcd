"""The changes that a dry run saw: what each of its first rows was and would be, and who would be mailed about it."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from typing import Any
from uuid import UUID

from domain.bulk.model import BulkSubject
from domain.bulk.subjects import SUBJECTS
from domain.engine.unit_of_work import UnitOfWork
from domain.kernel.actors import OFFICE_KINDS

MAX_CHANGES = 100
Values = Mapping[str, Any]
RowValues = Mapping[UUID, Values]

# What members do not see, the stage and the assignees, is left out for them.
SELECT_ORDERS = """SELECT o.id, o.status, o.archived_at IS NOT NULL AS archived, o.deleted_at IS NOT NULL AS deleted,
        CASE WHEN $2 THEN s.name_de END AS stage_de, CASE WHEN $2 THEN s.name_en END AS stage_en,
        CASE WHEN $2 THEN (SELECT string_agg(a.name, ', ' ORDER BY a.name) FROM assignments n
            JOIN accounts a ON a.id = n.account_id WHERE n.order_id = o.id) END AS assignees,
        c.visibility, c.label_de, c.label_en, c.expected_on::text AS expected_on
    FROM orders o LEFT JOIN client_statuses c ON c.id = o.id LEFT JOIN stages s ON s.id = o.stage_id
    WHERE o.id = ANY($1::uuid[])"""
SELECT_STATUSES = "SELECT t.id, t.status FROM {table} t WHERE t.id = ANY($1::uuid[]) AND $2::boolean IS NOT NULL"
SELECT_READERS = """SELECT DISTINCT
        CASE WHEN o.subject_id = ANY($2::uuid[]) THEN o.subject_id ELSE o.order_id END AS id,
        coalesce(a.name, c.name, u.legal_name) AS reader, o.digest_at IS NOT NULL AS is_daily
    FROM outbox o LEFT JOIN accounts a ON a.id = o.account_id LEFT JOIN contacts c ON c.id = o.contact_id
        LEFT JOIN customers u ON u.id = o.customer_id
    WHERE o.operation_id = $1 AND o.state = 'PENDING'
        AND (o.subject_id = ANY($2::uuid[]) OR o.order_id = ANY($2::uuid[]))
        AND coalesce(c.email, '-') <> '' ORDER BY reader"""


@dataclass(frozen=True, kw_only=True)
class RowChange:
    """The values of one row before and after, and the names of those who would be mailed at once or daily."""

    subject_id: UUID
    before: Values = field(default_factory=dict)
    after: Values
    readers: Sequence[str] = ()
    daily_readers: Sequence[str] = ()


async def foreseen(
    work: UnitOfWork, subject: BulkSubject, operation_id: UUID, ids: Sequence[UUID]
) -> Sequence[RowChange]:
    """The values of these rows after a dry run, in the order of `ids`, with their readers; the caller rolls back."""
    after = await _values(work, subject, ids)
    readers = await work.connection.execute_query_dict(SELECT_READERS, [operation_id, list(ids)])

    def names(subject_id: UUID, *, is_daily: bool) -> list[str]:
        return [each["reader"] for each in readers if each["id"] == subject_id and each["is_daily"] is is_daily]

    return [
        RowChange(
            subject_id=each,
            after=after[each],
            readers=names(each, is_daily=False),
            daily_readers=names(each, is_daily=True),
        )
        for each in ids
    ]


async def with_values_before(
    work: UnitOfWork, subject: BulkSubject, changes: Sequence[RowChange]
) -> Sequence[RowChange]:
    """The changes with the values that their rows have in this transaction."""
    before = await _values(work, subject, [each.subject_id for each in changes]) if changes else {}
    return [replace(each, before=before[each.subject_id]) for each in changes]


async def _values(work: UnitOfWork, subject: BulkSubject, ids: Sequence[UUID]) -> RowValues:
    table = SUBJECTS[subject].lifecycle.model._meta.db_table
    statement = SELECT_ORDERS if subject is BulkSubject.ORDER else SELECT_STATUSES.format(table=table)
    rows = await work.connection.execute_query_dict(statement, [list(ids), work.actor.kind in OFFICE_KINDS])
    return {row.pop("id"): row for row in rows}


def dump(changes: Sequence[RowChange]) -> list[dict[str, Any]]:
    """The changes as JSON."""
    return [asdict(each) | {"subject_id": str(each.subject_id)} for each in changes]


def load(stored: Sequence[Mapping[str, Any]]) -> list[RowChange]:
    """The changes that `dump` wrote."""
    return [RowChange(**{**each, "subject_id": UUID(each["subject_id"])}) for each in stored]
