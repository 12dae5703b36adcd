"""The work on the document of an acceptance: set from its record and stored, once."""

from hashlib import sha256

from tortoise.transactions import in_transaction

from domain.acceptance_records.layout import PAGE, page_values
from domain.acceptance_records.model import AcceptanceRecord
from domain.billing.documents import job_claims, rendering_process
from domain.billing.documents.job_claims import ClaimedJob
from domain.billing.documents.model import DocumentJobKind
from domain.billing.documents.worker import DocumentWorker, load_branding
from domain.files.object_store import ObjectStore

STORE_DOCUMENT = """INSERT INTO acceptance_documents (id, record_id, key, sha256, size, created_at)
    VALUES (uuidv7(), $1, $2, $3, $4, app_now()) ON CONFLICT (record_id) DO NOTHING"""


def document_worker(store: ObjectStore) -> DocumentWorker:
    """The worker of all documents: those of invoices, and those of acceptances."""
    return DocumentWorker(store, {DocumentJobKind.ACCEPTANCE: render_record})


async def render_record(store: ObjectStore, job: ClaimedJob) -> None:
    """Render, store the file, then its row; a repetition after a crash finds its file and keeps it."""
    record = await AcceptanceRecord.get(delivery_id=job.subject_id)
    content = await rendering_process.page(PAGE, page_values(record), await load_branding(), record.accepted_at.date())
    digest = sha256(content).hexdigest()
    key = f"acceptances/{record.accepted_at.year}/{record.delivery_id}/{digest}.pdf"
    await store.create(key, content)
    async with in_transaction() as connection:
        await connection.execute_query(STORE_DOCUMENT, [record.id, key, digest, len(content)])
        await job_claims.finish(job, connection)
