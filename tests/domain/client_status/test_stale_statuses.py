"""Stale client statuses: found once a day at the digest hour, each reported once to its readers."""

import asyncio
from collections.abc import AsyncIterator, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

import asyncpg
import pytest

from domain.accounts.model import OrderAccess
from domain.client_status.model import ClientStatus, KeptUntil, StatusRules, Visibility
from domain.client_status.notices.staleness import MESSAGE_NAME, notified_at
from domain.commands import notify_stale_statuses
from domain.engine.concurrency.locks import LOCK_ROOTS
from domain.kernel.actors import Role
from domain.orders.inputs import Assignees
from domain.orders.model import Order, OrderStatus
from domain.outbox.model import OutboxMessage
from tests.makers.accounts import an_account
from tests.makers.bulk import many_orders
from tests.makers.client_status import IN_PROGRESS, a_client_status, move_client_status
from tests.makers.orders import an_order
from tests.makers.parties import STAFF
from tests.makers.time import berlin, the_clock_shows
from tests.support.polling import PATIENCE_SECONDS, it_happens

TEN = berlin(2026, 4, 1, 10)
pytestmark = pytest.mark.frozen_clock(TEN)
FORTNIGHT = timedelta(days=14)
THAT_MORNING = berlin(2026, 4, 15, 7)
MORNING_AFTER = berlin(2026, 4, 16, 7)
SECOND, HOUR, DAY = timedelta(seconds=1), timedelta(hours=1), timedelta(days=1)
# What waits for the messages' table; the view of sessions would show one transaction the same picture again and again.
KILLED = "SELECT pg_terminate_backend(pid) FROM pg_locks WHERE relation = 'outbox'::regclass AND NOT granted"


def utc(*moment: int) -> datetime:
    return datetime(*moment, tzinfo=UTC)  # type: ignore[misc, arg-type]


@pytest.fixture(autouse=True)
async def earlier_notification(database: str) -> None:
    """The clock has notified of stale statuses on this day already."""
    await notify_stale_statuses()


@pytest.fixture
async def elsewhere(database: str) -> AsyncIterator[asyncpg.Connection]:
    """A connection beside the ORM's."""
    connection = await asyncpg.connect(database)
    yield connection
    await connection.close()


async def messages_at(instant: datetime) -> int:
    """How many messages are written when a clock comes by at this instant."""
    await the_clock_shows(instant)
    return await notify_stale_statuses()


async def found_at(instant: datetime) -> Sequence[UUID]:
    """The orders whose statuses the scheduler reports at this instant."""
    await messages_at(instant)
    return await notified_at(instant)


async def test_staff_are_told_once_on_the_morning_after() -> None:
    reader = await an_account(Role.STAFF)
    case = await a_client_status()

    before = [await messages_at(each) for each in (THAT_MORNING, TEN + FORTNIGHT, MORNING_AFTER - SECOND)]
    morning = await messages_at(MORNING_AFTER)
    later = [await messages_at(MORNING_AFTER + each) for each in (SECOND, HOUR, DAY, 2 * DAY)]

    assert (before, morning, later) == ([0, 0, 0], 1, [0, 0, 0, 0])
    assert list(await notified_at(MORNING_AFTER)) == [case.order.id]
    (message,) = await OutboxMessage.filter(name=MESSAGE_NAME)
    assert (message.account_id, message.order_id, message.digest_at) == (reader.id, None, None)


async def test_a_change_that_grows_stale_is_told_anew() -> None:
    await an_account(Role.STAFF)
    case = await a_client_status()
    await messages_at(MORNING_AFTER)

    await move_client_status(case, "update", replace(IN_PROGRESS, label="Still in progress"))

    assert await messages_at(MORNING_AFTER + FORTNIGHT - DAY) == 0
    assert await messages_at(MORNING_AFTER + FORTNIGHT) == 1


async def test_what_changes_nothing_that_clients_read_is_not_told_anew() -> None:
    await an_account(Role.STAFF)
    case = await a_client_status(kept_until=KeptUntil.CLEARED)
    await messages_at(MORNING_AFTER)

    await move_client_status(case, "clear")

    assert await messages_at(MORNING_AFTER + DAY) == 0


@pytest.mark.parametrize(
    "changed", [{"status": OrderStatus.COMPLETED}, {"archived_at": TEN}, {"deleted_at": TEN}, {"status": "CANCELED"}]
)
async def test_nobody_is_told_of_orders_that_are_over(changed: dict[str, Any]) -> None:
    await an_account(Role.STAFF)
    case = await a_client_status()
    await Order.filter(id=case.order.id).update(**changed)

    assert await messages_at(MORNING_AFTER) == 0


async def test_nobody_is_told_of_what_no_client_has_seen() -> None:
    await an_account(Role.STAFF)
    await a_client_status(await an_order(OrderStatus.DRAFT))

    assert await messages_at(MORNING_AFTER) == 0


async def test_nobody_is_told_of_a_hidden_status() -> None:
    await an_account(Role.STAFF)
    case = await a_client_status()
    await move_client_status(case, "hide")

    assert await messages_at(MORNING_AFTER) == 0


async def test_a_changed_rule_is_followed_and_nobody_is_told_twice_of_the_same_silence() -> None:
    await an_account(Role.STAFF)
    await a_client_status()

    await StatusRules.all().update(stale_after_days=None)
    never = await messages_at(MORNING_AFTER)
    await StatusRules.all().update(stale_after_days=20)
    sooner = await messages_at(MORNING_AFTER + 4 * DAY), await messages_at(MORNING_AFTER + 6 * DAY)
    await StatusRules.all().update(stale_after_days=5)
    again = await messages_at(MORNING_AFTER + 7 * DAY)

    assert (never, sooner, again) == (0, (0, 1), 0)


async def test_the_message_leaves_at_the_hour_that_the_rules_name() -> None:
    await an_account(Role.STAFF)
    await a_client_status()
    await messages_at(THAT_MORNING)
    await StatusRules.all().update(digest_hour=18)

    assert await messages_at(berlin(2026, 4, 15, 17, 59, 59)) == 0
    assert await messages_at(berlin(2026, 4, 15, 18)) == 1


async def test_a_missed_morning_is_caught_up_on() -> None:
    await an_account(Role.STAFF)
    await a_client_status()

    assert await messages_at(berlin(2026, 4, 20, 15)) == 1
    assert [await messages_at(berlin(2026, 4, 21, hour)) for hour in (6, 7)] == [0, 0]


@pytest.mark.parametrize(
    ("changed", "looks", "looks_next"),
    [
        (berlin(2026, 3, 15, 3, 30), utc(2026, 3, 29, 1), utc(2026, 3, 30, 0)),
        (berlin(2026, 10, 11, 2, 30), utc(2026, 10, 25, 0), utc(2026, 10, 26, 1)),
    ],
)
async def test_each_day_has_one_look_also_when_the_clocks_change(
    changed: datetime, looks: datetime, looks_next: datetime
) -> None:
    """On 29 March there is no 02:00 in Berlin, on 25 October there are two."""
    await an_account(Role.STAFF)
    await StatusRules.all().update(digest_hour=2)
    for instant in (changed - 12 * HOUR, changed):
        case = await a_client_status()
        await ClientStatus.filter(id=case.order.id).update(changed_at=instant)
    await messages_at(looks - DAY)

    instants = (looks - SECOND, looks, looks + HOUR, looks + 2 * HOUR, looks_next - SECOND, looks_next)

    assert [await messages_at(each) for each in instants] == [0, 1, 0, 0, 0, 1]


async def test_only_staff_who_may_see_one_of_the_orders_are_told() -> None:
    everything = await an_account(Role.STAFF)
    assigned = await an_account(Role.STAFF, order_access=OrderAccess.ASSIGNED)
    await an_account(Role.STAFF, order_access=OrderAccess.ASSIGNED)
    await an_account(Role.STAFF, is_active=False)
    await an_account(Role.FINANCE)
    case, _ = await a_client_status(), await a_client_status()
    await case.move("assign", STAFF, Assignees(account_ids=(assigned.id,)))

    await messages_at(MORNING_AFTER)

    assert {message.account_id for message in await OutboxMessage.filter(name=MESSAGE_NAME)} == {
        everything.id,
        assigned.id,
    }


async def test_a_thousand_stale_statuses_are_one_message_to_each_reader() -> None:
    for _ in range(3):
        await an_account(Role.STAFF)
    ids = await many_orders(1000)
    await ClientStatus.filter(id__in=ids).update(visibility=Visibility.SHOWN, changed_at=TEN, shown_since=TEN)

    assert await messages_at(MORNING_AFTER) == 3
    assert list(await notified_at(MORNING_AFTER)) == sorted(ids)


async def test_of_several_clocks_one_tells() -> None:
    await an_account(Role.STAFF)
    await a_client_status()
    await the_clock_shows(MORNING_AFTER)

    messages = await asyncio.gather(*(notify_stale_statuses() for _ in range(6)))

    assert sorted(messages) == [0, 0, 0, 0, 0, 1]


async def test_a_clock_that_is_killed_before_it_commits_has_told_nothing(elsewhere: asyncpg.Connection) -> None:
    await an_account(Role.STAFF)
    await a_client_status()
    await the_clock_shows(MORNING_AFTER)

    async with elsewhere.transaction():
        await elsewhere.execute("LOCK TABLE outbox IN SHARE ROW EXCLUSIVE MODE")
        telling = asyncio.create_task(notify_stale_statuses())
        await it_happens(lambda: elsewhere.fetchval(KILLED))
        with pytest.raises(asyncpg.InterfaceError):
            await telling

    assert await OutboxMessage.filter(name=MESSAGE_NAME).count() == 0
    assert [await notify_stale_statuses() for _ in range(2)] == [1, 0]


async def test_an_order_in_somebodys_hands_is_neither_waited_for_nor_forgotten(elsewhere: asyncpg.Connection) -> None:
    await an_account(Role.STAFF)
    moved, other = await a_client_status(), await a_client_status()

    async with elsewhere.transaction():
        await elsewhere.execute(LOCK_ROOTS.format(table="orders"), [moved.order.id])
        first = await asyncio.wait_for(found_at(MORNING_AFTER), PATIENCE_SECONDS)

    assert list(first) == [other.order.id]
    assert list(await found_at(MORNING_AFTER + DAY)) == [moved.order.id]
