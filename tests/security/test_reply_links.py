"""A reply link opens what was said on its order, takes an answer, and knows nothing else."""

import json
from dataclasses import replace
from typing import Any

import pytest

from domain.files.owners import owner_of
from domain.kernel.actors import Actor, ActorKind
from domain.kernel.ids import external
from domain.operator.model import CustomerAccess
from domain.orders.inputs import CommentText
from domain.orders.model import CommentVisibility, Order, OrderStatus
from domain.parties.model import Contact
from domain.uploads.model import File
from schema.execution import limits
from schema.portal import schema as portal
from tests.makers.files import a_file
from tests.makers.orders import Case, an_order
from tests.makers.parties import STAFF
from tests.makers.time import berlin
from tests.support.graphql.schema_client import SchemaClient
from tests.support.graphql.schema_queries import queries
from tests.support.secret_rows import a_world, everything_known

pytestmark = pytest.mark.frozen_clock(berlin(2026, 4, 1, 10))
READABLE = ("now", "viewer", "operator", "questionThread", "__typename")
THREAD = """query ($id: ID!) { questionThread(id: $id) { number project
    comments(first: 20) { nodes { text files { name } } } openActions { mutation } } }"""


async def by_reply_link(case: Case) -> Actor:
    contact = await Contact.get(customer_id=case.customer.id)
    return replace(case.by_customer, kind=ActorKind.REPLY_LINK, contact_id=contact.id, order_id=case.order.id)


async def an_order_with_words(**facts: Any) -> Case:
    case = await an_order(OrderStatus.ACTIVE, **facts)
    for visibility in CommentVisibility:
        file = await a_file(case.by_member, name=f"{visibility}.txt")
        by = STAFF if visibility is CommentVisibility.INTERNAL else case.by_member
        files = () if by is STAFF else (file.id,)
        await case.move("comment", by, CommentText(text=f"For {visibility}", visibility=visibility, file_ids=files))
    return case


async def test_it_reads_what_customers_may_read_of_its_order_and_answers_it(in_portal: SchemaClient) -> None:
    case = await an_order_with_words()

    answer = await in_portal.ask(THREAD, await by_reply_link(case), id=external("ord", case.order.id))

    thread = answer["questionThread"]
    assert thread["comments"]["nodes"] == [{"text": "For CUSTOMER", "files": [{"name": "CUSTOMER.txt"}]}]
    assert thread["openActions"] == [{"mutation": "orderComment"}]


@pytest.mark.parametrize("hidden", ["archived", "status_only", "draft", "contact"])
async def test_a_hidden_order_has_no_thread_and_takes_no_answer(in_portal: SchemaClient, hidden: str) -> None:
    facts = {"customer_access": CustomerAccess.STATUS_ONLY} if hidden == "status_only" else {}
    case = await an_order_with_words(**facts)
    link, order = await by_reply_link(case), Order.filter(id=case.order.id)
    match hidden:
        case "archived":
            await case.move("archive", case.by_member)
        case "draft":
            await order.update(status=OrderStatus.DRAFT)
        case "contact":
            await order.update(contact_id=(await Contact.create(customer_id=case.customer.id, name="Another")).id)
    given = {"id": external("ord", case.order.id), "text": "Hello?"}

    answer = await in_portal.ask(THREAD, link, id=given["id"])
    payload = await in_portal.move("orderComment", link, given, entity="order { id }")

    assert answer == {"questionThread": None}
    assert [error["__typename"] for error in payload["errors"]] == ["NotFound"]


async def test_the_answer_shows_no_order_and_its_files_belong_to_the_contact(in_portal: SchemaClient) -> None:
    case = await an_order_with_words()
    link, order_id = await by_reply_link(case), external("ord", case.order.id)
    opened = await in_portal.move("uploadCreate", link, {"name": "a.txt", "size": 3, "orderId": order_id})
    elsewhere = [
        await in_portal.move("uploadCreate", link, {"name": "a.txt", "size": 3} | named)
        for named in ({}, {"orderId": external("ord", (await an_order(OrderStatus.ACTIVE)).order.id)})
    ]

    payload = await in_portal.move(
        "orderComment", link, {"id": order_id, "text": "Yes."}, entity="order { id net { amount } }"
    )

    assert (opened["errors"], payload["errors"], payload["order"]) == ([], [], None)
    assert [each["errors"][0]["path"] for each in elsewhere] == [["orderId"], ["orderId"]]
    assert [each.contact_id for each in await File.filter(account_id=None, member_id=None)] == [owner_of(link)]


@pytest.mark.parametrize("move", ["orderConfirm", "orderDecline", "orderAcceptDue"])
async def test_it_makes_no_other_move(in_portal: SchemaClient, move: str) -> None:
    case = await an_order(OrderStatus.AWAITING_CUSTOMER)
    inputs = {"orderConfirm": {"name": "Kim", "revision": case.order.offer_revision}}
    given = {"id": external("ord", case.order.id)} | inputs.get(move, {})

    payload = await in_portal.move(move, await by_reply_link(case), given)

    await case.order.refresh_from_db()
    assert payload["errors"]
    assert case.order.status is OrderStatus.AWAITING_CUSTOMER


@pytest.mark.thorough
async def test_everything_but_the_thread_is_empty(in_portal: SchemaClient, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "MAX_COST", 10**9)
    world = await a_world()
    seen = 0

    for query, variables in queries(portal._schema, await everything_known()):
        answer = await in_portal.fast_path.answer(query, variables, None, world.by_reply_link)
        assert answer is not None
        for name, value in json.loads(answer)["data"].items():
            if name.rstrip("0123456789_") not in READABLE:
                assert _is_empty(value), f"{query}\n{name}: {value}"
            seen += name == "questionThread" and value is not None
    assert seen > 0


def _is_empty(value: object) -> bool:
    if isinstance(value, dict) and value.get("__typename") in ("Comment", "File"):
        return True
    if isinstance(value, dict):
        return all(_is_empty(each) for key, each in value.items() if key not in ("__typename", "pageInfo", "isExact"))
    return all(map(_is_empty, value)) if isinstance(value, list) else value in (None, 0)
