"""Letters about invoices: who is told that one is issued, sent, reversed, undelivered or without documents."""

import pytest

from domain.billing.documents import job_claims
from domain.billing.documents.job_claims import ClaimedJob
from domain.billing.documents.model import DocumentJob, DocumentJobKind, DocumentJobState
from domain.billing.inputs import Reversal
from domain.billing.model import InvoiceStatus
from domain.kernel.actors import CLOCK, Role
from domain.orders.model import OrderStatus
from domain.outbox import claims
from domain.outbox.bounces import record_bounce
from domain.outbox.model import MessageState, OutboxMessage
from tests.makers.accounts import an_account
from tests.makers.billing import Billed, an_invoice, who_was_told
from tests.makers.orders import an_order
from tests.makers.parties import a_member_who_signs_in
from tests.makers.time import berlin

pytestmark = [pytest.mark.frozen_clock(berlin(2026, 4, 1, 10)), pytest.mark.usefixtures("operator")]


async def an_issued_invoice() -> Billed:
    """Of a member with an account, and one account in finance beside."""
    await an_account(Role.FINANCE)
    case = await an_order(OrderStatus.ACTIVE, member=await a_member_who_signs_in())
    return await an_invoice(InvoiceStatus.PRINTED, case=case)


async def the_message(name: str, role: Role) -> OutboxMessage:
    return await OutboxMessage.get(name=name, recipient_role=role)


async def give_up_on(message: OutboxMessage) -> None:
    """As after all attempts."""
    await OutboxMessage.filter(id=message.id).update(next_attempt_at=berlin(2026, 1, 1))
    claimed = await claims.claim_message(message.id)
    assert claimed is not None
    await claims.mark_failed(claims.single(claimed), "550 no such mailbox")


async def test_customer_and_member_are_told_that_it_is_issued() -> None:
    await an_issued_invoice()

    assert sorted(await who_was_told("invoice.print")) == [Role.CUSTOMER, Role.MEMBER]


async def test_the_member_is_told_that_it_was_sent() -> None:
    billed = await an_issued_invoice()

    await billed.move("recordSending", CLOCK)

    assert await who_was_told("invoice.recordSending") == [Role.MEMBER]


async def test_the_member_is_told_of_a_cancellation_invoice() -> None:
    billed = await an_issued_invoice()

    await billed.move("reverse", takes=Reversal(reason="Typo"))

    assert sorted(await who_was_told("invoice.reverse")) == [Role.CUSTOMER, Role.MEMBER]


async def test_member_and_finance_are_told_that_a_mail_with_an_invoice_failed() -> None:
    await an_issued_invoice()

    await give_up_on(await the_message("invoice.print", Role.CUSTOMER))

    assert sorted(await who_was_told("invoice.undelivered")) == [Role.FINANCE, Role.MEMBER]
    assert await who_was_told("message.failed") == []


async def test_they_are_told_when_it_comes_back_later() -> None:
    await an_issued_invoice()
    message = await the_message("invoice.print", Role.CUSTOMER)
    await OutboxMessage.filter(id=message.id).update(state=MessageState.SENT)

    await record_bounce(message.id, "550 no such mailbox")

    assert sorted(await who_was_told("invoice.undelivered")) == [Role.FINANCE, Role.MEMBER]


async def test_a_failed_letter_to_the_member_is_no_matter_of_the_customer() -> None:
    await an_issued_invoice()

    await give_up_on(await the_message("invoice.print", Role.MEMBER))

    assert await who_was_told("invoice.undelivered") == []
    assert await who_was_told("message.failed") == [Role.FINANCE]


async def test_no_alarm_is_raised_about_an_alarm() -> None:
    await an_issued_invoice()
    await give_up_on(await the_message("invoice.print", Role.CUSTOMER))

    await give_up_on(await the_message("invoice.undelivered", Role.FINANCE))

    assert await who_was_told("message.failed") == []


async def test_finance_is_told_of_an_invoice_whose_documents_could_not_be_made() -> None:
    billed = await an_issued_invoice()
    job = await DocumentJob.get(invoice_id=billed.invoice.id, kind=DocumentJobKind.RENDERING)
    await DocumentJob.filter(id=job.id).update(state=DocumentJobState.PENDING)

    claimed = ClaimedJob(
        id=job.id,
        subject_id=billed.invoice.id,
        kind=job.kind,
        generation=job.generation,
        attempts=job_claims.MAX_ATTEMPTS,
    )
    await job_claims.give_up(claimed, "disk full")
    await job_claims.give_up(claimed, "disk full")

    assert await who_was_told("invoice.renderingFailed") == [Role.FINANCE]
