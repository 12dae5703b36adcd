"""The offer as a consumer reads it: the notice in full, and a button that names the obligation to pay."""

import pytest

from domain.kernel.actors import Role
from domain.operator.model import OperatorSettings
from domain.orders.model import OrderStatus
from domain.parties.model import CustomerKind
from settings import Settings
from tests.makers.accounts import a_customer_account, an_account
from tests.makers.orders import Case, an_order
from tests.makers.parties import a_customer
from tests.support.people import FAR, an_offer_link
from tests.support.portal_browser import Portal, press, text_of

pytestmark = pytest.mark.browser
NOTICE = "You may withdraw within 14 days."


async def an_offer_to(kind: CustomerKind) -> Case:
    await OperatorSettings.all().update(withdrawal_en=NOTICE)
    customer = await a_customer(kind=kind)
    return await an_order(OrderStatus.AWAITING_CUSTOMER, customer=customer, offer_valid_until=FAR, service_to=FAR)


async def test_a_consumer_orders_with_obligation_to_pay_behind_the_link(portal: Portal, settings: Settings) -> None:
    case = await an_offer_to(CustomerKind.CONSUMER)
    page = await portal.page()
    await page.goto(f"{await an_offer_link(case, settings)}?lang=en")
    assert NOTICE in await text_of(page)

    await page.get_by_label("Your name").fill("Karla Kundin")
    await press(page, "Order with obligation to pay")

    assert "Confirmed by Karla Kundin" in await text_of(page)


async def test_a_consumer_who_is_signed_in_reads_the_same(portal: Portal) -> None:
    case = await an_offer_to(CustomerKind.CONSUMER)
    page = await portal.signed_in(await a_customer_account(case.customer))

    await page.goto(f"/orders/ord_{case.order.id}")

    assert NOTICE in await text_of(page)
    assert await page.get_by_role("button", name="Order with obligation to pay").count() == 1


async def test_a_business_reads_no_notice_and_confirms(portal: Portal, settings: Settings) -> None:
    case = await an_offer_to(CustomerKind.BUSINESS)
    page = await portal.page()

    await page.goto(f"{await an_offer_link(case, settings)}?lang=en")

    assert NOTICE not in await text_of(page)
    assert await page.get_by_role("button", name="Confirm the order").count() == 1


async def test_a_missing_notice_is_named_once_there_is_a_consumer_and_proposed_in_the_settings(portal: Portal) -> None:
    page = await portal.sign_in(await an_account(Role.ADMIN))
    assert "The withdrawal notice for consumers" not in await text_of(page)
    await a_customer(kind=CustomerKind.CONSUMER)

    await page.goto("/")
    assert "The withdrawal notice for consumers" in await text_of(page)
    await page.goto("/settings/operator/legal")

    proposed = await page.locator("[name=withdrawalEn]").input_value()
    assert proposed.startswith("Right of withdrawal")
