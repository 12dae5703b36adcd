"""The work on documents: drafts are checked, issued documents rendered and stored, each exactly once."""

import json
from collections.abc import Awaitable, Callable, Mapping
from datetime import timedelta
from hashlib import sha256

import structlog
from tortoise import connections
from tortoise.transactions import in_transaction

from domain.billing.documents import job_claims, rendering_process
from domain.billing.documents.drafts import draft_snapshot
from domain.billing.documents.files import Branding, InvalidDocument, RenderedDocument
from domain.billing.documents.job_claims import ClaimedJob
from domain.billing.documents.model import DocumentJobKind
from domain.billing.model import Invoice
from domain.engine import deadline_claims
from domain.files.object_store import ObjectStore
from domain.outbox.claims import send_at_once

CLAIM_SIZE = 4
PRINT = "invoice.print"
SELECT_FINGERPRINT = "SELECT invoice_fingerprint($1) AS fingerprint"
SELECT_BRANDING = "SELECT accent_color, logo FROM operator_settings"
STORE_CHECK = """INSERT INTO invoice_checks (id, invoice_id, fingerprint, findings, checked_at)
    SELECT uuidv7(), $1::uuid, $2::text, $3::text::jsonb, app_now() WHERE invoice_fingerprint($1::uuid) = $2::text
    ON CONFLICT (invoice_id) DO UPDATE SET fingerprint = excluded.fingerprint, findings = excluded.findings,
        checked_at = excluded.checked_at
    RETURNING id"""
STORE_DOCUMENT = """INSERT INTO invoice_documents (id, invoice_id, kind, key, sha256, size, created_at)
    VALUES (uuidv7(), $1, $2, $3, $4, $5, app_now()) ON CONFLICT (invoice_id, kind) DO NOTHING"""

# Does one job of a kind, its last write included.
Work = Callable[[ObjectStore, ClaimedJob], Awaitable[None]]

log = structlog.get_logger()


class DocumentWorker:
    """Does the waiting jobs, one after the other; any number of processes may have one.

    `others` is the work of kinds that billing does not know.
    """

    def __init__(self, store: ObjectStore, others: Mapping[DocumentJobKind, Work] | None = None) -> None:
        self._store = store
        self._work = {DocumentJobKind.CHECK: check_draft, DocumentJobKind.RENDERING: render_invoice, **(others or {})}

    async def work_on_waiting(self, grace: timedelta = timedelta(0), most: int | None = None) -> int:
        """Do what waits until nothing is left, or about `most` jobs are done; return how many are."""
        done = 0
        while most is None or done < most:
            jobs = await job_claims.claim_jobs(CLAIM_SIZE, grace)
            if not jobs:
                break
            for job in jobs:
                done += await self._work_on(job)
        return done

    async def _work_on(self, job: ClaimedJob) -> bool:
        try:
            await self._work[job.kind](self._store, job)
        except InvalidDocument as refused:
            log.error("a document breaks the official rules", subject=str(job.subject_id), why=str(refused))
            await job_claims.give_up(job, str(refused))
        except Exception as failure:
            await _put_off(job, failure)
        else:
            return True
        return False


async def render_invoice(store: ObjectStore, job: ClaimedJob) -> None:
    """Render, store the files, then their rows; a repetition after a crash finds its files and keeps them."""
    invoice = await Invoice.get(id=job.subject_id)
    assert invoice.snapshot is not None
    files = await rendering_process.render(invoice.snapshot, await load_branding())
    keys = [_key(invoice, file) for file in files]
    for key, file in zip(keys, files, strict=True):
        await store.create(key, file.content)
    async with in_transaction() as connection:
        for key, file in zip(keys, files, strict=True):
            values = [invoice.id, file.kind, key, sha256(file.content).hexdigest(), len(file.content)]
            await connection.execute_query(STORE_DOCUMENT, values)
        await job_claims.finish(job, connection)
        await send_at_once(connection, job_claims.INVOICE_NOUN, invoice.id)


async def check_draft(_store: ObjectStore, job: ClaimedJob) -> None:
    """Judge a draft and store what was found, unless its contents changed meanwhile: then the job waits again.

    A print that came due before it was judged is tried again at once.
    """
    connection = connections.get("default")
    (before,) = await connection.execute_query_dict(SELECT_FINGERPRINT, [job.subject_id])
    snapshot = await draft_snapshot(connection, job.subject_id)
    if snapshot is not None:
        found = await rendering_process.check(snapshot)
        findings = [{"rule": each.rule, "location": each.location, "text": each.text} for each in found]
        values = [job.subject_id, before["fingerprint"], json.dumps(findings)]
        if not await connection.execute_query_dict(STORE_CHECK, values):
            return
        await deadline_claims.wake(connection, PRINT, job.subject_id)
    await job_claims.finish(job)


async def load_branding() -> Branding:
    """The operator's colour and logo as of now."""
    (row,) = await connections.get("default").execute_query_dict(SELECT_BRANDING)
    return Branding(accent_color=row["accent_color"], logo=row["logo"])


def _key(invoice: Invoice, file: RenderedDocument) -> str:
    """A place that names year, invoice and contents, so that no other file can ever stand there."""
    digest = sha256(file.content).hexdigest()
    assert invoice.issued_on is not None
    return f"invoices/{invoice.issued_on.year}/{invoice.id}/{digest}.{file.kind.extension}"


async def _put_off(job: ClaimedJob, failure: Exception) -> None:
    why = f"{type(failure).__name__}: {failure}"
    if job.is_last_attempt and job.kind is not DocumentJobKind.ACCEPTANCE:
        log.exception("a document was given up", subject=str(job.subject_id), kind=job.kind)
        await job_claims.give_up(job, why)
        return
    if job.attempts == job_claims.MAX_ATTEMPTS:
        await job_claims.report_missing_record(job)
    log.warning("a document is put off", subject=str(job.subject_id), kind=job.kind, why=why, exc_info=failure)
    await job_claims.postpone(job, why)
