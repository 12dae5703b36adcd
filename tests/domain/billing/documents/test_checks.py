"""Drafts are judged by the official rules before they get a number, after every change, by any path."""

import pytest
from tortoise import connections

from domain.billing.documents.model import InvoiceCheck
from domain.billing.documents.worker import DocumentWorker
from domain.billing.e_invoices.findings import reason_of
from domain.billing.model import InvoiceStatus
from domain.commands import execute, fire_due_deadlines
from domain.engine.commands import Command
from domain.engine.model import Deadline
from domain.files.object_store import object_store
from domain.kernel.errors import Refused
from domain.kernel.i18n import has_translation
from domain.parties.inputs import CustomerAmendment
from settings import Settings
from tests.makers.billing import Billed, an_invoice, the_operator
from tests.makers.parties import FINANCE
from tests.makers.time import berlin, the_clock_shows

pytestmark = [pytest.mark.frozen_clock(berlin(2026, 4, 1, 10)), pytest.mark.usefixtures("operator")]

READY = InvoiceStatus.READY_TO_PRINT
SELECT_REQUESTS = "SELECT sum(generation)::int AS number FROM document_jobs WHERE kind = 'CHECK'"
REQUESTED_AGAIN = "UPDATE document_jobs SET state = 'PENDING', next_attempt_at = clock_timestamp()"


async def rules_broken_by(billed: Billed) -> list[object]:
    return [each["rule"] for each in (await InvoiceCheck.get(invoice_id=billed.invoice.id)).findings]


async def requests() -> int:
    (row,) = await connections.get("default").execute_query_dict(SELECT_REQUESTS)
    return int(row["number"])


async def amend_customer(billed: Billed, **facts: object) -> None:
    command = Command(
        noun="customer", move="amend", subject_id=billed.invoice.customer_id, input=CustomerAmendment(**facts)
    )
    await execute(command, FINANCE)


async def test_a_draft_is_checked_as_soon_as_it_is_composed() -> None:
    billed = await an_invoice(READY)

    assert await rules_broken_by(billed) == []


async def test_a_missing_buyer_reference_is_found_before_the_number_is_taken() -> None:
    await the_operator(contact_name="Bea Büro", phone="+49 30 123456")
    billed = await an_invoice(READY)
    await amend_customer(billed, document_format="XRECHNUNG_CII")

    with pytest.raises(Refused) as refused:
        await billed.move("print")

    assert await rules_broken_by(billed) == ["BR-DE-15"]
    assert refused.value.refusals[0].reason == "buyer_reference_missing"


async def test_the_customers_facts_make_it_valid() -> None:
    await the_operator(contact_name="Bea Büro", phone="+49 30 123456")
    billed = await an_invoice(READY)
    await amend_customer(billed, document_format="XRECHNUNG_CII")

    await amend_customer(billed, buyer_reference="04011000-12345-34")
    await billed.move("print")

    assert billed.invoice.number is not None


async def test_settings_that_no_rule_judges_request_no_check() -> None:
    await an_invoice(READY)
    before = await requests()

    await the_operator(imprint_de="Werkstand eG, Berlin")
    unchanged = await requests()
    await the_operator(bic="BYLADEM1001")

    assert unchanged == before
    assert await requests() == before + 1


async def test_contents_that_were_not_judged_are_not_printed() -> None:
    billed = await an_invoice(READY)
    await InvoiceCheck.all().update(fingerprint="0" * 32)

    with pytest.raises(Refused) as refused:
        await billed.move("print")

    assert refused.value.refusals[0].reason == "document_not_checked"


async def test_a_print_that_came_due_before_its_check_follows_the_check_at_once(settings: Settings) -> None:
    billed = await an_invoice(READY)
    await InvoiceCheck.all().update(fingerprint="0" * 32)
    await the_clock_shows((await Deadline.get(kind="invoice.print")).due_at)
    await fire_due_deadlines()
    await billed.refresh()
    assert billed.invoice.status is READY

    await connections.get("default").execute_query(REQUESTED_AGAIN)
    await DocumentWorker(object_store(settings.storage_url)).work_on_waiting()
    await fire_due_deadlines()

    await billed.refresh()
    assert billed.invoice.status is InvoiceStatus.PRINTED


@pytest.mark.parametrize("rule", ["BR-DE-15", "BR-DE-5", "BR-61", "BR-AE-02", "BR-DE-9", "BR-XY-99"])
def test_every_finding_has_a_remedy(rule: str) -> None:
    for language in ("de", "en"):
        assert has_translation(language, f"reason.{reason_of(rule)}")
        assert has_translation(language, f"remedy.{reason_of(rule)}")
