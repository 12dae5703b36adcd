"""Files of comments in the API: sent along by their identifiers, and known to the readers of the comment alone."""

from typing import Any

import pytest

from domain.kernel.actors import Actor, ActorKind, Role
from domain.kernel.ids import external, new_id
from domain.orders.model import CommentFile, OrderStatus
from domain.uploads.model import File
from tests.makers.accounts import a_customer_account, a_session, actor_of_session, an_account
from tests.makers.files import a_file
from tests.makers.orders import an_order
from tests.makers.time import berlin
from tests.support.graphql.schema_client import SchemaClient

pytestmark = pytest.mark.frozen_clock(berlin(2026, 4, 1, 10))
ERRORS = "errors { code path message }"
COMMENT = f"""mutation ($input: OrderCommentInput!) {{ orderComment(input: $input) {{
    order {{ unattachedFiles {{ name }} comments {{ nodes {{ text files {{ name mine url }} }} }} }} {ERRORS} }} }}"""
READ = "query ($id: ID!) { order(id: $id) { comments { nodes { files { name url } } } } }"
WAITING = "query ($id: ID!) { order(id: $id) { unattachedFiles { name } } }"
UPLOAD = f"mutation ($input: UploadCreateInput!) {{ uploadCreate(input: $input) {{ upload {{ id }} {ERRORS} }} }}"


async def say(client: SchemaClient, document: str, actor: Actor, **entry: Any) -> dict[str, Any]:
    """The one payload of a mutation."""
    (payload,) = (await client.slowly(document, actor, input=entry)).values()
    return dict(payload)


async def signed_in(role: Role) -> Actor:
    actor = await actor_of_session(await a_session(await an_account(role)))
    assert actor is not None
    return actor


async def test_a_comment_brings_its_files_to_its_readers(in_operations: SchemaClient, in_portal: SchemaClient) -> None:
    case = await an_order(OrderStatus.ACTIVE)
    customer = await actor_of_session(await a_session(await a_customer_account(case.customer)))
    assert customer is not None
    first, second = await a_file(customer, name="first.txt"), await a_file(customer, name="second.txt")
    ids = [external("fil", each.id) for each in (second, first)]

    payload = await say(in_portal, COMMENT, customer, id=external("ord", case.order.id), text="See.", fileIds=ids)

    assert payload["errors"] == []
    (comment,) = payload["order"]["comments"]["nodes"]
    assert [(file["name"], file["mine"]) for file in comment["files"]] == [("second.txt", True), ("first.txt", True)]
    read = await in_operations.ask(READ, case.by_member, id=external("ord", case.order.id))
    (seen,) = read["order"]["comments"]["nodes"]
    assert [file["name"] for file in seen["files"]] == ["second.txt", "first.txt"]
    assert seen["files"][0]["url"] != comment["files"][0]["url"]


async def test_only_own_files_are_sent_along(in_operations: SchemaClient) -> None:
    case = await an_order(OrderStatus.ACTIVE)
    employee, colleague = await signed_in(Role.STAFF), await signed_in(Role.STAFF)
    foreign = [(await a_file(by)).id for by in (colleague, case.by_member)]
    order_id = external("ord", case.order.id)

    answers = [
        await say(in_operations, COMMENT, employee, id=order_id, text="See.", fileIds=[external("fil", file_id)])
        for file_id in foreign
    ]

    assert {answer["errors"][0]["message"] for answer in answers} == {"There is no such file."}
    assert not await CommentFile.all().exists()


async def test_what_is_uploaded_waits_to_be_attached(in_operations: SchemaClient) -> None:
    case = await an_order(OrderStatus.ACTIVE)
    employee, order_id = await signed_in(Role.STAFF), external("ord", case.order.id)
    file = await a_file(employee)
    await File.filter(id=file.id).update(for_order_id=case.order.id)
    waiting = await in_operations.ask(WAITING, employee, id=order_id)
    unseen = await in_operations.ask(WAITING, case.by_member, id=order_id)

    payload = await say(in_operations, COMMENT, employee, id=order_id, text="See.", fileIds=[external("fil", file.id)])

    assert waiting["order"]["unattachedFiles"] == [{"name": "slides.txt"}]
    assert unseen["order"]["unattachedFiles"] == payload["order"]["unattachedFiles"] == []


async def test_a_mailed_link_uploads_nothing(in_portal: SchemaClient) -> None:
    case = await an_order(OrderStatus.AWAITING_CUSTOMER)

    link = Actor(
        kind=ActorKind.LINK,
        role=Role.CUSTOMER,
        customer_ids=(case.customer.id,),
        order_id=case.order.id,
        link_id=new_id(),
    )

    payload = await say(in_portal, UPLOAD, link, name="plan.pdf", size=3)

    assert [error["code"] for error in payload["errors"]] == ["FORBIDDEN"]
    assert not await File.all().exists()
