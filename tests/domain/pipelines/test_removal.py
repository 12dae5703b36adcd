"""Stages and pipelines go only when nothing lies in them and nothing works with them."""

from typing import Any

import pytest

from domain.automations.model import Automation, AutomationAction, AutomationState
from domain.kernel.actors import Actor
from domain.kernel.availability import Availability
from domain.kernel.errors import Refused
from domain.kernel.languages import LocalizedText
from domain.order_templates.model import OrderTemplate
from domain.orders.model import Order, OrderStatus
from domain.pipelines.inputs import PipelineInput
from domain.pipelines.model import Pipeline, Stage
from tests.makers.orders import a_returned_draft, an_order
from tests.makers.parties import STAFF
from tests.makers.pipelines import a_pipeline, a_stage, amended, ids_of, move_pipeline, named, staying, the_stages
from tests.makers.records import the_events_of
from tests.makers.time import berlin

pytestmark = pytest.mark.frozen_clock(berlin(2026, 4, 1, 10))


async def reasons(pipeline: Pipeline, move: str, takes: Any = None, actor: Actor = STAFF) -> list[tuple[str, Any]]:
    """Why a move is refused, each reason with what it names."""
    with pytest.raises(Refused) as refused:
        await move_pipeline(pipeline, move, takes, actor)
    return [(each.reason, dict(each.params)) for each in refused.value.refusals]


async def an_automation(name: str, state: AutomationState = AutomationState.ACTIVE, **facts: Any) -> Automation:
    return await Automation.create(
        name=name,
        state=state,
        position=1,
        trigger="order.confirm",
        action=AutomationAction.HIDE,
        created_at=berlin(2026, 4, 1),
        **facts,
    )


async def an_order_template(name: str, stage: Stage, state: Availability = Availability.ACTIVE) -> OrderTemplate:
    return await OrderTemplate.create(
        name=name, position=1, state=state, stage_id=stage.id, created_at=berlin(2026, 4, 1)
    )


@pytest.mark.parametrize("archived", [False, True])
async def test_a_stage_that_holds_orders_is_not_taken_out(archived: bool) -> None:
    pipeline = await a_pipeline("Leer", "Voll")
    empty, full = await the_stages(pipeline)
    case = await an_order(OrderStatus.CANCELED)
    put_away = berlin(2026, 4, 1) if archived else None
    await Order.filter(id=case.order.id).update(stage_id=full.id, archived_at=put_away)

    entry = PipelineInput(**named("Werkstatt"), stages=(staying(empty),))
    assert await reasons(pipeline, "amend", entry) == [
        ("stage_has_orders", {"stage": LocalizedText("Voll", "Voll"), "orders": 1})
    ]
    assert len(await the_stages(pipeline)) == 2


async def test_a_draft_that_was_thrown_away_does_not_keep_its_stage() -> None:
    pipeline = await a_pipeline("Leer", "Voll")
    empty, full = await the_stages(pipeline)
    case = await an_order(OrderStatus.DRAFT)
    await Order.filter(id=case.order.id).update(stage_id=full.id)
    await case.move("delete", case.by_member)

    await amended(pipeline, staying(empty))

    assert [each.name_de for each in await the_stages(pipeline)] == ["Leer"]


async def test_a_draft_that_was_never_submitted_keeps_no_stage_and_is_not_counted() -> None:
    pipeline = await a_pipeline("Leer", "Voll")
    empty, full = await the_stages(pipeline)
    case = await an_order(OrderStatus.DRAFT)
    await Order.filter(id=case.order.id).update(stage_id=full.id)

    await amended(pipeline, staying(empty))

    await case.order.refresh_from_db()
    assert [each.name_de for each in await the_stages(pipeline)] == ["Leer"]
    assert case.order.stage_id is None


async def test_a_stage_that_is_worked_with_is_not_taken_out_and_names_by_whom() -> None:
    pipeline = await a_pipeline("Frei", "Eins", "Zwei")
    free, one, two = await the_stages(pipeline)
    await an_automation("Nachfassen", stage_id=one.id)
    await an_automation("Ablegen", AutomationState.PAUSED, target_stage_id=one.id)
    await an_order_template("Website", two)

    entry = PipelineInput(**named("Werkstatt"), stages=(staying(free),))

    assert await reasons(pipeline, "amend", entry) == [
        ("stage_in_use", {"stage": LocalizedText("Eins", "Eins"), "users": ("Ablegen", "Nachfassen")}),
        ("stage_in_use", {"stage": LocalizedText("Zwei", "Zwei"), "users": ("Website",)}),
    ]


async def test_what_is_retired_itself_lets_go_of_a_stage() -> None:
    pipeline = await a_pipeline("Frei", "Alt")
    free, old = await the_stages(pipeline)
    automation = await an_automation("Vorbei", AutomationState.RETIRED, stage_id=old.id, target_stage_id=old.id)
    template = await an_order_template("Vorbei", old, Availability.RETIRED)

    await amended(pipeline, staying(free))

    await automation.refresh_from_db()
    await template.refresh_from_db()
    assert (automation.stage_id, automation.target_stage_id, template.stage_id) == (None, None, None)


async def test_a_pipeline_with_open_orders_is_not_retired() -> None:
    pipeline = await a_pipeline()
    first, *_ = await ids_of(pipeline)
    active, canceled = await an_order(OrderStatus.ACTIVE), await an_order(OrderStatus.CANCELED)
    for case in (active, await a_returned_draft(), canceled):
        await Order.filter(id=case.order.id).update(stage_id=first)

    assert await reasons(pipeline, "retire") == [("pipeline_has_open_orders", {"orders": 2})]


async def test_a_pipeline_whose_orders_have_ended_or_were_put_away_can_be_retired() -> None:
    pipeline = await a_pipeline()
    first, *_ = await ids_of(pipeline)
    ended, archived = await an_order(OrderStatus.CANCELED), await an_order(OrderStatus.ACTIVE)
    await archived.move("archive", STAFF)
    await Order.filter(id__in=[ended.order.id, archived.order.id]).update(stage_id=first)

    retired = await move_pipeline(pipeline, "retire")
    restored = await move_pipeline(pipeline, "restore")

    assert (retired.state, restored.state) == (Availability.RETIRED, Availability.ACTIVE)
    assert await the_events_of(pipeline.id) == ["pipeline.create", "pipeline.retire", "pipeline.restore"]


async def test_a_pipeline_that_is_worked_with_is_not_retired_and_names_by_whom() -> None:
    pipeline = await a_pipeline()
    first, *_ = await the_stages(pipeline)
    await an_automation("Nur hier", AutomationState.PAUSED, pipeline_id=pipeline.id)
    await an_automation("Vorbei", AutomationState.RETIRED, pipeline_id=pipeline.id)
    await an_order_template("Website", first)

    assert await reasons(pipeline, "retire") == [("pipeline_in_use", {"users": ("Nur hier", "Website")})]


async def test_a_retired_pipeline_is_not_amended() -> None:
    pipeline = await a_pipeline()
    await move_pipeline(pipeline, "retire")

    entry = PipelineInput(**named("Anders"), stages=(a_stage("Neu"),))

    assert [reason for reason, _ in await reasons(pipeline, "amend", entry)] == ["not_in_this_state"]
