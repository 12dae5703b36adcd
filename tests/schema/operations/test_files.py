"""Uploaded files in the API: opened by a mutation, attached by their identifier, and seen by those who may."""

from typing import Any

import pytest

from domain.deliveries.model import DeliveryStatus
from domain.kernel.actors import Actor
from domain.kernel.ids import external
from domain.orders.model import OrderStatus
from tests.makers.deliveries import DeliveryCase, a_delivery
from tests.makers.files import CONTENT, a_file, an_upload
from tests.makers.orders import an_order
from tests.makers.parties import STAFF, a_member, acting_for_member
from tests.makers.time import berlin
from tests.support.graphql.schema_client import SchemaClient

pytestmark = pytest.mark.frozen_clock(berlin(2026, 4, 1, 10))

ERRORS = "errors { code path message }"
CREATE = f"""mutation ($input: UploadCreateInput!) {{ uploadCreate(input: $input) {{
    upload {{ id name size received state url uploadUrl deadlines {{ kind dueAt }} }} {ERRORS} }} }}"""
ATTACH = f"""mutation ($input: OrderAttachEvidenceInput!) {{ orderAttachEvidence(input: $input) {{
    order {{ evidence {{ title link file {{ name sha256 }} }} }} {ERRORS} }} }}"""
DESCRIBE = f"""mutation ($input: DeliveryDescribeInput!) {{ deliveryDescribe(input: $input) {{
    delivery {{ draftFiles {{ id }} }} {ERRORS} }} }}"""
SUBMIT = f"""mutation ($input: DeliverySubmitInput!) {{ deliverySubmit(input: $input) {{
    delivery {{ draftFiles {{ id }} currentVersion {{ files {{ name size mediaType sha256 url }} }} }} {ERRORS} }} }}"""
FILE = "query ($id: ID!) { file(id: $id) { name state uploadUrl } }"
DELIVERED = "query ($id: ID!) { delivery(id: $id) { versions { files { id name size url } } } }"
NODE = "query ($id: ID!) { node(id: $id) { ... on File { name } } }"


async def say(client: SchemaClient, document: str, actor: Actor, **entry: Any) -> dict[str, Any]:
    """The one payload of a mutation."""
    (payload,) = (await client.slowly(document, actor, input=entry)).values()
    return dict(payload)


async def a_draft_with_file(client: SchemaClient) -> tuple[DeliveryCase, str]:
    case = await a_delivery(DeliveryStatus.DRAFT)
    file_id = external("fil", (await a_file(case.around.by_member)).id)
    payload = await say(
        client,
        DESCRIBE,
        case.around.by_member,
        id=external("del", case.id),
        description="Slides",
        fileIds=[file_id],
    )
    assert payload == {"delivery": {"draftFiles": [{"id": file_id}]}, "errors": []}
    return case, file_id


async def test_an_upload_is_opened_and_says_where_its_bytes_go(in_operations: SchemaClient) -> None:
    member = acting_for_member(await a_member())

    payload = await say(in_operations, CREATE, member, name="../a/plan.pdf", size=5_000_000_000)

    upload = payload["upload"]
    assert payload["errors"] == []
    assert (upload["name"], upload["size"], upload["received"]) == ("plan.pdf", 5_000_000_000, 0)
    assert (upload["state"], upload["url"]) == ("UPLOADING", None)
    assert upload["uploadUrl"] == f"/files/uploads/{upload['id']}"
    assert upload["deadlines"] == [{"kind": "upload.expire", "dueAt": "2026-04-02T08:00:00Z"}]


@pytest.mark.parametrize("size", [0, 1.5, -3])
async def test_a_size_that_no_file_has_is_refused(in_operations: SchemaClient, size: float) -> None:
    payload = await say(in_operations, CREATE, acting_for_member(await a_member()), name="a", size=size)

    assert [(error["code"], error["path"]) for error in payload["errors"]] == [("VALIDATION_FAILED", ["size"])]


async def test_the_order_of_another_member_does_not_exist(in_operations: SchemaClient) -> None:
    order = (await an_order()).order
    member = acting_for_member(await a_member())

    payload = await say(in_operations, CREATE, member, name="a", size=1, orderId=external("ord", order.id))

    assert [(error["code"], error["path"]) for error in payload["errors"]] == [("VALIDATION_FAILED", ["orderId"])]


async def test_a_file_is_evidence_beside_a_link(in_operations: SchemaClient) -> None:
    case = await an_order(OrderStatus.DRAFT)
    file = await a_file(case.by_member)

    payload = await say(
        in_operations,
        ATTACH,
        case.by_member,
        id=external("ord", case.order.id),
        title="Agreed by mail",
        link="https://mail.example/1",
        fileIds=[external("fil", file.id)],
    )

    assert payload["errors"] == []
    assert payload["order"]["evidence"] == [
        {"title": "Agreed by mail", "link": "https://mail.example/1", "file": None},
        {"title": "Agreed by mail", "link": None, "file": {"name": "slides.txt", "sha256": file.sha256}},
    ]


async def test_only_whole_files_of_ones_own_are_attached(in_operations: SchemaClient) -> None:
    case = await an_order(OrderStatus.DRAFT)
    foreign, unfinished = await a_file(acting_for_member(await a_member())), await an_upload(case.by_member)
    order_id = external("ord", case.order.id)

    answers = [
        await say(in_operations, ATTACH, case.by_member, id=order_id, title="A", fileIds=[external("fil", file_id)])
        for file_id in (foreign.id, case.order.id, unfinished.id)
    ]
    nothing = await say(in_operations, ATTACH, case.by_member, id=order_id, title="A")

    assert [answer["errors"][0]["message"] for answer in answers] == [
        "There is no such file.",
        "There is no such file.",
        "The file has not arrived completely yet.",
    ]
    assert nothing["errors"][0]["path"] == ["link"]


async def test_a_version_keeps_the_files_of_its_draft(in_operations: SchemaClient, in_portal: SchemaClient) -> None:
    case, file_id = await a_draft_with_file(in_operations)
    delivery_id = external("del", case.id)
    unseen = await in_portal.ask(NODE, case.around.by_customer, id=file_id)

    payload = await say(in_operations, SUBMIT, case.around.by_member, id=delivery_id)

    assert payload["errors"] == []
    (file,) = payload["delivery"]["currentVersion"]["files"]
    assert (file["name"], file["size"], file["mediaType"]) == ("slides.txt", len(CONTENT), "text/plain")
    assert payload["delivery"]["draftFiles"] == []
    seen = (await in_portal.ask(DELIVERED, case.around.by_customer, id=delivery_id))["delivery"]["versions"][0]["files"]
    assert [each["id"] for each in seen] == [file_id]
    assert seen[0]["url"].startswith(f"/files/{file_id}?until=")
    assert seen[0]["url"] != file["url"]
    assert unseen == {"node": None}


async def test_a_delivery_needs_a_file_or_a_link_or_a_word_that_there_is_none(in_operations: SchemaClient) -> None:
    case, _ = await a_draft_with_file(in_operations)
    await say(
        in_operations,
        DESCRIBE,
        case.around.by_member,
        id=external("del", case.id),
        description="Slides",
        fileIds=[],
    )

    payload = await say(in_operations, SUBMIT, case.around.by_member, id=external("del", case.id))

    assert [(error["code"], error["path"]) for error in payload["errors"]] == [("VALIDATION_FAILED", ["confirmNoFile"])]


async def test_the_operator_sees_a_file_once_it_is_attached(in_operations: SchemaClient) -> None:
    case = await a_delivery(DeliveryStatus.DRAFT)
    loose = external("fil", (await a_file(case.around.by_member)).id)
    attached = (await a_draft_with_file(in_operations))[1]

    found = [(await in_operations.ask(FILE, STAFF, id=each))["file"] for each in (loose, attached)]

    assert found == [None, {"name": "slides.txt", "state": "FINISHED", "uploadUrl": None}]
