"""Stage entry: by staff one order at a time, with limits that hold for people and not for the scheduler."""

from typing import Any
from uuid import UUID

import pytest
from tortoise import connections

from domain.engine.event_log import broken_chains
from domain.engine.model import Event
from domain.kernel.actors import CLOCK, Actor, ActorKind, Role
from domain.kernel.errors import Refused
from domain.orders.inputs import Assignees
from domain.orders.model import Order, OrderStatus
from domain.pipelines.inputs import PipelineInput, StageEntryInput
from tests.makers.accounts import an_account
from tests.makers.orders import Case, a_known_order, an_order
from tests.makers.parties import ADMIN, FINANCE, STAFF
from tests.makers.pipelines import a_pipeline, a_stage, enter, ids_of, move_pipeline, named, staying, the_stages
from tests.makers.records import the_events_of
from tests.makers.time import berlin, the_clock_shows

pytestmark = pytest.mark.frozen_clock(berlin(2026, 4, 1, 10))


async def refusals(case: Case, stage_id: UUID | None, actor: Actor = STAFF, **facts: Any) -> list[str]:
    """Why an order does not enter."""
    with pytest.raises(Refused) as refused:
        await enter(case, stage_id, actor, **facts)
    return [each.reason for each in refused.value.refusals]


async def the_last_event(case: Case) -> Event:
    event = await Event.filter(subject_id=case.order.id).order_by("-sequence").first()
    assert event is not None
    return event


async def test_an_order_enters_a_stage_and_its_version_stays() -> None:
    case, (first, second, _) = await an_order(OrderStatus.ACTIVE), await ids_of(await a_pipeline())
    version = case.order.version

    await enter(case, first)
    await the_clock_shows(berlin(2026, 4, 2, 9))
    await enter(case, second)

    assert (case.order.stage_id, case.order.stage_entered_at) == (second, berlin(2026, 4, 2, 9))
    assert case.order.version == version
    event = await the_last_event(case)
    assert (event.name, event.at, event.actor_name) == ("order.enterStage", berlin(2026, 4, 2, 9), "Sam Staff")
    assert event.body == {"stage": str(second), "from": str(first)}
    assert sorted(event.audience) == ["ADMIN", "FINANCE", "STAFF"]
    assert (await the_events_of(case.order.id))[-2:] == ["order.enterStage", "order.enterStage"]
    assert await broken_chains(connections.get("default")) == []


async def test_an_order_leaves_the_board() -> None:
    case, (first, *_) = await an_order(OrderStatus.ACTIVE), await ids_of(await a_pipeline())
    await enter(case, first)

    await enter(case, None)

    assert (case.order.stage_id, case.order.stage_entered_at) == (None, None)
    assert (await the_last_event(case)).body == {"stage": None, "from": str(first)}


@pytest.mark.parametrize("status", [status for status in OrderStatus if status is not OrderStatus.COMPLETED])
async def test_an_order_enters_a_stage_wherever_it_stands(status: OrderStatus) -> None:
    case = await a_known_order(status)
    first, *_ = await ids_of(await a_pipeline())

    await enter(case, first)

    assert case.order.stage_id == first


async def test_the_stage_it_lies_in_already_is_no_change() -> None:
    case, (first, *_) = await an_order(OrderStatus.ACTIVE), await ids_of(await a_pipeline())
    assert await refusals(case, None) == ["already_in_stage"]
    await enter(case, first)
    before = await the_events_of(case.order.id)

    assert await refusals(case, first) == ["already_in_stage"]
    assert await the_events_of(case.order.id) == before


async def test_what_was_put_away_enters_no_stage_but_can_leave_the_board() -> None:
    case, (first, second, _) = await an_order(OrderStatus.ACTIVE), await ids_of(await a_pipeline())
    await enter(case, first)
    await case.move("archive", STAFF)

    assert await refusals(case, second) == ["order_is_archived"]
    assert await refusals(case, second, CLOCK) == ["order_is_archived"]
    await enter(case, None)
    assert case.order.stage_id is None


async def test_a_stage_that_is_gone_or_of_a_retired_pipeline_is_unknown() -> None:
    case, pipeline = await an_order(OrderStatus.ACTIVE), await a_pipeline()
    stays, goes, _ = await the_stages(pipeline)
    await move_pipeline(pipeline, "amend", PipelineInput(**named("Werkstatt"), stages=(staying(stays),)))
    await move_pipeline(pipeline, "retire")

    assert await refusals(case, goes.id) == ["stage_unknown"]
    assert await refusals(case, stays.id) == ["stage_unknown"]
    assert case.order.stage_id is None


async def test_people_are_kept_out_of_a_full_stage_unless_they_insist() -> None:
    (narrow,) = await ids_of(await a_pipeline(a_stage("Eng", card_limit=1)))
    inside, outside, by_force = [await an_order(OrderStatus.ACTIVE) for _ in range(3)]
    await enter(inside, narrow)

    assert await refusals(outside, narrow) == ["stage_is_full"]
    assert await refusals(outside, narrow, ADMIN) == ["stage_is_full"]
    await enter(by_force, narrow, despite_limit=True)
    await enter(outside, narrow, CLOCK)

    assert await Order.filter(stage_id=narrow).count() == 3


async def test_what_was_put_away_takes_no_place_in_a_stage() -> None:
    (narrow,) = await ids_of(await a_pipeline(a_stage("Eng", card_limit=1)))
    archived, case = await an_order(OrderStatus.ACTIVE), await an_order(OrderStatus.ACTIVE)
    await enter(archived, narrow)
    await archived.move("archive", STAFF)

    await enter(case, narrow)

    assert case.order.stage_id == narrow


async def test_nobody_but_staff_and_administrators_moves_cards() -> None:
    case, (first, *_) = await an_order(OrderStatus.ACTIVE), await ids_of(await a_pipeline())

    for actor in (case.by_member, case.by_customer, FINANCE):
        assert await refusals(case, first, actor) == ["not_your_move"]
    await enter(case, first, ADMIN)
    assert case.order.stage_id == first


async def test_an_employee_limited_to_assigned_orders_moves_only_those() -> None:
    account = await an_account()
    limited = Actor(kind=ActorKind.STAFF_ASSIGNED, role=Role.STAFF, account_id=account.id, name="Sam")
    case, (first, *_) = await an_order(OrderStatus.ACTIVE), await ids_of(await a_pipeline())

    assert await refusals(case, first, limited) == ["not_found"]
    await case.move("assign", STAFF, Assignees(account_ids=(account.id,)))
    await enter(case, first, limited)

    assert case.order.stage_id == first


async def test_the_same_key_moves_a_card_once() -> None:
    case, (first, second, _) = await an_order(OrderStatus.ACTIVE), await ids_of(await a_pipeline())
    entered = StageEntryInput(stage_id=first)
    await case.move("enterStage", STAFF, entered, idempotency_key="a")
    await enter(case, second)

    again = await case.move("enterStage", STAFF, entered, idempotency_key="a")

    assert again.replayed
    assert case.order.stage_id == second


async def test_ended_orders_take_no_room() -> None:
    (narrow,) = await ids_of(await a_pipeline(a_stage("Eng", card_limit=1)))
    ended, late, first, second = [
        await a_known_order(status)
        for status in (OrderStatus.REJECTED, OrderStatus.CANCELED, OrderStatus.ACTIVE, OrderStatus.ACTIVE)
    ]

    await enter(ended, narrow)
    await enter(first, narrow)
    await enter(late, narrow)

    assert await refusals(second, narrow) == ["stage_is_full"]
