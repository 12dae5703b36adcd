"""The offer behind a mailed link: answered once, replayed by its key, and void with a reason afterwards."""

from datetime import date

import pytest

from domain.access.mailed_links import token
from domain.access.model import Link, LinkEnd, LinkPurpose
from domain.commands import fire_due_deadlines
from domain.kernel.actors import Actor
from domain.kernel.errors import Code, Refused
from domain.orders.inputs import ChangeMessage, CommentText, Confirmation, OptionalReason
from domain.orders.model import OrderStatus
from domain.outbox.model import OutboxMessage
from tests.makers.accounts import actor_of_link
from tests.makers.orders import Case, an_order
from tests.makers.parties import STAFF
from tests.makers.time import berlin, the_clock_shows

pytestmark = pytest.mark.frozen_clock(berlin(2026, 4, 1, 10))

KEY = b"a key that only tests use"
CONFIRMATION = Confirmation(name="Kim Kontakt", revision=1)
CHANGES = ChangeMessage(message="Two days, please.")


async def an_offer() -> tuple[Case, Link]:
    case = await an_order(OrderStatus.AWAITING_CUSTOMER, offer_valid_until=date(2026, 5, 10))
    return case, await Link.get(order_id=case.order.id, ended_at=None)


async def through(link: Link) -> Actor:
    actor = await actor_of_link(token(link.id, LinkPurpose.OFFER, KEY), KEY)
    assert actor is not None
    return actor


async def test_the_message_about_an_offer_carries_its_link() -> None:
    case, link = await an_offer()

    message = await OutboxMessage.get(order_id=case.order.id, name="order.approve", recipient_role="CUSTOMER")

    assert message.link_id == link.id


async def test_a_mailed_link_confirms_and_is_used_up() -> None:
    case, link = await an_offer()

    await case.move("confirm", await through(link), CONFIRMATION)

    await link.refresh_from_db()
    assert (case.order.status, link.end) == (OrderStatus.ACTIVE, LinkEnd.USED)
    assert (case.order.confirmed_by, case.order.confirmed_revision) == ("Kim Kontakt", 1)


async def test_requested_changes_sent_twice_through_the_link_are_requested_once() -> None:
    case, link = await an_offer()
    await case.move("requestChanges", await through(link), CHANGES, idempotency_key="k")

    again = await case.move("requestChanges", await through(link), CHANGES, idempotency_key="k")

    await link.refresh_from_db()
    assert (again.replayed, link.end) == (True, LinkEnd.CHANGES_REQUESTED)


async def test_after_requested_changes_only_the_new_link_confirms() -> None:
    case, link = await an_offer()
    await case.move("requestChanges", await through(link), CHANGES)
    await case.move("approve", STAFF)
    new = await Link.get(order_id=case.order.id, ended_at=None)

    assert await actor_of_link(token(link.id, LinkPurpose.OFFER, KEY), KEY) is None
    await case.move("confirm", await through(new), CONFIRMATION)

    assert case.order.status is OrderStatus.ACTIVE


@pytest.mark.parametrize("the_clock_has_run", [True, False])
async def test_a_late_answer_through_the_link_meets_the_end_of_the_offer(the_clock_has_run: bool) -> None:
    case, link = await an_offer()
    await the_clock_shows(berlin(2026, 5, 11))
    if the_clock_has_run:
        await fire_due_deadlines()

    with pytest.raises(Refused) as refused:
        await case.move("confirm", await through(link), CONFIRMATION)

    (refusal,) = refused.value.refusals
    assert (refusal.code, refusal.due_at) == (Code.DEADLINE_PASSED, berlin(2026, 5, 11))


async def test_a_withdrawn_offer_is_behind_no_link() -> None:
    case, link = await an_offer()

    await case.move("withdraw", case.by_member, OptionalReason())

    await link.refresh_from_db()
    assert link.end is LinkEnd.WITHDRAWN
    assert await actor_of_link(token(link.id, LinkPurpose.OFFER, KEY), KEY) is None


async def test_a_used_link_says_nothing_new() -> None:
    case, link = await an_offer()
    await case.move("confirm", await through(link), CONFIRMATION)

    with pytest.raises(Refused) as refused:
        await case.move("comment", await through(link), CommentText(text="One more thing."))

    assert refused.value.refusals[0].reason == "link_is_void"
