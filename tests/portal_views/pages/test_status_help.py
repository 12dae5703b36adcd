"""The help at statuses: each has its explanation, which its chip opens, by mouse and keyboard and without scripts."""

from enum import StrEnum

import pytest
from playwright.async_api import expect

from domain.billing.member_status import PlainStatus
from domain.billing.model import InvoiceStatus, LineStatus
from domain.deliveries.model import DeliveryStatus
from domain.kernel.i18n import has_translation, translate
from domain.kernel.languages import LANGUAGES
from domain.orders.model import OrderStatus
from domain.receivables.model import ReceivableStatus
from schema.portal.enums import PaymentState
from tests.makers.orders import an_order
from tests.support.graphql.schema_client import SchemaClient
from tests.support.people import everyone
from tests.support.portal_browser import PHONE, Portal

EXPLAINED: dict[str, type[StrEnum]] = {
    "order": OrderStatus,
    "delivery": DeliveryStatus,
    "invoice": InvoiceStatus,
    "plain": PlainStatus,
    "line": LineStatus,
    "receivable": ReceivableStatus,
    "paymentState": PaymentState,
}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind", EXPLAINED)
def test_every_status_is_explained(kind: str, language: str) -> None:
    missing = [status for status in EXPLAINED[kind] if not has_translation(language, f"status_help.{kind}.{status}")]

    assert missing == []


async def test_the_api_explains_a_status_to_each_side(in_operations: SchemaClient, in_portal: SchemaClient) -> None:
    case = await an_order(OrderStatus.AWAITING_CUSTOMER)
    query = "{ orders(first: 1) { nodes { statusHelp } } }"

    as_member = (await in_operations.ask(query, case.by_member))["orders"]["nodes"]
    as_customer = (await in_portal.ask(query, case.by_customer))["orders"]["nodes"]

    language = case.by_member.language
    assert as_member == [{"statusHelp": translate(language, "status_help.order.AWAITING_CUSTOMER")}]
    language = case.by_customer.language
    assert as_customer == [{"statusHelp": translate(language, "status_help.orderForCustomer.AWAITING_CUSTOMER")}]


@pytest.mark.browser
@pytest.mark.parametrize("scripts", [True, False])
async def test_a_chip_opens_its_help_and_escape_closes_it(portal: Portal, scripts: bool) -> None:
    people = await everyone()
    page = await portal.sign_in(people.member, size=PHONE, java_script_enabled=scripts)
    chip = page.locator("main button.chip", has_text="Active").first
    help_text = page.locator("#help-order-ACTIVE")

    await chip.focus()
    await page.keyboard.press("Enter")
    await expect(help_text).to_be_visible()
    await expect(help_text).to_contain_text("seven days before its date")
    box = await help_text.bounding_box()
    assert box is not None
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= PHONE["width"]
    await page.keyboard.press("Escape")

    await expect(help_text).to_be_hidden()
