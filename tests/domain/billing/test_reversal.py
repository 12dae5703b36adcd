"""Cancellation invoices: whole or in part, with numbers of their own, naming the original."""

from decimal import Decimal
from typing import Any

import pytest

from domain.billing.inputs import LineChanges, Reversal, ReversedItem, Sending
from domain.billing.model import BillableLine, Invoice, InvoiceKind, InvoiceStatus, LineSource, LineStatus
from domain.commands import fire_due_deadlines
from domain.engine.model import Event
from domain.kernel.errors import Code, Refused
from domain.orders.model import OrderStatus
from domain.outbox.model import OutboxMessage
from domain.parties.model import Customer
from tests.makers.billing import Billed, an_invoice, compose, move_line
from tests.makers.orders import an_order, planned
from tests.makers.time import berlin, the_clock_shows

pytestmark = [pytest.mark.frozen_clock(berlin(2026, 4, 1, 10)), pytest.mark.usefixtures("operator")]

WHOLE = Reversal(reason="Wrong customer.")


async def reverse(billed: Billed, takes: Reversal = WHOLE) -> Any:
    outcome = await billed.move("reverse", takes=takes)
    return await Invoice.get(id=outcome.subject_id)


def part_of(item: Any, net: str | None = None) -> Reversal:
    return Reversal(reason="Too much.", items=(ReversedItem(item_id=item.id, net=Decimal(net) if net else None),))


@pytest.mark.parametrize("status", [InvoiceStatus.PRINTED, InvoiceStatus.POSTED])
async def test_a_reversal_is_a_printed_document_with_its_own_number(status: InvoiceStatus) -> None:
    billed = await an_invoice(status, "500.00", "950.00")

    reversal = await reverse(billed)

    assert (reversal.kind, reversal.status, reversal.number) == (InvoiceKind.CANCELLATION, "PRINTED", "ST-2026-00001")
    assert (reversal.net_cents, reversal.vat_cents) == (-145_000, -27_550)
    assert reversal.reverses_id == billed.invoice.id
    assert (reversal.due_on, reversal.snapshot["due_on"]) == (None, None)
    assert reversal.snapshot["reverses"] == {"number": "RE-2026-00001", "issued_on": "2026-04-01"}


@pytest.mark.parametrize("status", [InvoiceStatus.PRINTED, InvoiceStatus.POSTED])
async def test_the_original_keeps_its_status_and_version_and_its_history_names_the_reversal(
    status: InvoiceStatus,
) -> None:
    billed = await an_invoice(status)
    version = billed.invoice.version

    await reverse(billed)

    assert (billed.invoice.status, billed.invoice.version) == (status, version)
    event = await Event.get(name="invoice.reverse", subject_id=billed.invoice.id)
    assert event.body == {"reversed_by": "ST-2026-00001"}


async def test_a_reversal_speaks_of_the_same_parties_whatever_has_changed_since() -> None:
    billed = await an_invoice(InvoiceStatus.PRINTED)
    await Customer.filter(id=billed.case.customer.id).update(legal_name="Kunde ZYX", city="")

    reversal = await reverse(billed)

    assert reversal.snapshot["buyer"] == billed.invoice.snapshot["buyer"]
    assert reversal.snapshot["reason"] == {"de": "Wrong customer.", "en": "Wrong customer."}


async def test_a_part_of_an_item_is_reversed_by_its_amount() -> None:
    billed = await an_invoice(InvoiceStatus.PRINTED)
    (item,) = await billed.items()

    reversal = await reverse(billed, part_of(item, "100.00"))

    assert (reversal.net_cents, reversal.vat_cents) == (-10_000, -1_900)
    (mirrored,) = reversal.snapshot["items"]
    assert (mirrored["quantity"], mirrored["unit_price_cents"]) == ("-1", "10000")


async def test_one_of_several_items_is_reversed() -> None:
    billed = await an_invoice(InvoiceStatus.PRINTED, "500.00", "950.00")
    _, second = await billed.items()

    reversal = await reverse(billed, part_of(second))

    assert reversal.net_cents == -95_000


async def test_what_is_left_after_a_part_is_reversed_with_the_whole() -> None:
    billed = await an_invoice(InvoiceStatus.PRINTED, "500.00", "950.00")
    first, _ = await billed.items()
    await reverse(billed, part_of(first, "100.00"))

    reversal = await reverse(billed)

    assert (reversal.net_cents, reversal.number) == (-135_000, "ST-2026-00002")


async def test_a_fully_reversed_invoice_is_not_reversed_again() -> None:
    billed = await an_invoice(InvoiceStatus.PRINTED)
    (item,) = await billed.items()
    await reverse(billed, part_of(item, "100.00"))
    await reverse(billed)

    with pytest.raises(Refused) as refused:
        await reverse(billed)

    assert refused.value.refusals[0].reason == "already_fully_reversed"


async def test_a_cancellation_invoice_is_not_reversed_itself() -> None:
    billed = await an_invoice(InvoiceStatus.PRINTED)
    reversal = Billed(await reverse(billed), billed.case)

    with pytest.raises(Refused) as refused:
        await reverse(reversal)

    assert refused.value.refusals[0].reason == "is_a_cancellation_invoice"


@pytest.mark.parametrize(
    ("net", "reason"),
    [
        ("500.01", "more_than_is_left"),
        ("-1.00", "more_than_is_left"),
        ("0.00", "nothing_to_reverse"),
        ("0.001", "more_than_two_decimals"),
    ],
)
async def test_no_more_than_is_left_is_reversed(net: str, reason: str) -> None:
    billed = await an_invoice(InvoiceStatus.PRINTED)
    (item,) = await billed.items()

    with pytest.raises(Refused) as refused:
        await reverse(billed, part_of(item, net))

    assert refused.value.refusals[0].reason == reason
    assert await Invoice.filter(kind=InvoiceKind.CANCELLATION).count() == 0


async def test_items_of_another_invoice_are_unknown() -> None:
    billed, other = await an_invoice(InvoiceStatus.PRINTED), await an_invoice(InvoiceStatus.PRINTED)
    (item,) = await other.items()

    with pytest.raises(Refused) as refused:
        await reverse(billed, part_of(item))

    assert refused.value.refusals[0].path == ("items", "0", "item_id")


async def test_a_draft_is_not_reversed() -> None:
    billed = await an_invoice()

    with pytest.raises(Refused) as refused:
        await reverse(billed)

    assert refused.value.refusals[0].code is Code.ILLEGAL_TRANSITION


async def test_a_reversal_is_sent_and_posted_like_any_document() -> None:
    billed = await an_invoice(InvoiceStatus.PRINTED)
    reversal = Billed(await reverse(billed), billed.case)

    await reversal.move("recordSending", takes=Sending(reason="by post"))
    await reversal.move("post")

    assert reversal.invoice.status is InvoiceStatus.POSTED
    message = await OutboxMessage.get(name="invoice.reverse")
    assert (message.subject_id, message.customer_id) == (reversal.invoice.id, billed.case.customer.id)


async def test_re_billing_lines_wait_for_correction_and_are_invoiced_anew() -> None:
    billed = await an_invoice(InvoiceStatus.POSTED)

    await reverse(billed, Reversal(reason="Wrong price.", rebill=True))
    line = await BillableLine.get(source=LineSource.REBILLING)
    assert (line.status, line.net_cents, line.order_id) == (LineStatus.ON_HOLD, 50_000, billed.case.order.id)

    await move_line(line, "amend", takes=LineChanges(unit_price=Decimal("450.00")))
    await move_line(line, "confirm")
    assert (await compose(line.id)).net_cents == 45_000


async def test_half_a_cent_of_tax_is_rounded_away_from_zero_both_ways() -> None:
    plan = (planned("0.50"),)
    billed = await an_invoice(InvoiceStatus.PRINTED, case=await an_order(OrderStatus.ACTIVE, planned_invoices=plan))

    reversal = await reverse(billed)

    assert (billed.invoice.vat_cents, reversal.vat_cents) == (10, -10)


async def test_a_later_reversal_does_not_reopen_a_completed_order() -> None:
    billed = await an_invoice(InvoiceStatus.PRINTED)
    await the_clock_shows(berlin(2026, 5, 1, 0, 0, 1))
    await fire_due_deadlines()

    await reverse(billed)
    await fire_due_deadlines()

    await billed.case.order.refresh_from_db()
    assert billed.case.order.status is OrderStatus.COMPLETED
