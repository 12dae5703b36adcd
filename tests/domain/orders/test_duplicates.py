"""Copies of orders: without dates, or with all of them counted from another first day."""

from datetime import date
from typing import Any

import pytest

from domain.kernel.errors import Refused
from domain.orders.effects.date_shift import DateShift
from domain.orders.inputs import Duplication, PlannedInvoiceEntry
from domain.orders.model import Order, PlannedInvoice
from domain.orders.repetition import Repetition
from tests.makers.orders import Case, an_order, planned
from tests.makers.time import berlin

pytestmark = pytest.mark.frozen_clock(berlin(2026, 4, 1, 10))
QUARTER: dict[str, Any] = {
    "service_from": date(2026, 4, 1),
    "service_to": date(2026, 6, 30),
    "offer_valid_until": date(2026, 4, 10),
    "delivery_due_at": berlin(2026, 6, 15, 18),
}


def each_month() -> PlannedInvoiceEntry:
    """Support for three months, invoiced on their last days."""
    facts: dict[str, Any] = {"repeats": Repetition.MONTHLY, "repeat_count": 3, "invoice_on": date(2026, 4, 30)}
    return PlannedInvoiceEntry(text="Support", unit_price=planned().unit_price, **facts)


async def copy_of(case: Case, starts_on: date | None) -> Order:
    outcome = await case.move("duplicate", case.by_member, Duplication(starts_on=starts_on))
    return await Order.get(id=outcome.subject_id)


async def the_plan(order: Order) -> list[tuple[str, str, str]]:
    rows = await PlannedInvoice.filter(order_id=order.id).order_by("position")
    return [(str(row.invoice_on), str(row.service_from), str(row.service_to)) for row in rows]


async def test_a_copy_for_the_winter_has_its_periods_and_dates_six_months_later() -> None:
    case = await an_order(planned_invoices=(each_month(),), **QUARTER)

    copy = await copy_of(case, date(2026, 10, 1))

    assert (copy.service_from, copy.service_to) == (date(2026, 10, 1), date(2026, 12, 31))
    assert (copy.offer_valid_until, copy.delivery_due_at) == (date(2026, 10, 10), berlin(2026, 12, 15, 18))
    assert await the_plan(copy) == [
        ("2026-10-31", "2026-10-01", "2026-10-31"),
        ("2026-11-30", "2026-11-01", "2026-11-30"),
        ("2026-12-31", "2026-12-01", "2026-12-31"),
    ]


async def test_a_copy_without_a_first_day_has_no_dates() -> None:
    case = await an_order(planned_invoices=(each_month(),), **QUARTER)

    copy = await copy_of(case, None)

    assert [getattr(copy, name) for name in QUARTER] == [None] * len(QUARTER)
    assert await the_plan(copy) == [("None", "None", "None")] * 3


async def test_an_order_without_a_first_day_gives_no_dates_to_its_copy() -> None:
    case = await an_order(service_from=None, service_to=None)

    with pytest.raises(Refused) as refused:
        await copy_of(case, date(2026, 10, 1))

    (refusal,) = refused.value.refusals
    assert (refusal.reason, refusal.path) == ("nothing_to_count_dates_from", ("starts_on",))


@pytest.mark.parametrize(
    ("first", "to_first", "day", "expected"),
    [
        (date(2026, 1, 1), date(2026, 2, 1), date(2026, 1, 31), date(2026, 2, 28)),
        (date(2026, 2, 1), date(2026, 3, 1), date(2026, 2, 28), date(2026, 3, 31)),
        (date(2026, 3, 15), date(2026, 2, 15), date(2026, 3, 30), date(2026, 2, 28)),
        (date(2026, 4, 1), date(2026, 4, 20), date(2026, 4, 30), date(2026, 5, 19)),
        (date(2024, 1, 1), date(2025, 1, 1), date(2024, 2, 29), date(2025, 2, 28)),
    ],
)
def test_the_end_of_a_month_stays_one_where_the_first_days_are_the_same(
    first: date, to_first: date, day: date, expected: date
) -> None:
    assert DateShift(first, to_first).day(day) == expected
