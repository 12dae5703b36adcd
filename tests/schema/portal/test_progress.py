"""The way of an order in steps as its customer reads it, and the words that go with it."""

from typing import Any

import pytest

from domain.deliveries.model import DeliveryStatus
from domain.orders.inputs import CancellationReason
from domain.orders.model import OrderStatus
from tests.makers.deliveries import a_delivery
from tests.makers.orders import LONG_REASON, Case, an_order
from tests.makers.time import berlin
from tests.support.graphql.schema_client import SchemaClient

pytestmark = pytest.mark.frozen_clock(berlin(2026, 4, 1, 10))

QUERY = "query($id: ID!) { order(id: $id) { statusLabel progress { step label state } nextSteps { step } } }"
REVIEWS = "{ deliveriesToReview(first: 5) { totalCount } }"


async def read(client: SchemaClient, case: Case) -> tuple[str, str]:
    """The status in words, and the steps: what lies behind, then where the order stands, in brackets."""
    order = (await client.ask(QUERY, case.by_customer, id=f"ord_{case.order.id}"))["order"]
    return order["statusLabel"], " ".join(filter(None, map(_written, order["progress"])))


def _written(step: dict[str, Any]) -> str:
    written = {"DONE": step["step"], "CURRENT": f"[{step['step']}]", "AHEAD": ""}
    return str(written[step["state"]])


async def test_the_steps_follow_offer_work_delivery_and_acceptance(in_portal: SchemaClient) -> None:
    offered, active = await an_order(OrderStatus.AWAITING_CUSTOMER), await an_order(OrderStatus.ACTIVE)
    delivered, revised = await a_delivery(), await a_delivery(DeliveryStatus.REVISION_REQUESTED)
    accepted = await a_delivery(DeliveryStatus.ACCEPTED)

    assert await read(in_portal, offered) == ("Wartet auf Ihre Antwort", "[OFFER]")
    assert await read(in_portal, active) == ("In Arbeit", "OFFER [IN_WORK]")
    assert await read(in_portal, delivered.around) == ("Geliefert", "OFFER IN_WORK [DELIVERED]")
    assert await read(in_portal, revised.around) == ("In Arbeit", "OFFER [IN_WORK]")
    assert await read(in_portal, accepted.around) == ("Abgenommen", "OFFER IN_WORK DELIVERED ACCEPTED [INVOICE]")


async def test_an_order_that_ended_early_has_no_steps(in_portal: SchemaClient) -> None:
    case = await an_order(OrderStatus.CANCELED)

    assert await read(in_portal, case) == ("Storniert", "")


async def test_a_review_that_rests_is_nothing_to_do(in_portal: SchemaClient) -> None:
    delivery = await a_delivery()
    case = delivery.around
    before = await in_portal.ask(REVIEWS, case.by_customer)
    await case.move("requestCancellation", case.by_member, CancellationReason(reason=LONG_REASON))

    after = await in_portal.ask(REVIEWS, case.by_customer)

    steps = (await in_portal.ask(QUERY, case.by_customer, id=f"ord_{case.order.id}"))["order"]["nextSteps"]
    assert [each["deliveriesToReview"]["totalCount"] for each in (before, after)] == [1, 0]
    assert steps == []
