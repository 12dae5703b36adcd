"""Late and very late, by the operator's thresholds, to the second."""

from datetime import datetime

import pytest
from tortoise import connections

from domain.commands import fire_due_deadlines
from domain.deliveries.model import DeliveryStatus
from domain.operator.model import OperatorSettings
from domain.orders.lateness import LATENESS
from tests.makers.deliveries import a_delivery, an_active_order
from tests.makers.orders import Case
from tests.makers.records import the_messages, what_is_due
from tests.makers.time import berlin, the_clock_shows

pytestmark = pytest.mark.frozen_clock(berlin(2026, 6, 1, 12))

DUE = berlin(2026, 6, 10, 15)


async def lateness_of(case: Case) -> str:
    statement = f"SELECT {LATENESS.format(t='o', now='app_now()')} AS found FROM orders o WHERE o.id = $1"
    (row,) = await connections.get("default").execute_query_dict(statement, [case.order.id])
    return str(row["found"])


@pytest.mark.parametrize(
    ("at", "expected"),
    [
        (berlin(2026, 6, 10, 14, 59, 59), "ON_TIME"),
        (berlin(2026, 6, 10, 15), "LATE"),
        (berlin(2026, 6, 13, 14, 59, 59), "LATE"),
        (berlin(2026, 6, 13, 15), "VERY_LATE"),
    ],
)
async def test_a_delivery_is_late_at_once_and_very_late_after_three_days(at: datetime, expected: str) -> None:
    case = await an_active_order(delivery_due_at=DUE)
    await the_clock_shows(at)

    assert await lateness_of(case) == expected


@pytest.mark.parametrize(
    ("at", "expected"),
    [
        (berlin(2026, 6, 11, 14, 59, 59), "ON_TIME"),
        (berlin(2026, 6, 11, 15), "LATE"),
        (berlin(2026, 6, 12, 15), "VERY_LATE"),
    ],
)
async def test_the_operator_sets_both_thresholds(at: datetime, expected: str) -> None:
    await OperatorSettings.all().update(late_after_hours=24, very_late_after_hours=48)
    case = await an_active_order(delivery_due_at=DUE)
    await the_clock_shows(at)

    assert await lateness_of(case) == expected


async def test_what_was_delivered_is_not_late() -> None:
    case = await a_delivery(DeliveryStatus.DELIVERED, delivery_due_at=DUE)
    await the_clock_shows(berlin(2026, 7, 1))

    assert await lateness_of(case.around) == "ON_TIME"


async def test_member_and_staff_are_told_when_the_order_counts_as_late() -> None:
    await OperatorSettings.all().update(late_after_hours=24)
    case = await an_active_order(delivery_due_at=DUE)

    assert await what_is_due("order.deliveryDue", case.order.id) == berlin(2026, 6, 11, 15)
    await the_clock_shows(berlin(2026, 6, 11, 15))
    await fire_due_deadlines()
    assert "MEMBER" in await the_messages("order.deliveryDue")
