"""The moves of a delivery through both schemas: where each leads, and when it is refused."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import pytest

from domain.access.model import Link
from domain.deliveries.model import DeliveryStatus
from domain.kernel.actors import Actor, ActorKind, Role
from domain.kernel.ids import external
from domain.orders.inputs import CancellationReason
from tests.makers.deliveries import DeliveryCase, a_delivery
from tests.makers.files import an_upload
from tests.makers.orders import LONG_REASON
from tests.makers.time import berlin
from tests.support.graphql.schema_client import SchemaClient

pytestmark = pytest.mark.frozen_clock(berlin(2026, 6, 1, 12))

DRAFT, DELIVERED, REVISION = DeliveryStatus.DRAFT, DeliveryStatus.DELIVERED, DeliveryStatus.REVISION_REQUESTED
ACCEPTED, CANCELED = DeliveryStatus.ACCEPTED, DeliveryStatus.CANCELED
ENTITY = "delivery { status currentNumber rating review { endsAt extensionsLeft } }"
BY_CUSTOMER = ("deliveryAccept", "deliveryRate", "deliveryRequestRevision", "deliveryExtendReview")
Move = tuple[str, dict[str, Any]]
ACCEPT, RATE = ("deliveryAccept", {"versionNumber": 1}), ("deliveryRate", {"rating": 5})
REVISE = ("deliveryRequestRevision", {"defects": ["Page 3 is missing."]})
EXTEND = ("deliveryExtendReview", {"until": "2026-06-07T10:00:00Z"})
DESCRIBE = ("deliveryDescribe", {"description": "Saved", "link": "https://files.example/2"})
SUBMIT, RESUBMIT = ("deliverySubmit", {"confirmNoFile": True}), ("deliveryResubmit", {"confirmNoFile": True})
DISCARD: Move = ("deliveryDiscard", {})
OPEN_REVIEW = {"endsAt": "2026-06-04T10:00:00Z", "extensionsLeft": 1}


@dataclass(frozen=True)
class Schemas:
    """Both schemas; each move is made in that of its people."""

    operations: SchemaClient
    portal: SchemaClient

    async def make(
        self, case: DeliveryCase, name: str, given: Mapping[str, Any], actor: Actor | None = None
    ) -> dict[str, Any]:
        """Make the move with its mutation, as its usual actor unless one is given; the payload."""
        side, usual = (
            (self.portal, case.around.by_customer) if name in BY_CUSTOMER else (self.operations, case.around.by_member)
        )
        payload = await side.move(name, actor or usual, {"id": external("del", case.id), **given}, entity=ENTITY)
        await case.delivery.refresh_from_db()
        return dict(payload)


@pytest.fixture
def schemas(in_operations: SchemaClient, in_portal: SchemaClient) -> Schemas:
    return Schemas(in_operations, in_portal)


def the_refusals(payload: dict[str, Any]) -> list[tuple[str, str]]:
    return [(error["__typename"], error["reason"]) for error in payload["errors"]]


async def under_cancellation(status: DeliveryStatus) -> DeliveryCase:
    """A delivery in this status whose order's cancellation is under review."""
    case = await a_delivery(status)
    await case.around.move("requestCancellation", case.around.by_member, CancellationReason(reason=LONG_REASON))
    await case.delivery.refresh_from_db()
    return case


@pytest.mark.parametrize(
    ("begin", "move", "expected"),
    [
        (DRAFT, SUBMIT, {"status": "DELIVERED", "currentNumber": 1, "review": OPEN_REVIEW}),
        (DRAFT, DISCARD, {"status": "CANCELED", "currentNumber": 0}),
        (DELIVERED, ACCEPT, {"status": "ACCEPTED", "rating": None}),
        (
            DELIVERED,
            REVISE,
            {
                "status": "REVISION_REQUESTED",
            },
        ),
        (
            DELIVERED,
            EXTEND,
            {"status": "DELIVERED", "review": {"endsAt": "2026-06-07T10:00:00Z", "extensionsLeft": 0}},
        ),
        (REVISION, ACCEPT, {"status": "ACCEPTED"}),
        (ACCEPTED, RATE, {"status": "ACCEPTED", "rating": 5}),
        (DRAFT, DESCRIBE, {"status": "DRAFT"}),
        (DELIVERED, DESCRIBE, {"status": "DELIVERED", "currentNumber": 1}),
        (REVISION, DESCRIBE, {"status": "REVISION_REQUESTED", "currentNumber": 1}),
    ],
)
async def test_a_move_leads_where_the_table_says(
    schemas: Schemas, begin: DeliveryStatus, move: Move, expected: dict[str, Any]
) -> None:
    payload = await schemas.make(await a_delivery(begin), *move)

    assert payload["errors"] == []
    assert {name: payload["delivery"][name] for name in expected} == expected


@pytest.mark.parametrize(
    ("begin", "move"),
    [
        (ACCEPTED, ACCEPT),
        (ACCEPTED, REVISE),
        (ACCEPTED, EXTEND),
        (ACCEPTED, DESCRIBE),
        (ACCEPTED, RESUBMIT),
        (DELIVERED, RATE),
        (DELIVERED, SUBMIT),
        (DELIVERED, RESUBMIT),
        (DELIVERED, DISCARD),
        (REVISION, REVISE),
        (REVISION, EXTEND),
        (REVISION, DISCARD),
        (CANCELED, SUBMIT),
        (CANCELED, DESCRIBE),
    ],
)
async def test_a_move_from_another_status_is_refused(schemas: Schemas, begin: DeliveryStatus, move: Move) -> None:
    payload = await schemas.make(await a_delivery(begin), *move)

    assert the_refusals(payload) == [("IllegalTransition", "not_in_this_state")]
    assert payload["delivery"]["status"] == begin


@pytest.mark.parametrize(
    ("begin", "move", "refused"),
    [
        (DRAFT, SUBMIT, ("GuardFailed", "order_not_active")),
        (REVISION, RESUBMIT, ("GuardFailed", "order_not_active")),
        (DELIVERED, ACCEPT, ("GuardFailed", "review_is_paused")),
        (DELIVERED, REVISE, ("GuardFailed", "review_is_paused")),
        (DELIVERED, EXTEND, ("GuardFailed", "review_is_paused")),
        (REVISION, ACCEPT, ("GuardFailed", "review_is_paused")),
        (ACCEPTED, RATE, ("GuardFailed", "review_is_paused")),
    ],
)
async def test_nothing_moves_while_the_cancellation_of_the_order_is_reviewed(
    schemas: Schemas, begin: DeliveryStatus, move: Move, refused: tuple[str, str]
) -> None:
    case = await under_cancellation(begin)

    payload = await schemas.make(case, *move)

    assert refused in the_refusals(payload)
    assert case.delivery.status is begin


@pytest.mark.parametrize(("begin", "move"), [(DRAFT, "deliverySubmit"), (REVISION, "deliveryResubmit")])
async def test_a_description_alone_is_delivered_only_when_it_is_said_to_be_everything(
    schemas: Schemas, begin: DeliveryStatus, move: str
) -> None:
    case = await a_delivery(begin)
    await schemas.make(case, "deliveryDescribe", {"description": "Told by phone."})
    if begin is REVISION:
        await schemas.make(case, "deliveryAnswerDefects", {"answers": [{"number": 1, "corrected": True}]})

    refused = await schemas.make(case, move, {})
    made = await schemas.make(case, move, {"confirmNoFile": True})

    assert the_refusals(refused) == [("ValidationFailed", "delivery_without_link")]
    assert (made["errors"], made["delivery"]["review"]) == ([], OPEN_REVIEW)


async def test_a_file_that_has_not_arrived_is_no_part_of_a_delivery(schemas: Schemas) -> None:
    case = await a_delivery(DRAFT)
    unfinished = external("fil", (await an_upload(case.around.by_member)).id)

    payload = await schemas.make(case, "deliveryDescribe", {"description": "Slides", "fileIds": [unfinished]})

    assert [error["message"] for error in payload["errors"]] == ["The file has not arrived completely yet."]


async def test_each_request_for_a_revision_is_counted(schemas: Schemas) -> None:
    case = await a_delivery(REVISION)
    await schemas.make(case, *DESCRIBE)
    await schemas.make(case, "deliveryAnswerDefects", {"answers": [{"number": 1, "corrected": True}]})
    await schemas.make(case, *RESUBMIT)

    await schemas.make(case, *REVISE)

    assert (case.delivery.revisions, case.delivery.current_number) == (2, 2)


async def test_what_was_rated_with_its_acceptance_is_not_rated_again(schemas: Schemas) -> None:
    case = await a_delivery()
    await schemas.make(case, "deliveryAccept", {"versionNumber": 1, "rating": 4})

    payload = await schemas.make(case, *RATE)

    assert the_refusals(payload) == [("GuardFailed", "already_rated")]
    assert case.delivery.rating == 4


async def test_behind_a_mailed_link_nothing_moves_meanwhile_either(schemas: Schemas) -> None:
    case = await under_cancellation(DELIVERED)
    link = await Link.get(delivery_id=case.id)
    holder = Actor(
        kind=ActorKind.LINK,
        role=Role.CUSTOMER,
        order_id=case.around.order.id,
        delivery_id=case.id,
        link_id=link.id,
    )

    payload = await schemas.make(case, *ACCEPT, actor=holder)

    assert the_refusals(payload) == [("GuardFailed", "review_is_paused")]


async def test_the_deadlines_of_a_review_are_seen_by_both_sides(schemas: Schemas) -> None:
    case = await a_delivery()
    query = "query ($id: ID!) { delivery(id: $id) { deadlines { kind dueAt } } }"

    for side, actor in ((schemas.operations, case.around.by_member), (schemas.portal, case.around.by_customer)):
        seen = (await side.ask(query, actor, id=external("del", case.id)))["delivery"]["deadlines"]
        assert {"kind": "delivery.autoAccept", "dueAt": OPEN_REVIEW["endsAt"]} in seen
