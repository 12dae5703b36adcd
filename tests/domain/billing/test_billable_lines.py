"""Billable lines: where they come from and what finance does with them."""

from datetime import date
from decimal import Decimal

import pytest

from domain.billing.inputs import LineChanges
from domain.billing.model import LineSource, LineStatus
from domain.commands import execute, fire_due_deadlines
from domain.engine.commands import Command
from domain.kernel.errors import Code, Refused
from domain.kernel.money import VatCategory
from domain.orders.inputs import CancellationReason, OptionalComment
from domain.orders.model import OrderStatus
from tests.makers.billing import a_manual_line, an_invoice, compose, lines_of, move_line, someone_in_finance
from tests.makers.deliveries import a_delivery
from tests.makers.orders import LONG_REASON, a_returned_draft, an_order, planned
from tests.makers.parties import FINANCE, STAFF
from tests.makers.time import berlin, the_clock_shows

pytestmark = [pytest.mark.frozen_clock(berlin(2026, 4, 1, 10)), pytest.mark.usefixtures("operator")]


async def test_entering_active_makes_one_confirmed_line_per_planned_invoice() -> None:
    case = await an_order(OrderStatus.ACTIVE, planned_invoices=(planned("500.00"), planned("950.00")))

    lines = await lines_of(case)

    assert [(line.status, line.source, line.net_cents) for line in lines] == [
        (LineStatus.CONFIRMED, LineSource.PLANNED_INVOICE, 50_000),
        (LineStatus.CONFIRMED, LineSource.PLANNED_INVOICE, 95_000),
    ]


async def test_an_order_that_awaits_its_customer_has_no_lines() -> None:
    case = await an_order(OrderStatus.AWAITING_CUSTOMER)

    assert await lines_of(case) == []


async def test_an_order_without_confirmation_gets_its_lines_when_it_is_approved() -> None:
    case = await an_order(OrderStatus.IN_REVIEW, skip_confirmation=True)

    await case.move("approve", STAFF, OptionalComment())

    assert len(await lines_of(case)) == 1


async def test_a_line_by_hand_is_confirmed_without_approval_workflow() -> None:
    assert (await a_manual_line("-20.00")).status is LineStatus.CONFIRMED


@pytest.mark.usefixtures("with_approval")
async def test_what_an_order_planned_is_approved_with_it() -> None:
    assert [line.status for line in await lines_of(await an_order(OrderStatus.ACTIVE))] == [LineStatus.CONFIRMED]


@pytest.mark.usefixtures("with_approval")
async def test_a_line_by_hand_waits_for_another_account_in_finance() -> None:
    fay, finn = await someone_in_finance("Fay Finance"), await someone_in_finance("Finn Finance")
    line = await a_manual_line(by=fay)

    with pytest.raises(Refused) as refused:
        await move_line(line, "confirm", fay)

    assert line.status is LineStatus.ON_HOLD
    assert refused.value.refusals[0].reason == "enterer_cannot_confirm"
    assert (await move_line(line, "confirm", finn)).status is LineStatus.CONFIRMED


@pytest.mark.usefixtures("with_approval")
async def test_an_amended_line_waits_for_an_account_other_than_the_one_that_amended_it() -> None:
    fay, finn = await someone_in_finance("Fay Finance"), await someone_in_finance("Finn Finance")
    (line,) = await lines_of(await an_order(OrderStatus.ACTIVE))

    amended = await move_line(line, "amend", fay, LineChanges(unit_price=Decimal("510.00")))

    assert amended.status is LineStatus.ON_HOLD
    with pytest.raises(Refused, match="enterer_cannot_confirm"):
        await move_line(amended, "confirm", fay)
    assert (await move_line(amended, "confirm", finn)).status is LineStatus.CONFIRMED


async def test_finance_holds_confirms_cancels_and_restores_a_line() -> None:
    line = await a_manual_line()

    seen = [line.status]
    for name in ("hold", "confirm", "cancel", "restore"):
        line = await move_line(line, name)
        seen.append(line.status)

    assert seen == ["CONFIRMED", "ON_HOLD", "CONFIRMED", "CANCELED", "ON_HOLD"]


async def test_the_member_moves_no_lines() -> None:
    case = await an_order(OrderStatus.ACTIVE)
    (line,) = await lines_of(case)

    with pytest.raises(Refused) as refused:
        await move_line(line, "hold", case.by_member)

    assert refused.value.refusals[0].code is Code.FORBIDDEN


async def test_a_line_on_an_invoice_is_not_moved_by_itself() -> None:
    billed = await an_invoice()
    (line,) = await billed.lines()

    for name in ("hold", "cancel"):
        with pytest.raises(Refused) as refused:
            await move_line(line, name)
        assert refused.value.refusals[0].reason == "line_is_on_an_invoice"


async def test_an_amended_line_is_reckoned_anew() -> None:
    line = await a_manual_line("100.00")

    changes = LineChanges(quantity=Decimal("1.5"), unit_price=Decimal("10.05"), vat_category=VatCategory.REDUCED)
    line = await move_line(line, "amend", takes=changes)

    assert (line.net_cents, line.vat_rate) == (1_508, Decimal("7.00"))


async def test_a_line_dated_in_autumn_2020_has_the_lowered_rate() -> None:
    line = await a_manual_line("100.00")

    line = await move_line(line, "amend", takes=LineChanges(invoice_on=date(2020, 10, 1)))

    assert line.vat_rate == Decimal("16.00")


async def test_a_line_on_a_ready_invoice_is_not_amended() -> None:
    billed = await an_invoice()
    (line,) = await billed.lines()

    with pytest.raises(Refused) as refused:
        await move_line(line, "amend", takes=LineChanges(text="Something else"))

    assert refused.value.refusals[0].reason == "invoice_of_line_not_on_hold"


async def test_lines_of_one_invoice_keep_one_date() -> None:
    first = await a_manual_line()
    second = await a_manual_line(member=await first.member, customer=await first.customer)
    invoice = await compose(first.id, second.id)
    await execute(Command(noun="invoice", move="hold", subject_id=invoice.id), FINANCE)

    with pytest.raises(Refused) as refused:
        await move_line(first, "amend", takes=LineChanges(invoice_on=date(2026, 6, 1)))

    assert refused.value.refusals[0].reason == "invoice_has_other_lines"


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        (LineChanges(), "nothing_to_change"),
        (LineChanges(quantity=Decimal(0)), "quantity_out_of_bounds"),
        (LineChanges(text="  "), "text_too_small"),
    ],
)
async def test_what_makes_no_sense_is_refused(changes: LineChanges, reason: str) -> None:
    line = await a_manual_line()

    with pytest.raises(Refused) as refused:
        await move_line(line, "amend", takes=changes)

    assert refused.value.refusals[0].reason == reason


async def test_a_canceled_line_settles_its_planned_invoice_and_completes_the_order() -> None:
    case = await an_order(OrderStatus.ACTIVE)
    (line,) = await lines_of(case)
    await the_clock_shows(berlin(2026, 5, 1, 0, 0, 1))

    await move_line(line, "cancel")
    await fire_due_deadlines()

    await case.order.refresh_from_db()
    assert case.order.status is OrderStatus.COMPLETED


async def test_a_line_by_hand_may_belong_to_an_active_order_and_follows_it() -> None:
    case = await an_order(OrderStatus.ACTIVE)
    line = await a_manual_line(member=case.member, customer=case.customer, order_id=case.order.id)

    await case.move("requestCancellation", case.by_member, CancellationReason(reason=LONG_REASON))
    await case.move("approveCancellation", STAFF, OptionalComment())

    await line.refresh_from_db()
    assert (line.source, line.status) == (LineSource.MANUAL, LineStatus.CANCELED)


async def test_a_line_for_a_delivery_belongs_to_its_order() -> None:
    delivery = await a_delivery()

    line = await a_manual_line(
        member=delivery.around.member, customer=delivery.around.customer, delivery_id=delivery.id
    )

    assert (line.source, line.order_id) == (LineSource.DELIVERY, delivery.around.order.id)


async def test_a_line_does_not_belong_to_an_order_of_others_or_one_not_yet_active() -> None:
    active, draft = await an_order(OrderStatus.ACTIVE), await a_returned_draft()

    with pytest.raises(Refused) as others:
        await a_manual_line(order_id=active.order.id)
    with pytest.raises(Refused) as too_early:
        await a_manual_line(member=draft.member, customer=draft.customer, order_id=draft.order.id)

    assert others.value.refusals[0].reason == "order_of_line_unknown"
    assert too_early.value.refusals[0].reason == "order_not_active"


async def test_a_line_finds_no_draft_that_was_never_submitted() -> None:
    draft = await an_order()

    with pytest.raises(Refused, match="order_of_line_unknown"):
        await a_manual_line(member=draft.member, customer=draft.customer, order_id=draft.order.id)
