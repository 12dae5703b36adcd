"""Punctuality: due against carried out, in the last hour and day, for metrics, doctor and API."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from tortoise import connections

from api.ops.state_metrics import PUNCTUALITY, refresh_state_metrics
from domain.commands import fire_due_deadlines
from domain.deadlines.punctuality import SELECT_PUNCTUALITY
from domain.engine.model import Deadline, DeadlineState
from domain.kernel.ids import new_id
from domain.orders.model import OrderStatus
from settings import Settings
from tests.makers.deliveries import a_delivery
from tests.makers.orders import an_order
from tests.makers.time import berlin, the_clock_shows
from workers.commands.doctor.database_checks import punctuality as seen_by_the_doctor

pytestmark = pytest.mark.frozen_clock(berlin(2026, 6, 4, 12))

NOW = berlin(2026, 6, 4, 12)


async def fired(seconds_late: float, *, at: datetime = NOW, **values: Any) -> None:
    """A deadline that was carried out so late."""
    due_at = at - timedelta(seconds=seconds_late)
    instants = {"anchor_at": due_at, "due_at": due_at, "next_attempt_at": due_at, "fired_at": at} | values
    await Deadline.create(
        kind="order.review",
        subject_kind="order",
        subject_id=new_id(),
        basis="a test",
        state=DeadlineState.FIRED,
        **instants,
    )


async def windows() -> dict[str, Any]:
    rows = await connections.get("default").execute_query_dict(SELECT_PUNCTUALITY)
    return {row["name"]: row for row in rows}


async def test_the_last_hour_and_day_are_told_apart() -> None:
    for seconds in range(1, 101):
        await fired(seconds)
    await fired(500, at=NOW - timedelta(hours=2))
    await fired(9_000, at=NOW - timedelta(hours=25))

    found = await windows()

    assert (found["HOUR"]["fired"], found["HOUR"]["p50_seconds"], found["HOUR"]["max_seconds"]) == (100, 50.5, 100)
    assert found["HOUR"]["p99_seconds"] == pytest.approx(99.01)
    assert (found["DAY"]["fired"], found["DAY"]["max_seconds"]) == (101, 500)


async def test_without_deadlines_there_is_nothing_to_say() -> None:
    found = await windows()

    assert [(row["fired"], row["p99_seconds"], row["overdue"]) for row in found.values()] == [(0, None, 0)] * 2


@pytest.mark.parametrize("column", ["armed_at", "next_attempt_at"])
async def test_what_was_armed_or_woken_late_is_not_late_before(column: str) -> None:
    await fired(3_600, **{column: NOW - timedelta(seconds=2)})

    assert (await windows())["HOUR"]["max_seconds"] == 2


async def test_the_scheduler_is_measured() -> None:
    case = await a_delivery(at=berlin(2026, 6, 4, 12))
    deadline = await Deadline.get(subject_id=case.id, kind="delivery.autoAccept")
    await the_clock_shows(deadline.due_at + timedelta(seconds=3))
    assert (await windows())["HOUR"]["overdue"] > 0

    await fire_due_deadlines()

    found = (await windows())["HOUR"]
    assert (found["overdue"], found["p50_seconds"] >= 3) == (0, True)


async def test_what_sleeps_after_a_refusal_is_not_overdue() -> None:
    case = await an_order(OrderStatus.IN_REVIEW)
    await Deadline.filter(order_id=case.order.id).update(due_at=NOW, next_attempt_at=NOW + timedelta(minutes=1))

    assert (await windows())["DAY"]["overdue"] == 0


async def test_metrics_and_doctor_say_the_same(settings: Settings) -> None:
    await fired(2.5)
    await refresh_state_metrics()

    assert PUNCTUALITY["p99_seconds"].labels("hour")._value.get() == 2.5
    result = await seen_by_the_doctor(settings)
    assert (result.is_ok, "99 % within 2.5 s" in result.detail) == (True, True)

    await fired(60)
    assert not (await seen_by_the_doctor(settings)).is_ok
