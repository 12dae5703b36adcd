"""Concurrent automations: each runs once, and no command meets a deadlock."""

import asyncio
from collections import Counter
from typing import Any

import pytest

from domain.automations.inputs import RehearsalInput
from domain.automations.model import AutomationAction, AutomationRun, RunOutcome
from domain.commands import execute
from domain.engine.commands import Command
from domain.engine.model import Event
from domain.kernel.actors import Actor
from domain.kernel.errors import Refused
from domain.orders.inputs import CancellationReason, CommentText
from domain.orders.model import OrderStatus
from domain.pipelines.inputs import StageEntryInput
from tests.makers.automations import an_automation, an_entry, move_automation, move_run, sets_template
from tests.makers.client_status import a_client_status
from tests.makers.orders import LONG_REASON, Case, an_order
from tests.makers.parties import STAFF
from tests.makers.pipelines import a_pipeline, ids_of
from tests.makers.time import berlin

pytestmark = pytest.mark.frozen_clock(berlin(2026, 4, 1, 10))

ORDERS = 20


async def tried(case: Case, move: str, actor: Actor, takes: Any) -> bool:
    """Returns whether the move was made and not refused; any other error fails the test."""
    try:
        await execute(Command(noun="order", move=move, subject_id=case.order.id, input=takes), actor)
    except Refused:
        return False
    return True


async def test_moves_of_one_order_at_once_run_each_automation_once() -> None:
    one, two = await ids_of(await a_pipeline("One", "Two"))
    cases = [await an_order(OrderStatus.ACTIVE) for _ in range(ORDERS)]
    await sets_template("On hold", "order.requestCancellation")
    await sets_template("In review", "order.comment", visibility=None)
    onward: dict[str, Any] = {"stage_id": one, "action": AutomationAction.ENTER_STAGE, "target_stage_id": two}
    await an_automation("order.enterStage", **onward)
    await sets_template("Planned", "order.enterStage", stage_id=two)

    made = await asyncio.gather(*(each for case in cases for each in the_moves_of(case, one)))

    assert all(made)
    assert set(Counter(await AutomationRun.all().values_list("automation_id", "order_id")).values()) == {1}
    assert await AutomationRun.all().count() == 4 * ORDERS
    assert not await AutomationRun.filter(outcome__in=[RunOutcome.FAILED, RunOutcome.LOOP]).exists()


def the_moves_of(case: Case, stage_id: Any) -> list[Any]:
    return [
        tried(case, "requestCancellation", case.by_member, CancellationReason(reason=LONG_REASON)),
        tried(case, "comment", STAFF, CommentText(text="Please wait.")),
        tried(case, "enterStage", STAFF, StageEntryInput(stage_id=stage_id)),
    ]


async def test_an_exception_that_many_try_again_is_made_up_for_once() -> None:
    await an_automation("order.confirm", action=AutomationAction.SHOW)
    case = await an_order(OrderStatus.ACTIVE)
    await a_client_status(case, label="In progress")
    run = await AutomationRun.get(order_id=case.order.id)

    results = await asyncio.gather(*(move_run(run, "retry") for _ in range(8)), return_exceptions=True)

    assert sum(not isinstance(each, BaseException) for each in results) == 1
    assert all(isinstance(each, (AutomationRun, Refused)) for each in results)
    assert await Event.filter(name="automationRun.retry").count() == 1


async def test_nobody_waits_while_an_automation_is_edited_and_rehearsed() -> None:
    automation = await sets_template("Planned", "order.comment")
    cases = [await an_order(OrderStatus.ACTIVE) for _ in range(ORDERS)]
    entry = an_entry("order.comment", name="Planned", action=AutomationAction.HIDE)

    results = await asyncio.gather(
        *(tried(case, "comment", STAFF, CommentText(text="Hello.")) for case in cases),
        *(move_automation(automation, "amend", entry) for _ in range(5)),
        *(move_automation(automation, "rehearse", RehearsalInput(since=berlin(2026, 3, 1).date())) for _ in range(5)),
    )

    assert all(results)
    assert await AutomationRun.filter(automation_id=automation.id).count() == ORDERS
