"""Many people at one board: a last place is taken once, and no order ends up in a stage that is gone."""

import asyncio
from uuid import UUID

import pytest

from domain.kernel.errors import Refused
from domain.orders.model import Order, OrderStatus
from domain.pipelines.inputs import PipelineInput
from domain.pipelines.model import Pipeline, Stage
from tests.makers.orders import Case, an_order
from tests.makers.pipelines import a_pipeline, a_stage, enter, ids_of, move_pipeline, named, staying, the_stages
from tests.makers.time import berlin

pytestmark = pytest.mark.frozen_clock(berlin(2026, 4, 1, 10))

AT_ONCE = 8


async def entered(case: Case, stage_id: UUID) -> str:
    """What became of entering a stage: nothing to add, or the first reason."""
    try:
        await enter(case, stage_id)
    except Refused as refused:
        return refused.refusals[0].reason
    return "entered"


async def amended(pipeline: Pipeline, entry: PipelineInput) -> str:
    try:
        await move_pipeline(pipeline, "amend", entry)
    except Refused as refused:
        return refused.refusals[0].reason
    return "amended"


async def test_the_last_place_of_a_stage_is_taken_once() -> None:
    (narrow,) = await ids_of(await a_pipeline(a_stage("Eng", card_limit=1)))
    cases = [await an_order(OrderStatus.ACTIVE) for _ in range(AT_ONCE)]

    found = await asyncio.gather(*(entered(case, narrow) for case in cases))

    assert sorted(found) == ["entered", *["stage_is_full"] * (AT_ONCE - 1)]
    assert await Order.filter(stage_id=narrow).count() == 1


async def test_a_stage_that_is_taken_out_is_entered_by_nobody_or_stays() -> None:
    for _ in range(AT_ONCE):
        pipeline = await a_pipeline("Bleibt", "Geht")
        stays, goes = await the_stages(pipeline)
        case = await an_order(OrderStatus.ACTIVE)
        entry = PipelineInput(**named("Werkstatt"), stages=(staying(stays),))

        found = set(await asyncio.gather(entered(case, goes.id), amended(pipeline, entry)))

        assert found in ({"entered", "stage_has_orders"}, {"stage_unknown", "amended"})
        assert await Stage.filter(id=goes.id).exists() is ("entered" in found)


async def test_cards_that_cross_each_other_all_arrive() -> None:
    here, there = await ids_of(await a_pipeline(*(a_stage(name, card_limit=50) for name in ("Hier", "Dort"))))
    cases = [await an_order(OrderStatus.ACTIVE) for _ in range(AT_ONCE)]
    for place, case in enumerate(cases):
        await enter(case, here if place % 2 else there)

    found = await asyncio.gather(*(entered(case, there if place % 2 else here) for place, case in enumerate(cases)))

    assert set(found) == {"entered"}
    assert await Order.filter(stage_id=here).count() == AT_ONCE // 2
