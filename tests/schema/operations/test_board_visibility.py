"""Visibility of the board: the operator's people and members who work with it, no others."""

import pytest

from domain.kernel.actors import Actor, ActorKind, Role
from domain.kernel.ids import external
from domain.orders.inputs import Assignees
from domain.orders.model import OrderStatus
from tests.makers.accounts import an_account
from tests.makers.orders import an_order
from tests.makers.parties import ADMIN, FINANCE, STAFF
from tests.makers.pipelines import a_pipeline, ids_of
from tests.makers.time import berlin
from tests.support.board import a_card, listed, the_board
from tests.support.graphql.schema_client import SchemaClient, outside

pytestmark = pytest.mark.frozen_clock(berlin(2026, 4, 1, 10))

STAGE_OF = """query($id: ID!) { order(id: $id) { stageEnteredAt stage { name pipeline { name } }
    events(first: 50) { nodes { name } } } }"""
BOARDS = """query($p: ID!, $s: ID!) { pipeline(id: $p) { name } stage(id: $s) { name }
    pipelines(first: 9) { totalCount } }"""


@pytest.mark.parametrize("actor", [STAFF, FINANCE, ADMIN])
async def test_the_operators_people_read_the_board(in_operations: SchemaClient, actor: Actor) -> None:
    pipeline = await a_pipeline("Neu")
    case = await a_card(pipeline)

    assert await the_board(in_operations, pipeline, actor) == {"Neu": [case.order.number]}


async def test_an_employee_limited_to_assigned_orders_sees_only_those_cards(in_operations: SchemaClient) -> None:
    account = await an_account()
    limited = Actor(kind=ActorKind.STAFF_ASSIGNED, role=Role.STAFF, account_id=account.id, language="en")
    pipeline = await a_pipeline("Neu")
    await a_card(pipeline)
    theirs = await a_card(pipeline)
    await theirs.move("assign", STAFF, Assignees(account_ids=(account.id,)))

    assert await the_board(in_operations, pipeline, limited) == {"Neu": [theirs.order.number]}


async def test_members_find_nothing_of_any_board(in_operations: SchemaClient) -> None:
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


async def test_members_learn_nothing_of_stages_by_narrowing_or_sorting(in_operations: SchemaClient) -> None:
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
