"""The board in one query, for those who work with it, and nothing of it for everybody else."""

from typing import Any

import pytest

from domain.client_status.takes import StatusText
from domain.core.actors import Actor, ActorKind, Role
from domain.core.ids import external
from domain.orders.model import OrderStatus
from domain.orders.takes import Assignees
from domain.pipelines.model import Pipeline
from domain.pipelines.takes import StageEntry
from domain.status_templates.model import StatusTemplate
from tests.makers.accounts import an_account
from tests.makers.client_status import a_client_status, move_client_status
from tests.makers.orders import Case, an_order
from tests.makers.parties import ADMIN, FINANCE, STAFF, a_customer, a_member
from tests.makers.pipelines import a_pipeline, enter, ids_of
from tests.makers.time import berlin, the_clock_shows
from tests.schema.asking import Side, outside

pytestmark = pytest.mark.database

BOARD = """query($id: ID!, $where: OrderWhere) { pipeline(id: $id) { name showsClientStatus usedBy
    openActions { mutation allowed }
    stages { id name color cardLimit overLimit advances automations { name }
        cards(first: 20, where: $where) { totalCount nodes { number project late tags stageEnteredAt
            member { name } customer { legalName } assignees { name }
            clientStatus { label color expectedOn stale } } } } } }"""
STAGE_OF = """query($id: ID!) { order(id: $id) { stageEnteredAt stage { name pipeline { name } }
    events(first: 50) { nodes { name } } } }"""
BOARDS = """query($p: ID!, $s: ID!) { pipeline(id: $p) { name } stage(id: $s) { name }
    pipelines(first: 9) { totalCount } }"""
LISTED = "query($where: OrderWhere) { orders(first: 50, where: $where) { totalCount nodes { id } } }"


@pytest.fixture(autouse=True)
async def april(database: str) -> None:
    await the_clock_shows(berlin(2026, 4, 1, 10))


async def the_board(side: Side, pipeline: Pipeline, actor: Actor = STAFF, **where: Any) -> dict[str, list[str]]:
    """The numbers of the cards by the name of their stage."""
    data = await side.ask(BOARD, actor, id=external("pip", pipeline.id), where=where or None)
    stages = data["pipeline"]["stages"]
    assert all(each["cards"]["totalCount"] == len(each["cards"]["nodes"]) for each in stages)
    return {each["name"]: [card["number"] for card in each["cards"]["nodes"]] for each in stages}


async def listed(side: Side, actor: Actor = STAFF, **where: Any) -> set[str]:
    data = await side.ask(LISTED, actor, where=where)
    assert data["orders"]["totalCount"] == len(data["orders"]["nodes"])
    return {each["id"] for each in data["orders"]["nodes"]}


async def a_card(pipeline: Pipeline, place: int = 0, **facts: Any) -> Case:
    """An active order in a stage of a pipeline."""
    case = await an_order(OrderStatus.ACTIVE, **facts)
    await enter(case, (await ids_of(pipeline))[place])
    return case


async def test_cards_lie_in_their_stages_those_that_entered_first_at_the_top(in_operations: Side) -> None:
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


async def test_a_card_says_what_the_board_needs(in_operations: Side) -> None:
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


async def test_a_stage_says_when_it_holds_more_than_it_is_meant_to(in_operations: Side) -> None:
    pipeline = await a_pipeline(StageEntry(name="Eng", card_limit=1))
    (narrow,) = await ids_of(pipeline)

    async def is_over() -> bool:
        data = await in_operations.ask(BOARD, STAFF, id=external("pip", pipeline.id), where=None)
        return bool(data["pipeline"]["stages"][0]["overLimit"])

    await a_card(pipeline)
    at_the_limit = await is_over()
    await enter(await an_order(OrderStatus.ACTIVE), narrow, despite_limit=True)

    assert (at_the_limit, await is_over()) == (False, True)


async def test_what_was_put_away_is_no_card(in_operations: Side) -> None:
    pipeline = await a_pipeline("Neu")
    case = await a_card(pipeline)

    await case.move("archive", STAFF)

    assert await the_board(in_operations, pipeline) == {"Neu": []}


async def test_a_board_is_narrowed_as_the_list_of_orders_is(in_operations: Side) -> None:
    pipeline = await a_pipeline("Neu")
    account, customer = await an_account(), await a_customer("Kunde ABC")
    member = await a_member("Otto Other")
    plain = await a_card(pipeline)
    shown = await a_client_status(await a_card(pipeline))
    tagged = await a_card(pipeline, tags=("eilig",))
    theirs = await a_card(pipeline, customer=customer, member=member)
    assigned = await a_card(pipeline)
    await assigned.move("assign", STAFF, Assignees(account_ids=(account.id,)))
    late = await a_card(pipeline, delivery_due_at=berlin(2026, 4, 20, 18))
    await the_clock_shows(berlin(2026, 4, 30, 10))

    async def found(**where: Any) -> list[str]:
        return (await the_board(in_operations, pipeline, **where))["Neu"]

    assert await found(clientStatus={"eq": "SHOWN"}) == [shown.order.number]
    assert plain.order.number in await found(clientStatus={"eq": "HIDDEN"})
    assert await found(clientStatusLabel="PROGRESS") == [shown.order.number]
    assert await found(stale=True) == [shown.order.number]
    assert len(await found(stale=False)) == 5
    assert await found(tag="eilig") == [tagged.order.number]
    assert await found(customer={"eq": external("cus", customer.id)}) == [theirs.order.number]
    assert await found(member={"eq": external("mem", member.id)}) == [theirs.order.number]
    assert await found(assignedTo=external("acc", account.id)) == [assigned.order.number]
    assert await found(late=True) == [late.order.number]


async def test_a_board_is_narrowed_by_the_template_of_the_client_status(in_operations: Side) -> None:
    pipeline = await a_pipeline("Neu")
    planned, done, *_ = await StatusTemplate.all().order_by("position")
    case = await a_card(pipeline)
    await a_client_status(await a_card(pipeline))
    await move_client_status(case, "show", StatusText(template_id=planned.id))

    async def found(*templates: StatusTemplate) -> list[str]:
        among = [external("stt", each.id) for each in templates]
        return (await the_board(in_operations, pipeline, clientStatusTemplate={"in": among}))["Neu"]

    assert await found(planned) == await found(planned, done) == [case.order.number]
    assert await found(done) == await found() == []


async def test_orders_are_found_by_where_they_lie(in_operations: Side) -> None:
    pipeline = await a_pipeline("Neu", "Alt")
    first, second = await ids_of(pipeline)
    new, old = await a_card(pipeline), await a_card(pipeline, 1)
    nowhere, archived = await an_order(OrderStatus.ACTIVE), await an_order(OrderStatus.ACTIVE)
    await archived.move("archive", STAFF)

    assert await listed(in_operations, stage={"eq": external("stg", first)}) == {outside(new.order.id)}
    assert await listed(in_operations, stage={"in": [external("stg", second)]}) == {outside(old.order.id)}
    both = {outside(new.order.id), outside(old.order.id)}
    assert await listed(in_operations, pipeline={"eq": external("pip", pipeline.id)}) == both
    assert await listed(in_operations, offBoard=True) == {outside(nowhere.order.id)}
    assert await listed(in_operations, offBoard=False) == both | {outside(archived.order.id)}


@pytest.mark.parametrize("field", ["STAGE_ENTERED", "CLIENT_STATUS_CHANGED"])
async def test_orders_are_sorted_by_the_board_and_by_the_client_status(in_operations: Side, field: str) -> None:
    pipeline = await a_pipeline("Neu")
    second, first = await an_order(OrderStatus.ACTIVE), await a_card(pipeline)
    await a_client_status(first)
    await the_clock_shows(berlin(2026, 4, 2, 10))
    await a_client_status(second)
    await enter(second, (await ids_of(pipeline))[0])

    query = f"{{ orders(first: 9, orderBy: {{field: {field}}}) {{ edges {{ cursor node {{ id }} }} }} }}"
    data = await in_operations.ask(query, STAFF)

    assert [each["node"]["id"] for each in data["orders"]["edges"]] == [
        outside(each.order.id) for each in (first, second)
    ]


@pytest.mark.parametrize("actor", [STAFF, FINANCE, ADMIN])
async def test_the_operators_people_read_the_board(in_operations: Side, actor: Actor) -> None:
    pipeline = await a_pipeline("Neu")
    case = await a_card(pipeline)

    assert await the_board(in_operations, pipeline, actor) == {"Neu": [case.order.number]}


async def test_an_employee_limited_to_assigned_orders_sees_only_those_cards(in_operations: Side) -> None:
    account = await an_account()
    limited = Actor(kind=ActorKind.STAFF_ASSIGNED, role=Role.STAFF, account_id=account.id, language="en")
    pipeline = await a_pipeline("Neu")
    await a_card(pipeline)
    theirs = await a_card(pipeline)
    await theirs.move("assign", STAFF, Assignees(account_ids=(account.id,)))

    assert await the_board(in_operations, pipeline, limited) == {"Neu": [theirs.order.number]}


async def test_members_find_nothing_of_any_board(in_operations: Side) -> None:
    pipeline = await a_pipeline("Neu")
    (stage,) = await ids_of(pipeline)
    case = await a_card(pipeline)
    by_member, board = case.by_member, external("pip", pipeline.id)

    data = await in_operations.ask(
        BOARDS,
        by_member,
        p=board,
        s=external("stg", stage),
    )
    order = (await in_operations.ask(STAGE_OF, by_member, id=outside(case.order.id)))["order"]

    assert data == {"pipeline": None, "stage": None, "pipelines": {"totalCount": 0}}
    assert (order["stage"], order["stageEnteredAt"]) == (None, None)
    assert "order.enterStage" not in {each["name"] for each in order["events"]["nodes"]}


async def test_members_learn_nothing_of_stages_by_narrowing_or_sorting(in_operations: Side) -> None:
    pipeline = await a_pipeline("Neu")
    (stage,) = await ids_of(pipeline)
    case = await a_card(pipeline)
    off = await an_order(OrderStatus.ACTIVE, member=case.member, customer=case.customer)
    for where in (
        {"stage": {"eq": external("stg", stage)}},
        {"pipeline": {"eq": external("pip", pipeline.id)}},
        {"offBoard": True},
        {"offBoard": False},
    ):
        assert await listed(in_operations, case.by_member, **where) == set()

    query = "{ orders(first: 9, orderBy: {field: STAGE_ENTERED}) { nodes { id } pageInfo { endCursor } } }"
    data = await in_operations.ask(query, case.by_member)
    assert [each["id"] for each in data["orders"]["nodes"]] == [outside(case.order.id), outside(off.order.id)]


async def test_the_menu_offers_to_move_a_card(in_operations: Side) -> None:
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


async def test_a_full_stage_says_so_and_what_helps(in_operations: Side) -> None:
    pipeline = await a_pipeline(StageEntry(name="Eng", card_limit=1))
    (narrow,) = await ids_of(pipeline)
    await a_card(pipeline)
    case = await an_order(OrderStatus.ACTIVE)

    given = {"id": outside(case.order.id), "stageId": external("stg", narrow)}
    payload = await in_operations.move("orderEnterStage", STAFF, given)

    (error,) = payload["errors"]
    assert error["message"] == "The stage “Eng” already holds as many cards as it is meant to."
    assert error["remedy"] == "Move a card out of it first, or move this one all the same."


async def test_a_pipeline_is_drawn_up_and_amended_through_the_api(in_operations: Side) -> None:
    entity = "pipeline { id version name stages { id name color } }"
    given = {"name": "Werkstatt", "stages": [{"name": "Neu"}, {"name": "Alt", "color": "#2563eb"}]}

    made = (await in_operations.move("pipelineCreate", STAFF, given, entity=entity))["pipeline"]
    kept = [{"id": made["stages"][1]["id"], "name": "Alt"}]
    changed = await in_operations.move(
        "pipelineAmend",
        STAFF,
        {"id": made["id"], "expectedVersion": 1, "name": "Werkstatt 2", "stages": kept},
        entity=entity,
    )

    assert [each["name"] for each in made["stages"]] == ["Neu", "Alt"]
    assert changed["errors"] == []
    assert changed["pipeline"]["version"] == 2
    assert [each["id"] for each in changed["pipeline"]["stages"]] == [made["stages"][1]["id"]]
