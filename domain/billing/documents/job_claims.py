"""Claiming jobs: each is leased, then done, put off or given up. Nothing is locked while a document is rendered.

All times here are real ones. When the process that holds a claim dies, another one repeats the job after `LEASE`.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from uuid import UUID

from tortoise import connections
from tortoise.backends.base.client import BaseDBAsyncClient

from domain.billing.documents.model import DocumentJobKind
from domain.database.pending_writes import WriteStatement, writing
from domain.kernel.actors import Role
from domain.outbox.alarms import Subject, raise_alarm

LEASE = timedelta(seconds=30)
MAX_ATTEMPTS = 8
MAX_ERROR_LENGTH = 2_000
INVOICE_NOUN, RENDERING_FAILED = "invoice", "invoice.renderingFailed"
DELIVERY_NOUN, RECORD_FAILED = "delivery", "delivery.recordFailed"
CLAIM = """UPDATE document_jobs SET attempts = attempts + 1, next_attempt_at = clock_timestamp() + $1::interval
    WHERE id IN (SELECT id FROM document_jobs WHERE state = 'PENDING'
            AND next_attempt_at <= clock_timestamp() - $3::interval
        ORDER BY next_attempt_at, id LIMIT $2 FOR UPDATE SKIP LOCKED)
    RETURNING id, coalesce(invoice_id, delivery_id) AS subject_id, kind, generation, attempts"""
FINISH = """UPDATE document_jobs SET state = $3, last_error = $4 WHERE id = $1 AND generation = $2
    AND state = 'PENDING' RETURNING (SELECT i.order_id FROM invoices i WHERE i.id = invoice_id) AS order_id"""
SELECT_ORDER_OF_DELIVERY = "SELECT order_id FROM deliveries WHERE id = $1"
POSTPONE = """UPDATE document_jobs SET last_error = $3, next_attempt_at = clock_timestamp()
        + least(interval '5 seconds' * power(2, least(attempts, 20)), interval '30 minutes')
    WHERE id = $1 AND generation = $2 AND state = 'PENDING'"""
REQUEST_RENDERING = WriteStatement(
    name="request_rendering",
    statement="""INSERT INTO document_jobs (id, invoice_id, kind, next_attempt_at, created_at)
        SELECT uuidv7(), r.invoice_id, 'RENDERING', clock_timestamp(), clock_timestamp() FROM {rows} r""",
    columns="invoice_id uuid",
)
RETRY_RENDERING = """UPDATE document_jobs SET state = 'PENDING', attempts = 0, generation = generation + 1,
    next_attempt_at = clock_timestamp(), last_error = NULL
    WHERE invoice_id = $1 AND kind = 'RENDERING' AND state = 'FAILED'"""


@dataclass(frozen=True, kw_only=True)
class ClaimedJob:
    """A job that is ours to do during the lease; its subject is an invoice, or the delivery that was accepted."""

    id: UUID
    subject_id: UUID
    kind: DocumentJobKind
    generation: int
    attempts: int

    @property
    def is_last_attempt(self) -> bool:
        return self.attempts >= MAX_ATTEMPTS


async def claim_jobs(limit: int, grace: timedelta = timedelta(0)) -> Sequence[ClaimedJob]:
    """Claim waiting jobs, the longest waiting first; with `grace`, only those that have waited for so long."""
    rows = await connections.get("default").execute_query_dict(CLAIM, [LEASE, limit, grace])
    return [_job(row) for row in rows]


async def finish(job: ClaimedJob, connection: BaseDBAsyncClient | None = None) -> None:
    """Record that the job is done, unless it was requested anew meanwhile."""
    await (connection or connections.get("default")).execute_query(FINISH, [job.id, job.generation, "DONE", None])


async def give_up(job: ClaimedJob, why: str) -> None:
    """Leave the job to finance, which is told of an issued invoice that has no documents."""
    async with writing() as writes:
        values = [job.id, job.generation, "FAILED", why[:MAX_ERROR_LENGTH]]
        rows = await writes.connection.execute_query_dict(FINISH, values)
        if rows and job.kind is DocumentJobKind.RENDERING:
            subject = Subject(kind=INVOICE_NOUN, id=job.subject_id, order_id=rows[0]["order_id"])
            raise_alarm(writes, RENDERING_FAILED, {Role.FINANCE, Role.ADMIN}, subject)


async def report_missing_record(job: ClaimedJob) -> None:
    """Tell the operator once of an acceptance whose record cannot be made; the attempts go on."""
    async with writing() as writes:
        (row,) = await writes.connection.execute_query_dict(SELECT_ORDER_OF_DELIVERY, [job.subject_id])
        subject = Subject(kind=DELIVERY_NOUN, id=job.subject_id, order_id=row["order_id"])
        raise_alarm(writes, RECORD_FAILED, {Role.STAFF, Role.ADMIN}, subject)


async def postpone(job: ClaimedJob, why: str) -> None:
    """Try again later, after a pause that grows with the attempts."""
    await connections.get("default").execute_query(POSTPONE, [job.id, job.generation, why[:MAX_ERROR_LENGTH]])


def _job(row: Mapping[str, Any]) -> ClaimedJob:
    return ClaimedJob(**{**row, "kind": DocumentJobKind(row["kind"])})
