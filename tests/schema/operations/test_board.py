"""The board in one query: cards in their stages, and what they say."""

import pytest

from domain.kernel.ids import external
from domain.orders.inputs import Assignees
from domain.orders.model import OrderStatus
from domain.pipelines.inputs import StageEntry
from tests.makers.accounts import an_account
from tests.makers.client_status import a_client_status
from tests.makers.orders import an_order
from tests.makers.parties import STAFF
from tests.makers.pipelines import a_pipeline, a_stage, enter, ids_of
from tests.makers.time import berlin, the_clock_shows
from tests.support.board import BOARD, a_card, the_board
from tests.support.graphql.schema_client import SchemaClient, outside

pytestmark = pytest.mark.frozen_clock(berlin(2026, 4, 1, 10))


async def test_cards_lie_in_their_stages_those_that_entered_first_at_the_top(in_operations: SchemaClient) -> None:
    pipeline = await a_pipeline()
    later, earlier, done = await a_card(pipeline), await a_card(pipeline), await a_card(pipeline, 2)
    await the_clock_shows(berlin(2026, 4, 2, 10))
    await enter(later, None)
    await enter(later, (await ids_of(pipeline))[0])

    board = await the_board(in_operations, pipeline)

    assert board == {
        "Geplant": [earlier.order.number, later.order.number],
        "In Arbeit": [],
        "Fertig": [done.order.number],
    }


async def test_a_card_says_what_the_board_needs(in_operations: SchemaClient) -> None:
    pipeline = await a_pipeline("Neu")
    account = await an_account()
    case = await a_client_status(await a_card(pipeline, tags=("eilig",)))
    await case.move("assign", STAFF, Assignees(account_ids=(account.id,)))
    await the_clock_shows(berlin(2026, 4, 30, 10))

    data = await in_operations.ask(BOARD, STAFF, id=external("pip", pipeline.id), where=None)

    (stage,) = data["pipeline"]["stages"]
    assert stage["cards"]["nodes"] == [
        {
            "number": case.order.number,
            "project": "Projekt ABC",
            "late": False,
            "tags": ["eilig"],
            "stageEnteredAt": "2026-04-01T08:00:00Z",
            "member": {"name": "Mara Member"},
            "customer": {"legalName": "Kunde XYZ"},
            "assignees": [{"name": "Petra Person"}],
            "clientStatus": {"label": "In progress", "color": "#2563eb", "expectedOn": None, "stale": True},
        }
    ]


async def test_a_stage_says_when_it_holds_more_than_it_is_meant_to(in_operations: SchemaClient) -> None:
    pipeline = await a_pipeline(a_stage("Eng", card_limit=1))
    (narrow,) = await ids_of(pipeline)

    async def is_over() -> bool:
        data = await in_operations.ask(BOARD, STAFF, id=external("pip", pipeline.id), where=None)
        return bool(data["pipeline"]["stages"][0]["overLimit"])

    await a_card(pipeline)
    at_the_limit = await is_over()
    await enter(await an_order(OrderStatus.ACTIVE), narrow, despite_limit=True)

    assert (at_the_limit, await is_over()) == (False, True)


async def test_what_was_put_away_is_no_card(in_operations: SchemaClient) -> None:
    pipeline = await a_pipeline("Neu")
    case = await a_card(pipeline)

    await case.move("archive", STAFF)

    assert await the_board(in_operations, pipeline) == {"Neu": []}


async def test_the_menu_offers_to_move_a_card(in_operations: SchemaClient) -> None:
    case, (first, *_) = await an_order(OrderStatus.ACTIVE), await ids_of(await a_pipeline())
    entity = "order { stage { name } }"

    payload = await in_operations.move(
        "orderEnterStage", STAFF, {"id": outside(case.order.id), "stageId": external("stg", first)}, entity=entity
    )
    again = await in_operations.move(
        "orderEnterStage", STAFF, {"id": outside(case.order.id), "stageId": external("stg", first)}, entity=entity
    )

    assert (payload["order"], payload["errors"]) == ({"stage": {"name": "Geplant"}}, [])
    assert [(each["reason"], each["message"]) for each in again["errors"]] == [
        ("already_in_stage", "The order is in this stage already.")
    ]


async def test_a_full_stage_says_so_and_what_helps(in_operations: SchemaClient) -> None:
    pipeline = await a_pipeline(StageEntry(name_de="Eng", name_en="Narrow", card_limit=1))
    (narrow,) = await ids_of(pipeline)
    await a_card(pipeline)
    case = await an_order(OrderStatus.ACTIVE)

    given = {"id": outside(case.order.id), "stageId": external("stg", narrow)}
    payload = await in_operations.move("orderEnterStage", STAFF, given)

    (error,) = payload["errors"]
    assert error["message"] == "The stage “Narrow” already holds as many cards as it is meant to."
    assert error["remedy"] == "Move a card out of it first, or move this one all the same."


async def test_a_pipeline_is_drawn_up_and_amended_through_the_api(in_operations: SchemaClient) -> None:
    entity = "pipeline { id version name nameDe stages { id name color } }"
    stages = [{"nameDe": "Neu", "nameEn": "New"}, {"nameDe": "Alt", "nameEn": "Old", "color": "#2563eb"}]
    given = {"nameDe": "Werkstatt", "nameEn": "Workshop", "stages": stages}

    made = (await in_operations.move("pipelineCreate", STAFF, given, entity=entity))["pipeline"]
    kept = [{"id": made["stages"][1]["id"], "nameDe": "Alt", "nameEn": "Former"}]
    changed = await in_operations.move(
        "pipelineAmend",
        STAFF,
        {"id": made["id"], "expectedVersion": 1, "nameEn": "Workshop 2", "stages": kept},
        entity=entity,
    )

    assert [each["name"] for each in made["stages"]] == ["New", "Old"]
    assert changed["errors"] == []
    assert (changed["pipeline"]["nameDe"], changed["pipeline"]["name"]) == ("Werkstatt", "Workshop 2")
    assert changed["pipeline"]["version"] == 2
    assert [each["id"] for each in changed["pipeline"]["stages"]] == [made["stages"][1]["id"]]
