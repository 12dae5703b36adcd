"""Subscription to notifications: each is told once, to its reader alone."""

from domain.kernel.actors import Role
from domain.orders.inputs import RequiredComment
from domain.orders.model import OrderStatus
from tests.makers.accounts import a_member_account, a_session
from tests.makers.orders import an_order
from tests.makers.parties import STAFF, a_member
from tests.support.live_server import Server, a_socket, hear, listening, say, signed_in

FOLLOW = "subscription { notifications { name order { number } isRead } }"


async def test_a_member_is_told_live(server: Server) -> None:
    member = await a_member()
    account = await a_member_account(member)
    case = await an_order(OrderStatus.IN_REVIEW, member=member)

    async with a_socket(server.address, path="/graphql", session=await a_session(account, Role.MEMBER)) as socket:
        await signed_in(socket)
        await say(socket, id="1", type="subscribe", payload={"query": FOLLOW})
        await listening(server.dependencies.change_feed)
        await case.move("sendBack", STAFF, RequiredComment(comment="Please say more."))
        told = (await hear(socket))["payload"]["data"]["notifications"]

    assert told == {"name": "order.sendBack", "order": {"number": case.order.number}, "isRead": False}
