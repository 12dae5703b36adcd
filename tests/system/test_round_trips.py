"""Round trips to PostgreSQL of single moves, so that a new statement is seen in review, and what they leave behind.

Authentication and the answer are one statement each and are not counted here.
"""

from uuid import UUID

import pytest
from tortoise import connections

from domain.commands import execute
from domain.deliveries.inputs import Submission
from domain.deliveries.model import DeliveryStatus
from domain.engine.commands import Command
from domain.kernel.actors import Actor
from domain.orders.inputs import CommentText
from domain.orders.model import CommentVisibility, OrderStatus
from tests.makers.deliveries import a_delivery
from tests.makers.orders import an_order
from tests.makers.parties import STAFF
from tests.makers.time import berlin
from tests.support.round_trips import recorded

pytestmark = pytest.mark.frozen_clock(berlin(2026, 4, 1, 10))

COMMENT = CommentText(text="Called.", visibility=CommentVisibility.INTERNAL)
PREPARING = ("prepare", "close_statement")
LEFT_BEHIND = """SELECT (SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND pid = pg_backend_pid())::int
        AS locks, (SELECT count(*) FROM pg_listening_channels())::int AS channels,
    (SELECT array_agg(name ORDER BY name) FROM pg_settings WHERE source = 'session') AS settings"""


async def round_trips(noun: str, move: str, subject_id: UUID, actor: Actor, **command: object) -> int:
    """The round trips of one command up to its commit, its statements prepared; a full cache closes one for each.

    Documents are worked on after the commit, by the queue elsewhere.
    """
    with recorded() as found:
        await execute(Command(noun=noun, move=move, subject_id=subject_id, **command), actor)  # type: ignore[arg-type]

    committed = max(place for place, each in enumerate(found) if each.statement.startswith("COMMIT"))
    return sum(each.kind not in PREPARING for each in found[: committed + 1])


async def test_a_comment() -> None:
    """Begin, lock, read, write, read the schedule, commit."""
    case = await an_order(OrderStatus.ACTIVE)

    assert await round_trips("order", "comment", case.order.id, STAFF, input=COMMENT) == 6


async def test_a_comment_with_a_key_claims_it_first() -> None:
    case = await an_order(OrderStatus.ACTIVE)

    assert await round_trips("order", "comment", case.order.id, STAFF, input=COMMENT, idempotency_key="a-key") == 7


async def test_an_approval_with_link_messages_and_deadlines() -> None:
    """Also whether a client status is revealed, the end of text holds, and the deadlines."""
    case = await an_order(OrderStatus.IN_REVIEW)

    assert await round_trips("order", "approve", case.order.id, STAFF) == 9


async def test_a_submitted_delivery_with_link_message_and_deadlines() -> None:
    """Also whether the client status contradicts the delivery."""
    delivery = await a_delivery(DeliveryStatus.DRAFT)
    await delivery.move("describe")

    assert await round_trips("delivery", "submit", delivery.id, delivery.around.by_member, input=Submission()) == 8


async def test_a_move_leaves_nothing_behind_in_its_session() -> None:
    """Nothing is reset when a connection is released, so nothing may need it."""
    connection = connections.get("default")
    before = await connection.execute_query_dict(LEFT_BEHIND)
    case = await an_order(OrderStatus.IN_REVIEW)

    await execute(Command(noun="order", move="approve", subject_id=case.order.id), STAFF)

    assert await connection.execute_query_dict(LEFT_BEHIND) == before
    assert before[0] | {"settings": None} == {"locks": 0, "channels": 0, "settings": None}
