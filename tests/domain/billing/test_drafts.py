"""Invoice drafts: everything that can happen before an invoice is issued."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from domain.billing.inputs import ChangeRequest, HoldComment, InvoiceDate, LineChanges
from domain.billing.model import InvoiceStatus, LineStatus
from domain.commands import fire_due_deadlines
from domain.engine.model import Deadline, DeadlineState, Event
from domain.kernel.actors import CLOCK, Role
from domain.kernel.errors import Code, Refused
from tests.makers.billing import an_invoice, lines_of, move_line, someone_in_finance, who_was_told
from tests.makers.time import berlin, the_clock_shows

pytestmark = [pytest.mark.frozen_clock(berlin(2026, 4, 1, 10)), pytest.mark.usefixtures("operator")]

READY = InvoiceStatus.READY_TO_PRINT
ON_HOLD = InvoiceStatus.ON_HOLD
CANCELED = InvoiceStatus.CANCELED
WISH = ChangeRequest(message="Please name the workshop.")


async def test_the_member_blocks_the_issue_and_finance_is_told() -> None:
    await someone_in_finance()
    billed = await an_invoice(READY)

    await billed.move("requestChanges", billed.case.by_member, WISH)

    assert (billed.invoice.status, billed.invoice.hold_causes) == (ON_HOLD, ["MEMBER"])
    assert billed.invoice.hold_comment == WISH.message
    assert (await Deadline.get(kind="invoice.print")).state is DeadlineState.DISARMED
    assert await who_was_told("invoice.requestChanges") == [Role.FINANCE]


async def test_another_member_sees_no_such_invoice() -> None:
    billed, other = await an_invoice(READY), await an_invoice(READY)

    with pytest.raises(Refused) as refused:
        await billed.move("requestChanges", other.case.by_member, WISH)

    assert refused.value.refusals[0].code is Code.NOT_FOUND


async def test_an_issued_invoice_cannot_be_changed_by_its_member() -> None:
    billed = await an_invoice(InvoiceStatus.PRINTED)

    with pytest.raises(Refused) as refused:
        await billed.move("requestChanges", billed.case.by_member, WISH)

    assert refused.value.refusals[0].code is Code.ILLEGAL_TRANSITION


async def test_an_amended_line_recomputes_the_invoice_on_hold() -> None:
    billed = await an_invoice(ON_HOLD, "500.00", "950.00")
    first, _ = await billed.lines()

    await move_line(first, "amend", takes=LineChanges(unit_price=Decimal("100.00"), text="Half a workshop"))

    await billed.refresh()
    assert (billed.invoice.net_cents, billed.invoice.vat_cents) == (105_000, 19_950)
    assert [item.text for item in await billed.items()] == ["Half a workshop", "Workshop"]


async def test_the_difference_is_shown_to_the_member() -> None:
    billed = await an_invoice(ON_HOLD)
    (line,) = await billed.lines()
    await move_line(line, "amend", takes=LineChanges(unit_price=Decimal("100.00")))

    await billed.move("release")

    event = await Event.get(name="invoice.release")
    assert "MEMBER" in event.audience
    assert event.body["changes"]["net_cents"] == [50_000, 10_000]  # type: ignore[index]


async def test_a_line_alone_on_its_invoice_moves_the_invoices_date() -> None:
    billed = await an_invoice(ON_HOLD)
    (line,) = await billed.lines()

    await move_line(line, "amend", takes=LineChanges(invoice_on=date(2026, 6, 1)))
    await billed.move("release")

    assert billed.invoice.invoice_on == date(2026, 6, 1)
    printing = await Deadline.get(kind="invoice.print", state=DeadlineState.PENDING)
    assert printing.due_at == berlin(2026, 6, 1, 8)


async def test_a_released_invoice_is_armed_again() -> None:
    billed = await an_invoice(ON_HOLD)

    await billed.move("release")

    assert (billed.invoice.status, billed.invoice.hold_causes) == (READY, [])
    printing = await Deadline.get(kind="invoice.print", state=DeadlineState.PENDING)
    assert printing.due_at == berlin(2026, 5, 10, 8)


@pytest.mark.usefixtures("with_approval")
async def test_with_workflow_a_released_invoice_is_to_be_submitted() -> None:
    billed = await an_invoice(ON_HOLD)

    await billed.move("release")

    assert billed.invoice.status is InvoiceStatus.READY_TO_SUBMIT


async def test_an_invoice_moves_on_only_when_no_cause_is_left() -> None:
    billed = await an_invoice(ON_HOLD)
    await billed.move("hold", CLOCK)
    assert billed.invoice.hold_causes == ["FINANCE", "CANCELLATION"]

    await billed.move("release")
    assert (billed.invoice.status, billed.invoice.hold_causes) == (ON_HOLD, ["CANCELLATION"])

    await billed.move("release", CLOCK)
    assert (billed.invoice.status, billed.invoice.hold_causes) == (READY, [])


async def test_finance_cannot_lift_a_cancellation() -> None:
    billed = await an_invoice(READY)
    await billed.move("hold", CLOCK)

    with pytest.raises(Refused) as refused:
        await billed.move("release")

    assert refused.value.refusals[0].reason == "held_for_cancellation"


async def test_finance_holds_an_invoice_once() -> None:
    billed = await an_invoice(READY)
    await billed.move("hold", takes=HoldComment(comment="Prices are to be checked."))

    with pytest.raises(Refused) as refused:
        await billed.move("hold")

    assert refused.value.refusals[0].reason == "invoice_is_on_hold"


@pytest.mark.parametrize("status", [READY, ON_HOLD])
async def test_canceling_an_invoice_cancels_its_lines(status: InvoiceStatus) -> None:
    billed = await an_invoice(status)

    await billed.move("cancel")

    (line,) = await billed.lines()
    assert (billed.invoice.status, line.status) == (CANCELED, LineStatus.CANCELED)
    assert billed.invoice.number is None


async def test_a_restored_invoice_comes_back_on_hold_with_its_lines() -> None:
    billed = await an_invoice(CANCELED)

    await billed.move("restore")
    (line,) = await billed.lines()
    assert (billed.invoice.status, billed.invoice.hold_causes) == (ON_HOLD, ["FINANCE"])
    assert line.status is LineStatus.ON_HOLD

    await billed.move("release")
    (line,) = await billed.lines()
    assert (billed.invoice.status, line.status) == (READY, LineStatus.CONFIRMED)


async def test_an_undone_invoice_is_not_restored() -> None:
    billed = await an_invoice(READY)
    await billed.move("decompose")

    with pytest.raises(Refused) as refused:
        await billed.move("restore")

    assert refused.value.refusals[0].reason == "invoice_was_undone"


async def test_a_canceled_invoice_whose_line_went_elsewhere_is_not_restored() -> None:
    billed = await an_invoice(CANCELED)
    (line,) = await lines_of(billed.case)
    line = await move_line(line, "restore")
    assert line.invoice_id is None

    with pytest.raises(Refused) as refused:
        await billed.move("restore")

    assert refused.value.refusals[0].reason == "lines_used_elsewhere"


async def test_an_invoice_is_dated_today_or_earlier_but_never_in_the_future() -> None:
    billed = await an_invoice(READY)

    with pytest.raises(Refused) as refused:
        await billed.move("redate", takes=InvoiceDate(invoice_on=date(2026, 4, 2)))

    assert refused.value.refusals[0].reason == "invoice_date_in_future"


async def test_a_date_before_the_service_period_has_to_be_confirmed() -> None:
    billed = await an_invoice(READY)
    before_service = InvoiceDate(invoice_on=date(2026, 2, 28))

    with pytest.raises(Refused) as refused:
        await billed.move("redate", takes=before_service)
    await billed.move("redate", takes=replace(before_service, confirmed=True))

    (refusal,) = refused.value.refusals
    assert (refusal.reason, refusal.path) == ("date_before_service", ("confirmed",))
    assert billed.invoice.invoice_on == date(2026, 2, 28)


async def test_a_redated_invoice_has_the_tax_rate_of_its_date() -> None:
    billed = await an_invoice(READY)

    await billed.move("redate", takes=InvoiceDate(invoice_on=date(2020, 9, 30), confirmed=True))

    assert (billed.invoice.net_cents, billed.invoice.vat_cents) == (50_000, 8_000)
    assert [item.vat_rate for item in await billed.items()] == [Decimal("16.00")]


async def test_a_redated_invoice_is_issued_with_its_date_and_the_number_of_that_year() -> None:
    billed = await an_invoice(READY)
    await billed.move("redate", takes=InvoiceDate(invoice_on=date(2025, 12, 31), confirmed=True))

    await billed.move("print")

    assert (billed.invoice.issued_on, billed.invoice.number) == (date(2025, 12, 31), "RE-2025-00001")
    assert billed.invoice.due_on == date(2026, 1, 14)


async def test_decomposing_a_redated_invoice_gives_the_lines_their_own_rates_back() -> None:
    billed = await an_invoice(READY)
    await billed.move("redate", takes=InvoiceDate(invoice_on=date(2020, 9, 30), confirmed=True))

    await billed.move("decompose")

    (line,) = await lines_of(billed.case)
    assert line.vat_rate == Decimal("19.00")


async def test_a_held_invoice_is_not_printed_by_the_clock_and_blocks_nothing_else() -> None:
    held, other = await an_invoice(ON_HOLD), await an_invoice(READY)
    await the_clock_shows(berlin(2026, 5, 10, 8))

    await fire_due_deadlines()

    await held.refresh()
    await other.refresh()
    assert (held.invoice.status, other.invoice.status) == (ON_HOLD, InvoiceStatus.PRINTED)
