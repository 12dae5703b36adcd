"""The contact of a running order changes; what waits for an answer goes to the new one, with a link of their own."""

from typing import Any
from uuid import UUID

import pytest

from domain.access.model import Link, LinkEnd, LinkPurpose
from domain.deliveries.model import DeliveryStatus
from domain.kernel.errors import Refused
from domain.orders.inputs import ContactChoice
from domain.orders.model import OrderStatus
from domain.outbox.model import OutboxMessage
from tests.makers.deliveries import a_delivery
from tests.makers.orders import Case, an_order
from tests.makers.parties import STAFF, a_customer, a_member_who_signs_in, another_contact
from tests.makers.records import the_events_of, the_messages
from tests.makers.time import berlin

pytestmark = pytest.mark.frozen_clock(berlin(2026, 4, 1, 10))


async def ask(case: Case, contact_id: UUID, actor: Any = STAFF) -> None:
    await case.move("changeContact", actor, ContactChoice(contact_id=contact_id))


async def reason_of(refused_move: Any) -> str:
    with pytest.raises(Refused) as refused:
        await refused_move
    return refused.value.refusals[0].reason


async def test_an_open_offer_goes_to_the_new_contact_and_the_old_link_is_void() -> None:
    case = await an_order(OrderStatus.AWAITING_CUSTOMER, member=await a_member_who_signs_in())
    old, contact = await Link.get(order_id=case.order.id), await another_contact(case.customer)

    await ask(case, contact.id)

    await old.refresh_from_db()
    link = await Link.get(order_id=case.order.id, ended_at=None)
    message = await OutboxMessage.get(name="order.changeContact", recipient_role="CUSTOMER")
    assert (old.end, link.contact_id, link.purpose) == (LinkEnd.SUPERSEDED, contact.id, LinkPurpose.OFFER)
    assert (message.contact_id, message.link_id) == (contact.id, link.id)
    assert await the_messages("order.changeContact") == ["CUSTOMER", "MEMBER"]


async def test_a_delivery_under_review_goes_to_the_new_contact() -> None:
    delivery = await a_delivery(DeliveryStatus.DELIVERED)
    contact = await another_contact(delivery.around.customer)

    await ask(delivery.around, contact.id, delivery.around.by_member)

    link = await Link.get(order_id=delivery.around.order.id, purpose=LinkPurpose.REVIEW, ended_at=None)
    message = await OutboxMessage.get(name="delivery.changeContact")
    assert (link.contact_id, link.delivery_id) == (contact.id, delivery.id)
    assert (message.contact_id, message.link_id) == (contact.id, link.id)
    assert (await the_events_of(delivery.id))[-1] == "delivery.changeContact"


@pytest.mark.parametrize("status", [OrderStatus.DRAFT, OrderStatus.IN_REVIEW, OrderStatus.ACTIVE])
async def test_where_nothing_waits_no_customer_is_written_to(status: OrderStatus) -> None:
    case = await an_order(status)
    contact = await another_contact(case.customer)

    await ask(case, contact.id, case.by_member)

    assert case.order.contact_id == contact.id
    assert "CUSTOMER" not in await the_messages("order.changeContact")


async def test_only_another_person_of_this_customer_with_an_address_can_be_asked() -> None:
    case = await an_order(OrderStatus.AWAITING_CUSTOMER)
    stranger = await another_contact(await a_customer("Kunde ABC"))
    silent = await another_contact(case.customer, email=None)
    assert case.order.contact_id is not None

    assert await reason_of(ask(case, stranger.id)) == "contact_unknown"
    assert await reason_of(ask(case, silent.id)) == "contact_without_email"
    assert await reason_of(ask(case, case.order.contact_id)) == "contact_is_asked_already"


@pytest.mark.parametrize("status", [OrderStatus.CANCELED, OrderStatus.REJECTED])
async def test_an_ended_order_keeps_its_contact(status: OrderStatus) -> None:
    case = await an_order(status)
    contact = await another_contact(case.customer)

    assert await reason_of(ask(case, contact.id)) == "not_in_this_state"
