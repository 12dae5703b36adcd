"""Pipelines: drawn up and changed as a whole by staff."""

import pytest

from domain.commands import execute
from domain.engine.commands import Command
from domain.kernel.availability import Availability
from domain.kernel.errors import Refused
from domain.kernel.ids import new_id
from domain.orders.model import Order, OrderStatus
from domain.pipelines.inputs import PipelineInput, StageEntry
from domain.pipelines.model import Pipeline
from tests.makers.orders import an_order
from tests.makers.parties import ADMIN, FINANCE, STAFF, a_customer, a_member, acting_for_customer, acting_for_member
from tests.makers.pipelines import a_pipeline, a_stage, amended, move_pipeline, named, staying, the_stages
from tests.makers.records import the_events_of
from tests.makers.time import berlin

pytestmark = pytest.mark.frozen_clock(berlin(2026, 4, 1, 10))


async def test_a_pipeline_has_its_stages_in_the_order_they_were_given() -> None:
    pipeline = await a_pipeline("Geplant", a_stage(" In Arbeit ", color="#2563EB", card_limit=5, advances=True))

    stages = await the_stages(pipeline)

    assert [(each.position, each.name_de, each.color) for each in stages] == [
        (1, "Geplant", "#64748b"),
        (2, "In Arbeit", "#2563eb"),
    ]
    assert [(each.card_limit, each.advances) for each in stages] == [(None, False), (5, True)]
    assert (pipeline.shows_client_status, pipeline.state, pipeline.version) == (True, Availability.ACTIVE, 1)
    assert await the_events_of(pipeline.id) == ["pipeline.create"]


@pytest.mark.parametrize(
    ("stages", "reason", "path"),
    [
        ((), "list_too_small", ("stages",)),
        (tuple(a_stage(f"Phase {n}") for n in range(31)), "list_too_large", ("stages",)),
        ((StageEntry(name_de=" ", name_en="Build"),), "text_too_small", ("stages", "0", "name_de")),
        ((a_stage("Bau"), a_stage(" BAU ")), "stage_named_twice", ("stages", "1", "name_de")),
        (
            (a_stage("Bau"), StageEntry(name_de="Neu", name_en="bau")),
            "stage_named_twice",
            ("stages", "1", "name_en"),
        ),
        ((a_stage("Bau", color="#12345g"),), "not_a_color", ("stages", "0", "color")),
        ((a_stage("Bau", card_limit=0),), "number_too_small", ("stages", "0", "card_limit")),
        ((a_stage("Bau", id=new_id()),), "stage_unknown", ("stages", "0", "id")),
    ],
)
async def test_stages_that_cannot_be_right_are_refused(
    stages: tuple[StageEntry, ...], reason: str, path: tuple[str, ...]
) -> None:
    entry = PipelineInput(**named("Werkstatt"), stages=stages)

    with pytest.raises(Refused) as refused:
        await execute(Command(noun="pipeline", move="create", input=entry), STAFF)

    assert [(each.reason, each.path) for each in refused.value.refusals] == [(reason, path)]


async def test_thirty_stages_are_not_too_many() -> None:
    pipeline = await a_pipeline(*(f"Phase {number}" for number in range(30)))

    assert len(await the_stages(pipeline)) == 30


async def test_stages_that_stay_keep_their_orders_whatever_their_new_place_and_name() -> None:
    pipeline = await a_pipeline()
    first, second, third = await the_stages(pipeline)
    case = await an_order(OrderStatus.ACTIVE)
    await Order.filter(id=case.order.id).update(stage_id=first.id)

    amended_one = await amended(pipeline, staying(third), a_stage("Neu"), staying(first, **named("Anfang")))

    stages = await the_stages(pipeline)
    assert [(each.position, each.name_de) for each in stages] == [(1, "Fertig"), (2, "Neu"), (3, "Anfang")]
    assert (stages[0].id, stages[2].id) == (third.id, first.id)
    assert (await Order.get(id=case.order.id)).stage_id == first.id
    assert second.id not in {each.id for each in stages}
    assert amended_one.version == 2


async def test_two_stages_can_exchange_their_names() -> None:
    pipeline = await a_pipeline("Eins", "Zwei")
    one, two = await the_stages(pipeline)

    await amended(pipeline, staying(one, **named("Zwei")), staying(two, **named("Eins")))

    assert [each.name_de for each in await the_stages(pipeline)] == ["Zwei", "Eins"]


async def test_a_stage_of_another_pipeline_cannot_be_taken_over() -> None:
    pipeline, other = await a_pipeline("Hier"), await a_pipeline("Dort", **named("Andere"))
    (theirs,) = await the_stages(other)

    with pytest.raises(Refused) as refused:
        await amended(pipeline, staying(theirs))

    assert [each.reason for each in refused.value.refusals] == ["stage_unknown"]
    assert [each.name_de for each in await the_stages(other)] == ["Dort"]


async def test_a_stage_cannot_stay_twice() -> None:
    pipeline = await a_pipeline("Hier")
    (stage,) = await the_stages(pipeline)

    with pytest.raises(Refused) as refused:
        await amended(pipeline, staying(stage), staying(stage, **named("Noch einmal")))

    assert [(each.reason, each.path) for each in refused.value.refusals] == [("stage_unknown", ("stages", "1", "id"))]


async def test_an_administrator_draws_up_pipelines_too() -> None:
    entry = PipelineInput(**named("Werkstatt"), stages=(a_stage("Neu"),))

    outcome = await execute(Command(noun="pipeline", move="create", input=entry), ADMIN)

    assert await Pipeline.filter(id=outcome.subject_id).exists()


async def test_nobody_else_draws_up_pipelines() -> None:
    entry = PipelineInput(**named("Werkstatt"), stages=(a_stage("Neu"),))
    member, customer = acting_for_member(await a_member()), acting_for_customer(await a_customer())

    for actor in (FINANCE, member, customer):
        with pytest.raises(Refused) as refused:
            await execute(Command(noun="pipeline", move="create", input=entry), actor)
        assert [each.reason for each in refused.value.refusals] == ["not_your_move"]


async def test_for_members_and_customers_there_are_no_pipelines() -> None:
    pipeline = await a_pipeline()
    member, customer = acting_for_member(await a_member()), acting_for_customer(await a_customer())

    for actor in (member, customer):
        with pytest.raises(Refused) as refused:
            await move_pipeline(pipeline, "retire", actor=actor)
        assert [each.reason for each in refused.value.refusals] == ["not_found"]
