"""The approval workflow: two people, limits, and no approval by default."""

from datetime import date

import pytest

from domain.billing.inputs import ApprovalRefusal, InvoiceDate, LineChanges
from domain.billing.model import InvoiceStatus
from domain.commands import fire_due_deadlines
from domain.engine.model import Deadline, Event
from domain.kernel.actors import CLOCK
from domain.kernel.errors import Code, Refused
from domain.outbox.model import OutboxMessage
from tests.makers.billing import an_invoice, move_line, someone_in_finance
from tests.makers.time import berlin, the_clock_shows

pytestmark = [pytest.mark.frozen_clock(berlin(2026, 4, 1, 10)), pytest.mark.usefixtures("with_approval")]

PENDING = InvoiceStatus.PENDING_APPROVAL
TO_SUBMIT = InvoiceStatus.READY_TO_SUBMIT
TO_PRINT = InvoiceStatus.READY_TO_PRINT
NO = ApprovalRefusal(reason="The hours are not plausible.")


async def test_an_invoice_is_submitted_and_recalled() -> None:
    billed = await an_invoice(TO_SUBMIT)

    await billed.move("submit", await someone_in_finance())
    assert billed.invoice.status is PENDING
    await billed.move("recall")

    assert (billed.invoice.status, billed.invoice.submitted_at) == (TO_SUBMIT, None)


async def test_somebody_else_approves_and_printing_is_armed() -> None:
    billed = await an_invoice(TO_SUBMIT)
    fay, finn = await someone_in_finance(), await someone_in_finance("Finn Finance")
    await billed.move("submit", fay)

    await billed.move("approve", finn)

    assert (billed.invoice.status, billed.invoice.approved_by_id) == (TO_PRINT, finn.account_id)
    assert (await Deadline.get(kind="invoice.print")).due_at == berlin(2026, 5, 10, 8)


@pytest.mark.parametrize(("move", "takes"), [("approve", None), ("reject", NO)])
async def test_the_submitter_does_not_decide(move: str, takes: ApprovalRefusal | None) -> None:
    billed, fay = await an_invoice(TO_SUBMIT), await someone_in_finance()
    await billed.move("submit", fay)

    with pytest.raises(Refused) as refused:
        await billed.move(move, fay, takes)

    assert refused.value.refusals[0].reason == "submitter_cannot_decide"


@pytest.mark.parametrize(("limit_cents", "is_enough"), [(59_499, False), (59_500, True)])
async def test_nobody_approves_beyond_their_limit(limit_cents: int, is_enough: bool) -> None:
    billed = await an_invoice(TO_SUBMIT)
    await billed.move("submit", await someone_in_finance())
    finn = await someone_in_finance("Finn Finance", limit_cents=limit_cents)

    if is_enough:
        await billed.move("approve", finn)
        assert billed.invoice.status is TO_PRINT
        return
    with pytest.raises(Refused) as refused:
        await billed.move("approve", finn)
    assert refused.value.refusals[0].reason == "amount_beyond_limit"


async def test_a_refused_approval_holds_the_invoice_until_finance_releases_it() -> None:
    billed = await an_invoice(PENDING)

    await billed.move("reject", takes=NO)
    assert (billed.invoice.status, billed.invoice.hold_causes) == ("ON_HOLD", ["APPROVAL_REFUSED"])
    assert billed.invoice.hold_comment == NO.reason

    await billed.move("release")
    assert billed.invoice.status is TO_SUBMIT


async def test_a_refusal_needs_a_reason() -> None:
    billed = await an_invoice(PENDING)

    with pytest.raises(Refused) as refused:
        await billed.move("reject", takes=ApprovalRefusal(reason=" "))

    assert refused.value.refusals[0].code is Code.VALIDATION_FAILED


@pytest.mark.parametrize("move", ["hold", "cancel"])
async def test_what_is_pending_is_frozen_for_finance(move: str) -> None:
    billed = await an_invoice(PENDING)

    with pytest.raises(Refused) as refused:
        await billed.move(move)

    assert refused.value.refusals[0].reason == "invoice_is_pending"


@pytest.mark.parametrize("move", ["decompose", "print", "release"])
async def test_what_is_pending_is_neither_undone_nor_issued(move: str) -> None:
    billed = await an_invoice(PENDING)

    with pytest.raises(Refused) as refused:
        await billed.move(move)

    assert refused.value.refusals[0].code is Code.ILLEGAL_TRANSITION


async def test_a_pending_invoice_is_not_redated_and_its_line_not_amended() -> None:
    billed = await an_invoice(PENDING)
    (line,) = await billed.lines()

    with pytest.raises(Refused):
        await billed.move("redate", takes=InvoiceDate(invoice_on=date(2026, 3, 1), confirmed=True))
    with pytest.raises(Refused) as refused:
        await move_line(line, "amend", takes=LineChanges(text="Something else"))

    assert refused.value.refusals[0].reason == "invoice_of_line_not_on_hold"


async def test_the_system_holds_what_is_pending_and_the_approval_starts_anew() -> None:
    billed = await an_invoice(PENDING)

    await billed.move("hold", CLOCK)

    assert (billed.invoice.status, billed.invoice.hold_causes) == ("ON_HOLD", ["CANCELLATION"])
    assert billed.invoice.submitted_at is None


async def test_a_late_approval_escalates_daily_and_never_approves_by_itself() -> None:
    await someone_in_finance()
    billed = await an_invoice(PENDING)
    waiting = await Deadline.get(kind="invoice.approval")
    assert waiting.due_at == berlin(2026, 4, 7, 10)

    for day in (7, 8):
        await the_clock_shows(berlin(2026, 4, day, 10))
        await fire_due_deadlines()

    await billed.refresh()
    assert billed.invoice.status is PENDING
    assert await OutboxMessage.filter(name="invoice.approval").count() == 2


async def test_an_approved_amount_does_not_change_by_redating() -> None:
    billed = await an_invoice(PENDING)
    await billed.move("approve", await someone_in_finance("Finn Finance"))

    with pytest.raises(Refused) as refused:
        await billed.move("redate", takes=InvoiceDate(invoice_on=date(2020, 9, 30), confirmed=True))

    assert refused.value.refusals[0].reason == "approved_amount_would_change"


async def test_holding_an_approved_invoice_asks_for_a_new_approval() -> None:
    billed = await an_invoice(PENDING)
    await billed.move("approve", await someone_in_finance("Finn Finance"))
    await billed.move("hold")

    await billed.move("release")

    assert (billed.invoice.status, billed.invoice.approved_by_id) == (TO_SUBMIT, None)


async def test_the_member_reads_nothing_of_the_approval() -> None:
    billed = await an_invoice(InvoiceStatus.PENDING_APPROVAL)

    (submitted,) = await Event.filter(subject_id=billed.invoice.id, name="invoice.submit")

    assert set(submitted.audience) == {"STAFF", "FINANCE", "ADMIN"}
