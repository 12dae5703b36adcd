"""The quiet period: a change becomes visible and is mailed after a short hold, and can be taken back before."""

from dataclasses import replace
from datetime import timedelta

import pytest
from tortoise import connections

from domain.client_status.inputs import StatusInput
from domain.client_status.model import ClientStatus, ClientStatusChange, PendingStatus, StatusRules, Visibility
from domain.commands import publish_due_changes
from domain.engine.model import Event
from domain.kernel.errors import Refused
from domain.orders.model import OrderStatus
from tests.domain.client_status.test_client_status import sees
from tests.makers.client_status import IN_PROGRESS, a_client_status, move_client_status
from tests.makers.orders import an_order
from tests.makers.parties import STAFF
from tests.makers.records import the_messages
from tests.makers.time import berlin, the_clock_shows

TEN = berlin(2026, 4, 1, 10)
pytestmark = pytest.mark.frozen_clock(TEN)
LAST_EVENT_THERE_CAN_BE = """INSERT INTO events SELECT last.* FROM events e, jsonb_populate_record(e,
        jsonb_build_object('id', uuidv7(), 'sequence', 2147483647)) AS last
    WHERE e.subject_kind = 'clientStatus' AND e.subject_id = $1"""
IN_REVIEW = StatusInput(label="In review", color="#9333ea")


@pytest.fixture(autouse=True)
async def quiet_period(database: str) -> None:
    await StatusRules.all().update(quiet_minutes=15)


async def test_without_a_quiet_period_a_change_is_seen_at_once() -> None:
    await StatusRules.all().update(quiet_minutes=0)

    case = await a_client_status()

    assert await sees(case.by_customer, case) == 1
    assert not await PendingStatus.exists()


async def test_a_change_is_unseen_and_unmailed_until_its_time_has_come() -> None:
    case = await a_client_status()
    await the_clock_shows(TEN + timedelta(minutes=15, seconds=-1))

    published = await publish_due_changes()

    assert (published, await sees(case.by_customer, case)) == (0, 0)
    assert await the_messages("clientStatus.show") == []


async def test_at_the_very_second_it_is_seen_and_mailed() -> None:
    case = await a_client_status()
    await the_clock_shows(TEN + timedelta(minutes=15))

    await publish_due_changes()

    status = await ClientStatus.get(id=case.order.id)
    change = await ClientStatusChange.get(order_id=case.order.id)
    assert (status.visibility, status.label_de, status.shown_since) == (
        Visibility.SHOWN,
        "In progress",
        TEN + timedelta(minutes=15),
    )
    assert (change.event, change.actor_name, change.seen) == ("clientStatus.show", STAFF.name, True)
    assert await sees(case.by_customer, case) == 1
    assert await the_messages("clientStatus.show") == ["CUSTOMER"]
    events = await Event.filter(subject_id=case.order.id, subject_kind="clientStatus").order_by("sequence")
    assert [(event.name, event.body["seen"]) for event in events] == [
        ("clientStatus.show", False),
        ("clientStatus.publish", True),
    ]


async def test_meanwhile_the_client_reads_what_was_there_before() -> None:
    case = await a_client_status()
    await the_clock_shows(TEN + timedelta(minutes=15))
    await publish_due_changes()

    await move_client_status(case, "update", IN_REVIEW)

    status = await ClientStatus.get(id=case.order.id)
    waiting = await PendingStatus.get(id=case.order.id)
    assert (status.label_de, waiting.label_de) == ("In progress", "In review")
    assert waiting.visible_from == TEN + timedelta(minutes=30)


async def test_what_is_taken_back_never_comes() -> None:
    case = await a_client_status()

    await move_client_status(case, "takeBack")
    await the_clock_shows(TEN + timedelta(hours=1))

    assert await publish_due_changes() == 0
    assert await sees(case.by_customer, case) == 0


async def test_only_what_waits_can_be_taken_back() -> None:
    case = await a_client_status(shown=False)

    with pytest.raises(Refused) as refused:
        await move_client_status(case, "takeBack")

    assert [refusal.reason for refusal in refused.value.refusals] == ["nothing_waits"]


async def test_hiding_never_waits_and_drops_what_does() -> None:
    case = await a_client_status()
    await the_clock_shows(TEN + timedelta(minutes=15))
    await publish_due_changes()
    await move_client_status(case, "update", IN_REVIEW)

    await move_client_status(case, "hide")

    assert await sees(case.by_customer, case) == 0
    assert not await PendingStatus.exists()


async def test_archiving_drops_what_waits_to_be_shown() -> None:
    case = await a_client_status()

    await case.move("archive", STAFF)
    await the_clock_shows(TEN + timedelta(hours=1))
    await publish_due_changes()

    status = await ClientStatus.get(id=case.order.id)
    assert (status.visibility, await PendingStatus.exists()) == (Visibility.HIDDEN, False)


async def test_a_newer_change_replaces_the_one_that_waits() -> None:
    case = await a_client_status()
    await the_clock_shows(TEN + timedelta(minutes=10))

    await move_client_status(case, "show", IN_REVIEW)
    await the_clock_shows(TEN + timedelta(minutes=25))
    await publish_due_changes()

    history = await ClientStatusChange.filter(order_id=case.order.id)
    assert [change.label_de for change in history] == ["In review"]


async def test_what_waits_is_the_base_of_the_next_change() -> None:
    case = await a_client_status(name="Ihre Website")

    await move_client_status(case, "show", IN_REVIEW)

    assert (await PendingStatus.get(id=case.order.id)).name == "Ihre Website"


async def test_what_the_client_may_not_see_yet_does_not_wait() -> None:
    case = await a_client_status(await an_order(OrderStatus.DRAFT))

    status = await ClientStatus.get(id=case.order.id)

    assert (status.visibility, await PendingStatus.exists()) == (Visibility.SHOWN, False)


async def test_two_clocks_publish_a_change_once() -> None:
    case = await a_client_status()
    await the_clock_shows(TEN + timedelta(minutes=15))

    await publish_due_changes()
    await publish_due_changes()

    assert await ClientStatusChange.filter(order_id=case.order.id).count() == 1
    assert await the_messages("clientStatus.show") == ["CUSTOMER"]


async def test_a_change_that_was_seen_expects_the_version_that_waits() -> None:
    case = await a_client_status()
    before = (await ClientStatus.get(id=case.order.id)).version

    status = await move_client_status(case, "show", replace(IN_PROGRESS, label="Soon"))

    assert status.version == before + 1


async def test_what_cannot_be_published_holds_up_nothing_else() -> None:
    stuck, fine = await a_client_status(), await a_client_status()
    await connections.get("default").execute_query(LAST_EVENT_THERE_CAN_BE, [stuck.order.id])
    await the_clock_shows(TEN + timedelta(minutes=15))

    published = await publish_due_changes()

    assert published == 1
    assert (await sees(fine.by_customer, fine), await sees(stuck.by_customer, stuck)) == (1, 0)
    assert await PendingStatus.filter(id=stuck.order.id).exists()


async def test_what_cannot_be_published_is_tried_again_ever_later() -> None:
    stuck = await a_client_status()
    await connections.get("default").execute_query(LAST_EVENT_THERE_CAN_BE, [stuck.order.id])
    attempts = []
    for seconds in (0, 0.5, 1, 2.5, 3, 7):
        await the_clock_shows(TEN + timedelta(minutes=15, seconds=seconds))
        await publish_due_changes()
        attempts.append((await PendingStatus.get(id=stuck.order.id)).attempts)

    assert attempts == [1, 1, 2, 2, 3, 4]


async def test_a_newer_change_does_not_wait_for_the_attempts_of_the_one_before() -> None:
    case = await a_client_status()
    await PendingStatus.filter(id=case.order.id).update(attempts=7, next_attempt_at=TEN + timedelta(days=1))

    await move_client_status(case, "show", IN_REVIEW)
    await the_clock_shows(TEN + timedelta(minutes=15))

    assert await publish_due_changes() == 1
