"""Documents of issued invoices: rendered once, stored for good, and asked for before the invoice is posted."""

from hashlib import sha256
from pathlib import Path

import asyncpg
import pytest
from tortoise import connections

from domain.billing.documents.files import DocumentKind
from domain.billing.documents.model import DocumentJob, DocumentJobKind, DocumentJobState, InvoiceDocument
from domain.billing.documents.stored_files import DocumentsNotStored, files_to_send
from domain.billing.documents.worker import DocumentWorker
from domain.billing.inputs import Reversal, Sending
from domain.billing.model import Invoice, InvoiceStatus
from domain.files.object_store import DamagedFile, ObjectStore
from domain.kernel.actors import CLOCK
from domain.kernel.errors import Refused
from domain.orders.model import OrderStatus
from domain.parties.model import Customer
from settings import Settings
from tests.makers.billing import an_invoice, the_operator
from tests.makers.orders import an_order, planned
from tests.makers.parties import a_customer
from tests.makers.time import berlin

pytestmark = [pytest.mark.frozen_clock(berlin(2026, 4, 1, 10)), pytest.mark.usefixtures("operator")]

PRINTED = InvoiceStatus.PRINTED
PUBLIC_BODY = {"document_format": "XRECHNUNG_UBL", "buyer_reference": "04011000-12345-34"}


@pytest.fixture
def store(settings: Settings) -> ObjectStore:
    return ObjectStore(settings.storage_url)


async def the_job(invoice: Invoice) -> DocumentJob:
    return await DocumentJob.get(invoice_id=invoice.id, kind=DocumentJobKind.RENDERING)


async def let_rendering_fail(invoice: Invoice) -> None:
    """As after eight attempts; the rows of files are final, so that they are taken away as their owner would."""
    await DocumentJob.filter(invoice_id=invoice.id).update(state=DocumentJobState.FAILED, last_error="disk full")


def forge(settings: Settings, key: str) -> None:
    Path(settings.storage_url.removeprefix("file://"), key).write_bytes(b"forged")


async def test_an_issued_invoice_has_its_pdf_under_the_hash_of_its_bytes(store: ObjectStore) -> None:
    billed = await an_invoice(PRINTED)

    stored = await InvoiceDocument.get(invoice_id=billed.invoice.id)
    content = await store.read(stored.key, stored.sha256)

    assert (stored.kind, stored.size) == (DocumentKind.PDF, len(content))
    assert stored.key == f"invoices/2026/{billed.invoice.id}/{sha256(content).hexdigest()}.pdf"


async def test_an_xrechnung_is_stored_and_sent_to_customers_who_want_one(store: ObjectStore) -> None:
    await the_operator(contact_name="Bea Büro", phone="+49 30 123456")
    customer = await a_customer()
    await Customer.filter(id=customer.id).update(**PUBLIC_BODY)
    billed = await an_invoice(
        PRINTED, case=await an_order(OrderStatus.ACTIVE, customer=customer, planned_invoices=(planned("500.00"),))
    )

    (file,) = await files_to_send(store, billed.invoice.id)

    assert await InvoiceDocument.filter(invoice_id=billed.invoice.id).count() == 2
    assert file.name == f"{billed.invoice.number}.xml"
    assert b"04011000-12345-34" in file.content


async def test_a_cancellation_invoice_has_a_document_of_its_own() -> None:
    billed = await an_invoice(PRINTED)
    outcome = await billed.move("reverse", takes=Reversal(reason="Typo"))

    assert await InvoiceDocument.filter(invoice_id=outcome.subject_id).count() == 1


async def test_an_invoice_whose_documents_failed_uses_no_number_for_a_cancellation() -> None:
    billed = await an_invoice(PRINTED)
    await let_rendering_fail(billed.invoice)

    with pytest.raises(Refused) as refused:
        await billed.move("reverse", takes=Reversal(reason="Typo"))

    assert refused.value.refusals[0].reason == "original_without_documents"


async def test_work_that_is_repeated_changes_nothing(settings: Settings) -> None:
    billed = await an_invoice(PRINTED)
    before = await InvoiceDocument.get(invoice_id=billed.invoice.id)
    await DocumentJob.all().update(state=DocumentJobState.PENDING)

    await DocumentWorker(ObjectStore(settings.storage_url)).work_on_waiting()

    after = await InvoiceDocument.get(invoice_id=billed.invoice.id)
    assert (after.id, after.sha256) == (before.id, before.sha256)


@pytest.mark.parametrize("change", ["UPDATE invoice_documents SET size = 1", "DELETE FROM invoice_documents"])
async def test_the_row_of_a_document_never_changes(change: str) -> None:
    await an_invoice(PRINTED)

    with pytest.raises(Exception, match=r"permission denied|never") as refused:
        await connections.get("default").execute_query(change)

    assert not isinstance(refused.value, asyncpg.PostgresSyntaxError)


async def test_a_changed_file_is_not_sent(settings: Settings, store: ObjectStore) -> None:
    billed = await an_invoice(PRINTED)
    stored = await InvoiceDocument.get(invoice_id=billed.invoice.id)
    forge(settings, stored.key)

    with pytest.raises(DamagedFile):
        await files_to_send(store, billed.invoice.id)


async def test_an_invoice_without_its_documents_is_not_posted() -> None:
    billed = await an_invoice(PRINTED)
    await let_rendering_fail(billed.invoice)
    await billed.move("recordSending", CLOCK, Sending())

    with pytest.raises(Refused) as refused:
        await billed.move("post")

    assert refused.value.refusals[0].reason == "documents_not_stored"


async def test_finance_has_failed_documents_rendered_again() -> None:
    billed = await an_invoice(PRINTED)
    await let_rendering_fail(billed.invoice)

    await billed.move("retryRendering")

    assert (await the_job(billed.invoice)).state is DocumentJobState.DONE


async def test_what_is_not_stored_is_not_sent(store: ObjectStore) -> None:
    billed = await an_invoice(InvoiceStatus.READY_TO_PRINT)

    with pytest.raises(DocumentsNotStored):
        await files_to_send(store, billed.invoice.id)
