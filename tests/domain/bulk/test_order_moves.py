"""Moves of many orders at once: the same rules, messages and deadlines as for one, one result for each."""

import pytest
from tortoise import connections

from domain.access.model import Link
from domain.bulk.lifecycle import ORDER_BULK
from domain.bulk.model import BulkItem, BulkMode, BulkOperation, BulkState
from domain.commands import execute
from domain.engine.commands import Command
from domain.engine.event_log import broken_chains
from domain.engine.model import Deadline
from domain.kernel.actors import Role
from domain.kernel.errors import Refused
from domain.kernel.ids import new_id
from domain.orders.model import Order, OrderStatus
from domain.outbox.model import OutboxMessage
from tests.makers.orders import Case, an_order
from tests.makers.parties import STAFF
from tests.makers.time import berlin

pytestmark = pytest.mark.frozen_clock(berlin(2026, 4, 1, 10))


async def start(move: str, cases: list[Case], **input: object) -> BulkOperation:
    wanted = ORDER_BULK.moves[move].input
    assert wanted is not None
    command = Command(
        noun="orderBulk", move=move, input=wanted(order_ids=tuple(case.order.id for case in cases), **input)
    )
    outcome = await execute(command, STAFF)
    return await BulkOperation.get(id=outcome.subject_id)


async def statuses(cases: list[Case]) -> list[OrderStatus]:
    return [(await Order.get(id=case.order.id)).status for case in cases]


async def test_many_orders_are_approved_with_messages_links_and_deadlines_each() -> None:
    cases = [await an_order(OrderStatus.IN_REVIEW) for _ in range(3)]

    operation = await start("approve", cases)

    assert (operation.state, operation.applied) == (BulkState.DONE, 3)
    assert await statuses(cases) == [OrderStatus.AWAITING_CUSTOMER] * 3
    for case in cases:
        (message,) = await OutboxMessage.filter(order_id=case.order.id, name="order.approve")
        assert (message.recipient_role, await Link.filter(id=message.link_id).count()) == (Role.CUSTOMER, 1)
        kinds = await Deadline.filter(order_id=case.order.id, state="PENDING").order_by("kind").values_list("kind")
        assert [kind for (kind,) in kinds] == ["order.expire", "order.offerHalfTime", "order.offerLastDay"]
    assert await broken_chains(connections.get("default")) == []


async def test_an_order_that_cannot_be_moved_fails_alone() -> None:
    cases = [await an_order(OrderStatus.IN_REVIEW), await an_order(OrderStatus.ACTIVE)]

    operation = await start("sendBack", cases, comment="Please name the quantities.")

    assert (operation.applied, operation.failed) == (1, 1)
    assert await statuses(cases) == [OrderStatus.DRAFT, OrderStatus.ACTIVE]
    (item,) = await BulkItem.filter(operation_id=operation.id)
    assert item.refusals[0]["reason"] == "not_in_this_state"


async def test_all_or_none_leaves_every_order_when_one_cannot_be_moved() -> None:
    cases = [await an_order(OrderStatus.IN_REVIEW), await an_order(OrderStatus.ACTIVE)]

    operation = await start("reject", cases, reason="Not our field.", mode=BulkMode.ATOMIC)

    assert operation.state is BulkState.FAILED
    assert await statuses(cases) == [OrderStatus.IN_REVIEW, OrderStatus.ACTIVE]
    assert not await OutboxMessage.filter(name="order.reject").exists()


async def test_all_or_none_takes_no_more_than_250_orders() -> None:
    wanted = ORDER_BULK.moves["archive"].input
    assert wanted is not None
    many = wanted(order_ids=tuple(new_id() for _ in range(251)), mode=BulkMode.ATOMIC)

    with pytest.raises(Refused) as refused:
        await execute(Command(noun="orderBulk", move="archive", input=many), STAFF)

    assert refused.value.refusals[0].reason == "too_many_orders"


async def test_a_dry_run_moves_nothing() -> None:
    cases = [await an_order(OrderStatus.IN_REVIEW)]

    operation = await start("approve", cases, dry_run=True)

    assert operation.applied == 1
    assert await statuses(cases) == [OrderStatus.IN_REVIEW]


async def test_a_refusal_by_an_effect_is_the_result_of_each_order() -> None:
    cases = [await an_order(OrderStatus.ACTIVE) for _ in range(3)]

    operation = await start("assign", cases, account_ids=(new_id(),))

    assert operation.failed == 3
    reasons = {item.refusals[0]["reason"] for item in await BulkItem.filter(operation_id=operation.id)}
    assert reasons == {"employee_unknown"}
