"""Secrecy of the portal schema: no path leads a customer to what is not theirs."""

import json
import re
from collections import Counter

import pytest

from domain.kernel.ids import external
from schema.execution import limits
from schema.portal import schema as portal
from tests.support.graphql.schema_client import SchemaClient
from tests.support.graphql.schema_queries import Known, every_path, queries
from tests.support.secret_rows import FEE, a_world, everything_known
from tests.support.secret_statuses import SECRET

SCHEMA = portal._schema
VISITORS = ["by_customer", "by_offer_link", "by_review_link", "by_status_link", "by_reply_link"]
NAME = re.compile(r"\w+")


def hints(answer: str) -> list[str]:
    """What an answer gives away: secret words, and the operator's fee, which no other number is."""
    return [each for each in (SECRET, FEE, FEE.replace(".", ",")) if each in answer.upper()]


@pytest.mark.thorough
async def test_no_path_leads_to_a_secret(in_portal: SchemaClient, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "MAX_COST", 10**9)
    world = await a_world()
    seen = Counter[str]()

    for query, variables in queries(SCHEMA, await everything_known()):
        for who in VISITORS:
            answer = await in_portal.fast_path.answer(query, variables, None, getattr(world, who))
            assert answer is not None, query
            assert not hints(answer.decode()), f"{who}: {query}\n{answer.decode()[:2000]}"
            seen[who] += answer.count(b"Sichtbar")

    assert [who for who in VISITORS if not seen[who]] == [], "the walk saw nothing at all"


def test_the_walk_selects_every_field() -> None:
    walk = queries(SCHEMA, Known(["ord_x", "del_x", "inv_x", "ntf_x", "sup_x", "fil_x"], ["1"]))
    asked = set(NAME.findall(" ".join(query for query, _ in walk)))

    assert [path for path in sorted(every_path(SCHEMA)) if path.split(".")[1] not in asked] == []


async def test_hidden_orders_look_like_none_in_every_count(in_portal: SchemaClient) -> None:
    world = await a_world()
    query = """{ orders(first: 100) { totalCount } workInProgress(first: 100) { totalCount nodes { name } }
        deliveries(first: 100) { totalCount } invoices(first: 100) { totalCount nodes { number } } }"""

    answer = await in_portal.ask(query, world.by_customer)

    assert answer["orders"]["totalCount"] == 4
    assert sorted(node["name"] for node in answer["workInProgress"]["nodes"]) == ["Sichtbar Projekt", "Sichtbar Status"]
    assert answer["deliveries"]["totalCount"] == 1
    assert [node["number"] for node in answer["invoices"]["nodes"]] == ["RE-2026-00001"]


async def test_an_order_of_status_only_shows_its_status_and_nothing_else(in_portal: SchemaClient) -> None:
    world = await a_world()
    query = "{ workInProgress(first: 10, orderBy: {field: NAME}) { nodes { name label order { project } } } }"

    answer = await in_portal.ask(query, world.by_customer)

    assert answer["workInProgress"]["nodes"] == [
        {"name": "Sichtbar Projekt", "label": "Sichtbar in Arbeit", "order": {"project": "Sichtbar Projekt"}},
        {"name": "Sichtbar Status", "label": "Sichtbar", "order": None},
    ]


async def test_moves_of_what_is_hidden_find_nothing(in_portal: SchemaClient) -> None:
    world = await a_world()

    for order in world.hidden:
        given = {"id": external("ord", order.id), "name": "Kim", "revision": 1}
        payload = await in_portal.move("orderConfirm", world.by_customer, given, entity="order { id project }")
        assert payload["order"] is None
        assert [error["__typename"] for error in payload["errors"]] == ["NotFound"]
        assert SECRET not in json.dumps(payload)


async def test_the_operator_speaks_for_its_people(in_portal: SchemaClient) -> None:
    world = await a_world()
    query = "query($id: ID!) { order(id: $id) { comments(first: 10) { nodes { text authorName mine } } } }"

    answer = await in_portal.ask(query, world.by_customer, id=external("ord", world.open[0].order.id))

    assert answer["order"]["comments"]["nodes"] == [
        {"text": "Sichtbar comment", "authorName": "Werkstand eG", "mine": False}
    ]
