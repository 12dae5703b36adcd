"""Help for statuses: each status has an explanation in both languages, and each side reads its own."""

from enum import StrEnum

import pytest

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
from tests.support.people import FAR

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
    case = await an_order(OrderStatus.AWAITING_CUSTOMER, offer_valid_until=FAR)
    query = "{ orders(first: 1) { nodes { statusHelp } } }"

    as_member = (await in_operations.ask(query, case.by_member))["orders"]["nodes"]
    as_customer = (await in_portal.ask(query, case.by_customer))["orders"]["nodes"]

    language = case.by_member.language
    assert as_member == [{"statusHelp": translate(language, "status_help.order.AWAITING_CUSTOMER")}]
    language = case.by_customer.language
    assert as_customer == [{"statusHelp": translate(language, "status_help.orderForCustomer.AWAITING_CUSTOMER")}]
