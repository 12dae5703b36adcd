"""Deadlines as the operator's people see them, and how an administrator has one tried again."""

from typing import Any

from domain.engine.model import Deadline, DeadlineState
from domain.kernel.ids import external
from domain.orders.model import OrderStatus
from tests.makers.orders import an_order
from tests.makers.parties import ADMIN, STAFF
from tests.support.graphql.schema_client import SchemaClient

FAILED = """{ deadlines(first: 5, where: { state: { eq: FAILED } }) {
    nodes { id kind state version openActions { mutation allowed } } } }"""


async def a_failed_deadline() -> Deadline:
    case = await an_order(OrderStatus.IN_REVIEW)
    deadline = await Deadline.get(order_id=case.order.id)
    await Deadline.filter(id=deadline.id).update(state=DeadlineState.FAILED, attempts=12)
    return deadline


async def test_administrators_find_what_was_given_up_and_may_retry_it(in_operations: SchemaClient) -> None:
    deadline = await a_failed_deadline()

    (found,) = (await in_operations.ask(FAILED, ADMIN))["deadlines"]["nodes"]

    assert (found["id"], found["kind"]) == (external("dln", deadline.id), "order.review")
    assert found["openActions"] == [{"mutation": "deadlineRetry", "allowed": True}]


async def test_staff_see_it_and_may_not(in_operations: SchemaClient) -> None:
    await a_failed_deadline()

    (found,) = (await in_operations.ask(FAILED, STAFF))["deadlines"]["nodes"]

    assert found["openActions"] == []


async def test_a_retried_deadline_is_pending_again(in_operations: SchemaClient) -> None:
    deadline = await a_failed_deadline()
    given: dict[str, Any] = {"id": external("dln", deadline.id), "expectedVersion": 1}

    payload = await in_operations.move("deadlineRetry", ADMIN, given, entity="deadline { state attempts version }")

    assert payload["errors"] == []
    assert payload["deadline"] == {"state": "PENDING", "attempts": 0, "version": 2}
