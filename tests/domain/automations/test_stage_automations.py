"""Automations that follow the entry into a stage, or bring it about; they never go in circles."""

from itertools import pairwise
from typing import Any

import pytest

from domain.automations.model import Automation, AutomationAction, AutomationRun, RunOutcome
from domain.client_status.model import Visibility
from domain.kernel.errors import Refused
from domain.orders.model import OrderStatus
from domain.pipelines.model import Stage
from tests.makers.automations import an_automation, move_run, sets_template, the_reasons_of, the_runs_of, told_of
from tests.makers.orders import Case, an_order
from tests.makers.parties import STAFF
from tests.makers.pipelines import a_pipeline, enter, ids_of, move_pipeline, named
from tests.makers.time import berlin

pytestmark = pytest.mark.frozen_clock(berlin(2026, 4, 1, 10))


async def sends_on(name: str, come_from: object, go_to: object, **facts: Any) -> Automation:
    """An automation that sends orders from one stage on to another."""
    return await an_automation(
        "order.enterStage",
        name=name,
        stage_id=come_from,
        action=AutomationAction.ENTER_STAGE,
        target_stage_id=go_to,
        **facts,
    )


async def the_stage_of(case: Case) -> str:
    await case.order.refresh_from_db()
    return (await Stage.get(id=case.order.stage_id)).name_de


async def test_a_move_of_the_order_moves_its_card() -> None:
    stages = await ids_of(await a_pipeline("One", "Two"))
    await an_automation("order.confirm", action=AutomationAction.ENTER_STAGE, target_stage_id=stages[1])

    case = await an_order(OrderStatus.ACTIVE)

    assert await the_stage_of(case) == "Two"
    assert await the_runs_of(case.order.id) == [("Rule", "APPLIED")]


async def test_what_an_automation_brings_about_is_followed_too() -> None:
    stages = await ids_of(await a_pipeline("One", "Two"))
    await an_automation("order.confirm", action=AutomationAction.ENTER_STAGE, target_stage_id=stages[1])
    await sets_template("In progress", "order.enterStage", stage_id=stages[1])

    case = await an_order(OrderStatus.ACTIVE)

    assert await told_of(case.order.id) == ("SHOWN", "In progress")


async def test_two_automations_that_send_an_order_back_and_forth_are_stopped() -> None:
    one, two = await ids_of(await a_pipeline("One", "Two"))
    await sends_on("There", one, two)
    await sends_on("Back", two, one)
    case = await an_order(OrderStatus.ACTIVE)

    await enter(case, one)

    assert await the_runs_of(case.order.id) == [("There", "APPLIED"), ("Back", "APPLIED"), ("There", "LOOP")]
    assert await the_stage_of(case) == "One"


async def test_a_loop_is_an_exception_that_can_be_tried_again() -> None:
    one, two = await ids_of(await a_pipeline("One", "Two"))
    await sends_on("There", one, two)
    back = await sends_on("Back", two, one)
    case = await an_order(OrderStatus.ACTIVE)
    await enter(case, one)
    await Automation.filter(id=back.id).update(state="PAUSED")

    run = await move_run(await AutomationRun.get(order_id=case.order.id, outcome=RunOutcome.LOOP), "retry")

    assert run.outcome is RunOutcome.APPLIED
    assert await the_stage_of(case) == "Two"


async def test_a_cascade_ends_after_ten_generations() -> None:
    names = tuple(f"Stage {number}" for number in range(1, 14))
    stages = await ids_of(await a_pipeline(*names))
    for number, (come_from, go_to) in enumerate(pairwise(stages), start=1):
        await sends_on(f"Rule {number}", come_from, go_to)
    case = await an_order(OrderStatus.ACTIVE)

    await enter(case, stages[0])

    outcomes = [outcome for _, outcome in await the_runs_of(case.order.id)]
    assert outcomes == ["APPLIED"] * 10 + ["LOOP"]
    assert await the_stage_of(case) == "Stage 11"


async def test_two_automations_on_one_stage_both_run_though_the_first_sends_the_order_on() -> None:
    one, two = await ids_of(await a_pipeline("One", "Two"))
    await sends_on("Go on", one, two, position=1)
    await sets_template("Planned", "order.enterStage", stage_id=one, position=2)
    case = await an_order(OrderStatus.ACTIVE)

    await enter(case, one)

    assert await told_of(case.order.id) == ("SHOWN", "Planned")


async def test_who_moves_a_card_may_deselect_automations() -> None:
    one, _ = await ids_of(await a_pipeline("One", "Two"))
    kept_out = await sets_template("Planned", "order.enterStage", stage_id=one)
    await sets_template("In review", "order.enterStage", stage_id=one, visibility=Visibility.SHOWN)
    case = await an_order(OrderStatus.ACTIVE)

    await enter(case, one, skip_automation_ids=(kept_out.id,))

    assert await the_runs_of(case.order.id) == [("Planned", "DESELECTED"), ("In review", "APPLIED")]


async def test_a_stage_that_is_full_keeps_no_automation_out() -> None:
    pipeline = await a_pipeline("One", "Two")
    one, two = await ids_of(pipeline)
    await Stage.filter(id=two).update(card_limit=1)
    await sends_on("There", one, two)
    cases = [await an_order(OrderStatus.ACTIVE) for _ in range(2)]

    for case in cases:
        await enter(case, one)

    assert [await the_stage_of(case) for case in cases] == ["Two", "Two"]


async def test_the_stage_of_a_pipeline_that_was_put_away_is_an_exception() -> None:
    pipeline, other = await a_pipeline("One"), await a_pipeline("Two", **named("Other"))
    (one,), (two,) = await ids_of(pipeline), await ids_of(other)
    await sends_on("There", one, two)
    await type(other).filter(id=other.id).update(state="RETIRED")
    case = await an_order(OrderStatus.ACTIVE)

    await enter(case, one)

    assert await the_reasons_of(case.order.id) == ["stage_unknown"]
    assert await the_stage_of(case) == "One"


async def test_a_stage_in_use_is_not_put_away() -> None:
    pipeline = await a_pipeline("One")
    (one,) = await ids_of(pipeline)
    await sets_template("Planned", "order.enterStage", stage_id=one)

    with pytest.raises(Refused):
        await move_pipeline(pipeline, "retire", actor=STAFF)
