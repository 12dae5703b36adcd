"""Sending and posting: an invoice is in the books once it is known to have reached its customer."""

import pytest

from domain.billing.inputs import Sending
from domain.billing.model import InvoiceStatus
from domain.commands import fire_due_deadlines
from domain.engine.model import Deadline, DeadlineState
from domain.kernel.actors import CLOCK, Role
from domain.kernel.errors import Refused
from domain.outbox.claims import claim_message
from domain.outbox.model import MessageState, OutboxMessage
from tests.makers.billing import an_invoice, someone_in_finance, who_was_told
from tests.makers.time import berlin, the_clock_shows

pytestmark = [pytest.mark.frozen_clock(berlin(2026, 4, 1, 10)), pytest.mark.usefixtures("operator")]

PRINTED = InvoiceStatus.PRINTED


async def test_the_clock_posts_an_invoice_whose_mail_was_accepted() -> None:
    billed = await an_invoice(PRINTED)

    await billed.move("recordSending", CLOCK, Sending())
    await fire_due_deadlines()

    await billed.refresh()
    (line,) = await billed.lines()
    assert (billed.invoice.status, billed.invoice.posted_at) == (InvoiceStatus.POSTED, berlin(2026, 4, 1, 10))
    assert line.consumed_at == berlin(2026, 4, 1, 10)


async def test_recording_the_same_sending_twice_changes_nothing() -> None:
    billed = await an_invoice(InvoiceStatus.POSTED)
    version = billed.invoice.version

    await billed.move("recordSending", CLOCK, Sending())

    assert billed.invoice.version == version


async def test_an_unsent_invoice_is_not_posted() -> None:
    billed = await an_invoice(PRINTED)

    with pytest.raises(Refused) as refused:
        await billed.move("post")

    assert refused.value.refusals[0].reason == "sending_not_recorded"


@pytest.mark.parametrize("sending", [Sending(), Sending(reason="  ")])
async def test_finance_says_how_an_invoice_was_sent(sending: Sending) -> None:
    billed = await an_invoice(PRINTED)

    with pytest.raises(Refused) as refused:
        await billed.move("recordSending", takes=sending)

    assert refused.value.refusals[0].reason == "sending_without_reason"


async def test_finance_is_told_of_an_invoice_that_is_unsent_after_24_hours() -> None:
    await someone_in_finance()
    await an_invoice(PRINTED)
    await the_clock_shows(berlin(2026, 4, 2, 9, 59, 59))
    await fire_due_deadlines()
    assert await OutboxMessage.filter(name="invoice.unsent").count() == 0

    await the_clock_shows(berlin(2026, 4, 2, 10))
    await fire_due_deadlines()

    assert await who_was_told("invoice.unsent") == [Role.FINANCE]


async def test_nobody_is_told_of_an_invoice_that_was_sent() -> None:
    billed = await an_invoice(PRINTED)

    await billed.move("recordSending", takes=Sending(reason="handed over"))

    assert (await Deadline.get(kind="invoice.unsent")).state is DeadlineState.DISARMED
    assert billed.invoice.sent_reason == "handed over"


async def test_an_invoice_that_was_sent_by_post_is_not_mailed_as_well() -> None:
    billed = await an_invoice(PRINTED)

    await billed.move("recordSending", takes=Sending(reason="by post"))

    message = await OutboxMessage.get(name="invoice.print")
    assert message.state is MessageState.DROPPED
    assert await claim_message(message.id) is None


async def test_a_mail_that_was_accepted_stops_nothing() -> None:
    billed = await an_invoice(PRINTED)

    await billed.move("recordSending", CLOCK, Sending())

    assert (await OutboxMessage.get(name="invoice.print")).state is MessageState.PENDING
