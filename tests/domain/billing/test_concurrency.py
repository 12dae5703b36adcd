"""Concurrent billing: of several attempts at once exactly one takes effect."""

import asyncio
from collections.abc import Awaitable
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from domain.billing.inputs import InvoiceDate, LineChanges, Reversal, ReversedItem
from domain.billing.model import Invoice, InvoiceKind, InvoiceStatus
from domain.commands import execute, fire_due_deadlines
from domain.engine.commands import Command
from domain.kernel.errors import Refused
from domain.orders.inputs import CancellationReason
from domain.orders.model import OrderStatus
from tests.makers.billing import Billed, a_manual_line, an_invoice, compose, lines_of, move_line
from tests.makers.orders import LONG_REASON, an_order
from tests.makers.parties import FINANCE
from tests.makers.time import berlin, the_clock_shows

pytestmark = [pytest.mark.frozen_clock(berlin(2026, 4, 1, 10)), pytest.mark.usefixtures("operator")]


async def all_at_once(*moves: Awaitable[Any]) -> int:
    """How many went through; the others were refused, and nothing else happened to any of them."""
    outcomes = await asyncio.gather(*moves, return_exceptions=True)
    strange = [each for each in outcomes if isinstance(each, BaseException) and not isinstance(each, Refused)]
    assert strange == []
    return sum(not isinstance(each, BaseException) for each in outcomes)


async def test_no_more_than_the_whole_is_ever_reversed() -> None:
    billed = await an_invoice(InvoiceStatus.PRINTED)
    (item,) = await billed.items()
    part = Reversal(reason="Too much.", items=(ReversedItem(item_id=item.id, net=Decimal(100)),))
    command = Command(noun="invoice", move="reverse", subject_id=billed.invoice.id, input=part)

    went_through = await all_at_once(*(execute(command, FINANCE) for _ in range(12)))

    reversals = await Invoice.filter(kind=InvoiceKind.CANCELLATION)
    assert (went_through, sum(reversal.net_cents for reversal in reversals)) == (5, -50_000)


async def test_a_line_without_order_is_composed_once() -> None:
    line = await a_manual_line()

    assert await all_at_once(*(compose(line.id) for _ in range(12))) == 1


async def test_the_clock_and_finance_compose_a_line_once() -> None:
    case = await an_order(OrderStatus.ACTIVE)
    (line,) = await lines_of(case)
    await the_clock_shows(berlin(2026, 5, 3))

    await all_at_once(fire_due_deadlines(), compose(line.id), fire_due_deadlines())

    assert await Invoice.all().count() == 1


async def test_an_invoice_is_issued_or_held_when_print_meets_a_requested_cancellation() -> None:
    drafts = [await an_invoice() for _ in range(10)]

    await all_at_once(*(each for draft in drafts for each in (print_it(draft), ask_to_cancel(draft))))

    for draft in drafts:
        await draft.refresh()
        await draft.case.order.refresh_from_db()
        assert draft.case.order.status is OrderStatus.CANCELLATION_REVIEW
        assert draft.invoice.status in (InvoiceStatus.PRINTED, InvoiceStatus.ON_HOLD)
    issued = [draft for draft in drafts if draft.invoice.status is InvoiceStatus.PRINTED]
    assert sorted(draft.invoice.number for draft in issued) == [
        f"RE-2026-{number:05}" for number in range(1, len(issued) + 1)
    ]


async def test_moves_that_lock_each_other_are_tried_again_and_nobody_sees_it() -> None:
    line = await a_manual_line()
    invoice = await compose(line.id)
    await execute(Command(noun="invoice", move="hold", subject_id=invoice.id), FINANCE)
    redate = Command(
        noun="invoice",
        move="redate",
        subject_id=invoice.id,
        input=InvoiceDate(invoice_on=date(2026, 3, 31), confirmed=True),
    )
    prices = [LineChanges(unit_price=Decimal(price)) for price in range(1, 5)]

    went_through = await all_at_once(
        *(execute(redate, FINANCE) for _ in prices), *(move_line(line, "amend", takes=price) for price in prices)
    )

    assert went_through == 8


async def print_it(billed: Billed) -> None:
    await execute(Command(noun="invoice", move="print", subject_id=billed.invoice.id), FINANCE)


async def ask_to_cancel(billed: Billed) -> None:
    reason = CancellationReason(reason=LONG_REASON)
    await execute(
        Command(noun="order", move="requestCancellation", subject_id=billed.case.order.id, input=reason),
        billed.case.by_member,
    )
