"""Notifications: what a viewer was told, in their role and scope, until they mark it as read."""

from typing import Any

import pytest

from domain.accounts.authentication.credentials import actor_of_account
from domain.accounts.model import Account
from domain.kernel.actors import Actor, Role
from domain.kernel.ids import external
from domain.orders.inputs import CancellationReason, RequiredComment
from domain.orders.model import OrderStatus
from domain.outbox.model import MessageState, OutboxMessage
from tests.makers.accounts import a_customer_account, a_member_account, an_account
from tests.makers.orders import Case, an_order
from tests.makers.parties import STAFF, a_member
from tests.makers.time import berlin
from tests.support.graphql.schema_client import SchemaClient

pytestmark = pytest.mark.frozen_clock(berlin(2026, 4, 1, 10))

MINE = """query ($where: UserNotificationWhere) { notifications(first: 9, where: $where) { totalCount nodes {
    id name label isRead subjectKind subjectId order { id } openActions { name } } } }"""


async def mine(side: SchemaClient, actor: Actor, **where: Any) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = (await side.ask(MINE, actor, where=where or None))["notifications"]["nodes"]
    return found


async def acting(account: Account, role: Role) -> Actor:
    actor = await actor_of_account(account.id, role)
    assert actor is not None
    return actor


async def a_returned_order() -> tuple[Case, Actor]:
    """An order that was sent back to its member, who signs in."""
    member = await a_member()
    account = await a_member_account(member)
    case = await an_order(OrderStatus.IN_REVIEW, member=member)
    await case.move("sendBack", STAFF, RequiredComment(comment="Please say more."))
    return case, await acting(account, Role.MEMBER)


async def test_a_member_is_told_what_became_of_an_order(in_operations: SchemaClient) -> None:
    case, member = await a_returned_order()

    (notification,) = await mine(in_operations, member)

    assert (notification["name"], notification["isRead"]) == ("order.sendBack", False)
    assert notification["order"] == {"id": external("ord", case.order.id)}
    assert notification["label"]
    assert [action["name"] for action in notification["openActions"]] == ["read"]


async def test_it_is_the_same_row_that_is_mailed(in_operations: SchemaClient) -> None:
    _, member = await a_returned_order()
    message = await OutboxMessage.get(account_id=member.account_id)

    (notification,) = await mine(in_operations, member)
    assert notification["id"] == external("ntf", message.id)

    await OutboxMessage.filter(id=message.id).update(state=MessageState.DROPPED)
    assert await mine(in_operations, member) == []


async def test_nobody_reads_what_another_was_told(in_operations: SchemaClient) -> None:
    _, member = await a_returned_order()
    other = await acting(await a_member_account(await a_member()), Role.MEMBER)

    assert await mine(in_operations, other) == []
    (notification,) = await mine(in_operations, member)
    payload = await in_operations.move("notificationRead", other, {"id": notification["id"]})
    assert payload["errors"][0]["code"] == "NOT_FOUND"
    assert (await mine(in_operations, member))[0]["isRead"] is False


async def test_one_is_marked_as_read_and_others_stay(in_operations: SchemaClient) -> None:
    case, member = await a_returned_order()
    await case.move("submit", member)
    await case.move("approve", STAFF)
    newest, older = await mine(in_operations, member)

    payload = await in_operations.move(
        "notificationRead", member, {"id": newest["id"]}, entity="notification { isRead }"
    )

    assert payload["notification"] == {"isRead": True}
    assert [each["id"] for each in await mine(in_operations, member, isRead=False)] == [older["id"]]


async def test_all_are_marked_as_read_by_the_newest(in_operations: SchemaClient) -> None:
    case, member = await a_returned_order()
    await case.move("submit", member)
    await case.move("approve", STAFF)
    _, stranger = await a_returned_order()
    newest, _ = await mine(in_operations, member)

    await in_operations.move("notificationRead", member, {"id": newest["id"], "earlierToo": True})

    assert await mine(in_operations, member, isRead=False) == []
    assert len(await mine(in_operations, stranger, isRead=False)) == 1


async def test_a_customer_is_told_of_the_offer_while_it_is_in_sight(in_portal: SchemaClient) -> None:
    case = await an_order(OrderStatus.AWAITING_CUSTOMER)
    customer = await acting(await a_customer_account(case.customer), Role.CUSTOMER)

    (notification,) = await mine(in_portal, customer)
    assert notification["name"] == "order.approve"

    await case.move("withdraw", case.by_member)
    assert await mine(in_portal, customer) == []


async def test_staff_are_told_what_waits_for_them(in_operations: SchemaClient) -> None:
    staff = await acting(await an_account(Role.STAFF), Role.STAFF)
    case = await an_order(OrderStatus.ACTIVE)
    await case.move("requestCancellation", case.by_member, CancellationReason(reason="The project was called off."))

    assert [each["name"] for each in await mine(in_operations, staff)] == ["order.requestCancellation"]
