"""When a consumer orders: the notice is frozen with the offer, and the order is confirmed by mail."""

from datetime import date

import pytest

from domain.engine.model import Event
from domain.operator.model import OperatorSettings
from domain.orders.model import OfferRevision, OrderStatus
from domain.outbox.model import OutboxMessage
from domain.parties.model import CustomerKind
from settings import Settings
from tests.makers.orders import Case, an_order
from tests.makers.parties import a_customer
from tests.makers.time import berlin
from tests.support.inbox import Inbox
from workers.notifications.dispatcher import Dispatcher

pytestmark = pytest.mark.frozen_clock(berlin(2026, 4, 1, 10))
GERMAN, ENGLISH = "Sie können binnen vierzehn Tagen widerrufen.", "You may withdraw within 14 days."


async def an_order_of(kind: CustomerKind, status: OrderStatus) -> Case:
    await OperatorSettings.all().update(withdrawal_de=GERMAN, withdrawal_en=ENGLISH)
    return await an_order(status, customer=await a_customer(kind=kind), offer_valid_until=date(2026, 5, 10))


async def the_offer(case: Case) -> OfferRevision:
    return await OfferRevision.get(order_id=case.order.id, revision=case.order.offer_revision)


async def test_the_notice_stays_in_the_offer_when_the_operator_changes_it() -> None:
    case = await an_order_of(CustomerKind.CONSUMER, OrderStatus.AWAITING_CUSTOMER)

    await OperatorSettings.all().update(withdrawal_de="Neu", withdrawal_en="New")

    assert (await the_offer(case)).content["withdrawal"] == {"de": GERMAN, "en": ENGLISH}


async def test_the_offer_of_a_business_holds_no_notice() -> None:
    case = await an_order_of(CustomerKind.BUSINESS, OrderStatus.AWAITING_CUSTOMER)

    assert "withdrawal" not in (await the_offer(case)).content


async def test_a_consumer_gets_the_notice_with_the_confirmation(settings: Settings, smtp: Inbox) -> None:
    case = await an_order_of(CustomerKind.CONSUMER, OrderStatus.ACTIVE)

    await Dispatcher(settings).send_waiting()

    mail = smtp.mails_to("kim@kunde.example")[-1].get_body(("plain",))
    assert mail is not None
    assert "zahlungspflichtig bestellt" in mail.get_content()
    assert GERMAN in mail.get_content()
    event = await Event.get(subject_id=case.order.id, name="order.confirm")
    assert event.body["with_obligation_to_pay"] is True


async def test_a_business_is_not_mailed_when_it_confirms() -> None:
    case = await an_order_of(CustomerKind.BUSINESS, OrderStatus.ACTIVE)

    mails = await OutboxMessage.filter(order_id=case.order.id, name="order.confirm").values_list("recipient_role")

    assert ("CUSTOMER",) not in mails
