"""Asking for a board, and orders that lie on it."""

from typing import Any

from domain.kernel.actors import Actor
from domain.kernel.ids import external
from domain.orders.model import OrderStatus
from domain.pipelines.model import Pipeline
from tests.makers.orders import Case, an_order
from tests.makers.parties import STAFF
from tests.makers.pipelines import enter, ids_of
from tests.support.graphql.schema_client import SchemaClient

BOARD = """query($id: ID!, $where: OrderWhere) { pipeline(id: $id) { name showsClientStatus usedBy
    openActions { mutation allowed }
    stages { id name color cardLimit overLimit advances automations { name }
        cards(first: 20, where: $where) { totalCount nodes { number project late tags stageEnteredAt
            member { name } customer { legalName } assignees { name }
            clientStatus { label color expectedOn stale } } } } } }"""
LISTED = "query($where: OrderWhere) { orders(first: 50, where: $where) { totalCount nodes { id } } }"


async def the_board(side: SchemaClient, pipeline: Pipeline, actor: Actor = STAFF, **where: Any) -> dict[str, list[str]]:
    """The numbers of the cards by the name of their stage."""
    data = await side.ask(BOARD, actor, id=external("pip", pipeline.id), where=where or None)
    stages = data["pipeline"]["stages"]
    assert all(each["cards"]["totalCount"] == len(each["cards"]["nodes"]) for each in stages)
    return {each["name"]: [card["number"] for card in each["cards"]["nodes"]] for each in stages}


async def listed(side: SchemaClient, actor: Actor = STAFF, **where: Any) -> set[str]:
    data = await side.ask(LISTED, actor, where=where)
    assert data["orders"]["totalCount"] == len(data["orders"]["nodes"])
    return {each["id"] for each in data["orders"]["nodes"]}


async def a_card(pipeline: Pipeline, place: int = 0, **facts: Any) -> Case:
    """An active order in a stage of a pipeline."""
    case = await an_order(OrderStatus.ACTIVE, **facts)
    await enter(case, (await ids_of(pipeline))[place])
    return case
