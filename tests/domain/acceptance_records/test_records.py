"""Acceptance records: what they say, that they never change, and that each has its PDF under its hash."""

import io
from hashlib import sha256

import pytest
from pypdf import PdfReader
from tortoise import connections

from domain.acceptance_records.model import AcceptanceDocument, AcceptanceRecord
from domain.acceptance_records.rendering import document_worker
from domain.billing.documents import job_claims
from domain.billing.documents.job_claims import ClaimedJob
from domain.billing.documents.model import DocumentJob, DocumentJobKind, DocumentJobState
from domain.commands import fire_due_deadlines
from domain.deliveries.inputs import Acceptance, DeliveryDraft, RevisionRequest
from domain.deliveries.model import AcceptedBy, DeliveryStatus
from domain.files.object_store import ObjectStore
from domain.kernel.actors import Role
from domain.kernel.errors import Code, Refused
from domain.parties.model import Contact, Customer
from settings import Settings
from tests.makers.accounts import an_account
from tests.makers.deliveries import DeliveryCase, a_delivery
from tests.makers.files import CONTENT, a_file, the_store
from tests.makers.records import the_messages
from tests.makers.time import berlin, the_clock_shows

pytestmark = pytest.mark.frozen_clock(berlin(2026, 6, 1, 12))

HASH = sha256(CONTENT).hexdigest()
FORGERIES = (
    "UPDATE acceptance_records SET rating = 1",
    "DELETE FROM acceptance_records",
    "UPDATE acceptance_documents SET size = 1",
    "DELETE FROM acceptance_documents",
)


async def with_file(status: DeliveryStatus = DeliveryStatus.DELIVERED) -> DeliveryCase:
    """A delivery whose first version has one file."""
    case = await a_delivery(DeliveryStatus.DRAFT)
    file = await a_file(case.around.by_member)
    await case.move("describe", DeliveryDraft(description="Slides", file_ids=(file.id,)))
    await case.move("submit")
    if status is DeliveryStatus.ACCEPTED:
        await case.move("accept", Acceptance(version_number=1, rating=5))
    return case


async def text_of(record: AcceptanceRecord) -> str:
    stored = await AcceptanceDocument.get(record_id=record.id)
    pdf = await the_store().read(stored.key, stored.sha256)
    return "\n".join(page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages)


async def test_an_acceptance_freezes_who_when_which_version_and_the_hashes_of_its_files() -> None:
    case = await with_file(DeliveryStatus.ACCEPTED)

    record = await AcceptanceRecord.get(delivery_id=case.id)

    assert (record.version_number, record.accepted_by, record.rating) == (1, AcceptedBy.CUSTOMER, 5)
    assert record.accepted_at == berlin(2026, 6, 1, 12)
    assert record.person == case.around.by_customer.name
    assert record.contents["files"] == [{"name": "slides.txt", "size": len(CONTENT), "sha256": HASH}]


async def test_the_record_of_silence_names_nobody_and_the_end_of_the_review() -> None:
    case = await with_file()
    await the_clock_shows(berlin(2026, 6, 4, 13))

    await fire_due_deadlines()

    record = await AcceptanceRecord.get(delivery_id=case.id)
    assert (record.accepted_by, record.person, record.rating) == (AcceptedBy.SILENCE, None, None)
    assert record.accepted_at == berlin(2026, 6, 4, 12)


async def test_the_pdf_says_all_of_it_in_the_language_of_the_contact() -> None:
    case = await with_file()
    contact_id = case.around.order.contact_id
    await Contact.filter(id=contact_id).update(language="en")
    await case.move("accept", Acceptance(version_number=1, rating=4))

    text = await text_of(await AcceptanceRecord.get(delivery_id=case.id))

    assert "Acceptance record" in text
    assert HASH in text.replace("\n", "")
    assert "Monday, 1 June 2026, 12:00 CEST" in text
    assert "4 of 5" in text
    assert case.around.order.number in text


async def test_the_pdf_of_silence_says_so_in_german() -> None:
    case = await with_file()
    await Contact.filter(id=case.around.order.contact_id).update(language="de")
    await the_clock_shows(berlin(2026, 6, 4, 12))
    await fire_due_deadlines()

    text = await text_of(await AcceptanceRecord.get(delivery_id=case.id))

    assert "Abnahmeprotokoll" in text
    assert "Schweigen" in text


async def test_the_document_is_stored_once_under_the_hash_of_its_bytes(settings: Settings) -> None:
    case = await with_file(DeliveryStatus.ACCEPTED)
    before = await AcceptanceDocument.all()
    await DocumentJob.filter(delivery_id=case.id).update(state=DocumentJobState.PENDING)

    await document_worker(ObjectStore(settings.storage_url)).work_on_waiting()

    (stored,) = await AcceptanceDocument.all()
    assert (stored.id, stored.sha256) == (before[0].id, before[0].sha256)
    assert stored.key == f"acceptances/2026/{case.id}/{stored.sha256}.pdf"


async def test_the_record_is_of_the_version_that_was_accepted() -> None:
    case = await with_file()
    await case.move("requestRevision", RevisionRequest(defects=("Page 3 is missing.",)))
    await case.move("describe", DeliveryDraft(description="All pages", link="https://files.example/2"))
    await case.move("resubmit")

    await case.move("accept", Acceptance(version_number=2))

    record = await AcceptanceRecord.get(delivery_id=case.id)
    assert (record.version_number, record.contents["files"]) == (2, [])
    assert "All pages" in await text_of(record)


async def test_accepting_an_older_version_is_refused_and_names_the_current_one() -> None:
    case = await with_file()
    await case.move("requestRevision", RevisionRequest(defects=("Page 3 is missing.",)))
    await case.move("describe", DeliveryDraft(description="All pages", link="https://files.example/2"))
    await case.move("resubmit")

    with pytest.raises(Refused) as refused:
        await case.move("accept", Acceptance(version_number=1))

    (refusal,) = refused.value.refusals
    assert (refusal.code, refusal.reason, refusal.params["current"]) == (
        Code.GUARD_FAILED,
        "newer_version_delivered",
        2,
    )
    assert await AcceptanceRecord.all().count() == 0


async def test_a_record_keeps_the_names_that_held_when_it_was_made() -> None:
    case = await with_file(DeliveryStatus.ACCEPTED)
    before = (await AcceptanceRecord.get(delivery_id=case.id)).contents
    await Customer.filter(id=case.around.order.customer_id).update(legal_name="Later AG")

    assert (await AcceptanceRecord.get(delivery_id=case.id)).contents == before
    assert "Later AG" not in str(before)


@pytest.mark.parametrize("forgery", FORGERIES)
async def test_neither_record_nor_document_ever_changes(forgery: str) -> None:
    await with_file(DeliveryStatus.ACCEPTED)

    with pytest.raises(Exception, match=r"permission denied|insert-only"):
        await connections.get("default").execute_query(forgery)


async def test_staff_is_told_of_a_record_that_cannot_be_made() -> None:
    await an_account(Role.STAFF)
    case = await with_file(DeliveryStatus.ACCEPTED)
    job = await DocumentJob.get(delivery_id=case.id)
    claimed = ClaimedJob(
        id=job.id,
        subject_id=case.id,
        kind=DocumentJobKind.ACCEPTANCE,
        generation=job.generation,
        attempts=job_claims.MAX_ATTEMPTS,
    )

    await job_claims.report_missing_record(claimed)

    assert await the_messages("delivery.recordFailed") == ["STAFF"]
