"""Many orders into one stage of the board."""

from typing import Any
from uuid import UUID

import pytest

from domain.bulk.inputs import BulkStageInput
from domain.commands import execute
from domain.engine.commands import Command
from domain.kernel.actors import Actor
from domain.kernel.errors import Refused
from domain.kernel.ids import new_id
from domain.orders.model import Order
from tests.makers.automations import sets_template, the_runs_of, told_of
from tests.makers.bulk import ids_of, many_orders, some_orders, the_operation, the_outcomes, the_reasons
from tests.makers.parties import STAFF
from tests.makers.pipelines import a_pipeline, a_stage
from tests.makers.pipelines import ids_of as stage_ids_of
from tests.makers.records import the_events_of

pytestmark = pytest.mark.database


async def entered(order_ids: tuple[UUID, ...], stage_id: UUID | None, actor: Actor = STAFF, **more: Any) -> UUID:
    takes = BulkStageInput(order_ids=order_ids, stage_id=stage_id, **more)
    return (await execute(Command(noun="orderBulk", move="enterStage", input=takes), actor)).subject_id


async def test_many_orders_enter_a_stage() -> None:
    cases = await some_orders(3)
    _, second, _ = await stage_ids_of(await a_pipeline())
    await entered(ids_of(cases[:1]), second)

    operation_id = await entered(ids_of(cases), second)

    assert await the_outcomes(operation_id) == ["UNCHANGED", "APPLIED", "APPLIED"]
    assert await Order.filter(stage_id=second).count() == 3
    assert (await the_events_of(cases[2].order.id))[-1] == "order.enterStage"


@pytest.mark.parametrize(("despite_limit", "outcomes"), [(False, ["APPLIED", "FAILED"]), (True, ["APPLIED"] * 2)])
async def test_a_full_stage_takes_the_first_of_the_input(despite_limit: bool, outcomes: list[str]) -> None:
    older, newer = await some_orders(2)
    (stage_id,) = await stage_ids_of(await a_pipeline(a_stage("Eng", card_limit=1)))

    operation_id = await entered(ids_of([newer, older]), stage_id, despite_limit=despite_limit)

    assert await the_outcomes(operation_id) == outcomes
    assert despite_limit or await the_reasons(operation_id) == [[], ["stage_is_full"]]
    assert (await Order.get(id=newer.order.id)).stage_id == stage_id


async def test_a_trial_counts_the_room_of_a_stage_once() -> None:
    orders = await many_orders(251)
    (stage_id,) = await stage_ids_of(await a_pipeline(a_stage("Eng", card_limit=100)))

    operation = await the_operation(await entered(orders, stage_id, dry_run=True))

    assert (operation.applied, operation.failed) == (100, 151)


async def test_a_stage_that_does_not_exist_is_refused_at_once() -> None:
    with pytest.raises(Refused, match="stage_unknown"):
        await entered(ids_of(await some_orders(1)), new_id())


async def test_members_move_nothing_on_the_board() -> None:
    (case,) = await some_orders(1)

    with pytest.raises(Refused, match="not_your_move"):
        await entered((case.order.id,), None, case.by_member)


async def test_a_trial_tells_which_automations_would_run_and_runs_none() -> None:
    cases = await some_orders(2)
    first, *_ = await stage_ids_of(await a_pipeline())
    automation = await sets_template("In progress", "order.enterStage", stage_id=first)

    operation = await the_operation(await entered(ids_of(cases), first, dry_run=True))

    assert operation.foreseen == [{"automation": str(automation.id), "orders": 2}]
    assert [await the_runs_of(case.order.id) for case in cases] == [[], []]
    assert await Order.filter(stage_id=first).count() == 0


async def test_automations_run_for_each_order_unless_they_are_left_out() -> None:
    moved, left_alone = await some_orders(2)
    first, *_ = await stage_ids_of(await a_pipeline())
    automation = await sets_template("In progress", "order.enterStage", stage_id=first)

    await entered(ids_of([moved]), first)
    await entered(ids_of([left_alone]), first, skip_automation_ids=(automation.id,))

    assert await told_of(moved.order.id) == ("SHOWN", "In progress")
    assert await told_of(left_alone.order.id) == ("HIDDEN", "")
    assert await the_runs_of(left_alone.order.id) == [("In progress", "DESELECTED")]
