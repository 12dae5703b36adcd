"""Which events become messages for which endpoints, in the transaction of the event."""

import pytest

from domain.bulk.model import BulkOperation
from domain.kernel.errors import Refused
from domain.orders.inputs import CommentText
from domain.orders.model import CommentVisibility, OrderStatus
from domain.registry import REGISTRY
from domain.webhooks.event_names import event_names
from domain.webhooks.inputs import WebhookEndpointAmendment
from domain.webhooks.model import WebhookEndpoint, WebhookMessage
from tests.makers.bulk import set_status, some_orders
from tests.makers.orders import an_order
from tests.makers.parties import STAFF
from tests.makers.time import berlin
from tests.makers.webhooks import a_webhook_endpoint, move_endpoint, told_of
from tests.support.round_trips import recorded

pytestmark = pytest.mark.frozen_clock(berlin(2026, 4, 1, 10))

COMMENT = CommentText(text="Called.", visibility=CommentVisibility.INTERNAL)


async def test_an_endpoint_without_a_filter_is_told_of_everything() -> None:
    endpoint = await a_webhook_endpoint()

    case = await an_order(OrderStatus.ACTIVE)

    told = await told_of(endpoint, case.order.id)
    assert told[:3] == ["order.submit", "order.approve", "order.confirm"]
    assert "line.arise" in told


async def test_an_endpoint_is_told_of_what_it_asks_for_and_no_other_is() -> None:
    submitted, paused = await a_webhook_endpoint("https://a.example/", "order.submit"), await a_webhook_endpoint()
    gone = await a_webhook_endpoint()
    await move_endpoint(paused, "pause")
    await move_endpoint(gone, "delete")

    await an_order(OrderStatus.AWAITING_CUSTOMER)

    assert await told_of(submitted) == ["order.submit"]
    assert "order.approve" in await told_of(paused)
    assert await told_of(gone) == []


async def test_drafts_are_told_of_to_no_one() -> None:
    endpoint = await a_webhook_endpoint()

    case = await an_order(OrderStatus.DRAFT)
    assert await told_of(endpoint, case.order.id) == []

    await case.move("submit", case.by_member)
    (message,) = await WebhookMessage.filter(endpoint_id=endpoint.id, order_id=case.order.id)
    assert message.type == "order.submit"
    assert message.sequence > 1


async def test_what_is_rolled_back_is_told_to_no_one() -> None:
    endpoint = await a_webhook_endpoint("https://a.example/", "order.approve")
    case = await an_order(OrderStatus.DRAFT)

    with pytest.raises(Refused):
        await case.move("approve", STAFF)

    assert await told_of(endpoint) == []


async def test_numbers_of_an_order_count_all_its_events() -> None:
    endpoint = await a_webhook_endpoint("https://a.example/", "order.comment")
    case, other = await an_order(OrderStatus.ACTIVE), await an_order(OrderStatus.ACTIVE)

    for each in (case, other, case):
        await each.move("comment", STAFF, COMMENT)

    messages = await WebhookMessage.filter(endpoint_id=endpoint.id, order_id=case.order.id).order_by("position")
    first, second = (message.sequence for message in messages)
    assert second == first + 1


async def test_a_bulk_operation_is_told_order_by_order() -> None:
    endpoint = await a_webhook_endpoint("https://a.example/", "clientStatus.show", "clientStatus.update")
    cases = await some_orders(3)

    await set_status([case.order.id for case in cases])

    assert await BulkOperation.all().count() == 1
    assert len(await told_of(endpoint)) == 3
    assert await WebhookMessage.filter(order_id__in=[case.order.id for case in cases]).count() == 3


@pytest.mark.parametrize("endpoints", [0, 2])
async def test_a_move_costs_no_statement_more(endpoints: int) -> None:
    for _ in range(endpoints):
        await a_webhook_endpoint()
    case = await an_order(OrderStatus.ACTIVE)

    with recorded() as found:
        await case.move("comment", STAFF, COMMENT)

    assert not [each for each in found if "webhook" in str(each)]
    assert await WebhookMessage.filter(type="order.comment").count() == endpoints


async def test_events_that_no_noun_has_are_refused() -> None:
    with pytest.raises(Refused, match="webhook_event_unknown"):
        await a_webhook_endpoint("https://a.example/", "order.explode")


async def test_an_amendment_leaves_what_it_does_not_name() -> None:
    endpoint = await a_webhook_endpoint("https://a.example/", "order.submit")

    amended = await move_endpoint(endpoint, "amend", WebhookEndpointAmendment(description="Accounting"))

    assert (amended.url, amended.description, amended.events) == ("https://a.example/", "Accounting", ["order.submit"])
    emptied = await move_endpoint(endpoint, "amend", WebhookEndpointAmendment(events=None))
    assert emptied.events == []
    assert await WebhookEndpoint.all().count() == 1


def test_webhooks_do_not_tell_of_themselves() -> None:
    names = event_names(REGISTRY)

    assert "order.confirm" in names
    assert not [name for name in names if name.startswith("webhook")]
