"""Help for statuses: each status has an explanation in both languages, and each side reads its own."""

from enum import StrEnum

import pytest
from graphql import GraphQLObjectType

from domain.accounts.model import AccountStatus
from domain.bank.model import BankTransactionStatus
from domain.billing.member_status import PlainStatus
from domain.billing.model import InvoiceStatus, LineStatus
from domain.claims.model import ClaimStatus, PaymentFileStatus
from domain.deliveries.model import DeliveryStatus
from domain.engine.model import DeadlineState
from domain.imports.model import DataImportStatus
from domain.invoice_runs.model import InvoiceRunStatus
from domain.kernel.i18n import has_translation, translate
from domain.kernel.languages import LANGUAGES
from domain.orders.model import OrderStatus
from domain.outbox.model import MessageState
from domain.parties.model import CustomerState, MembershipStatus
from domain.receivables.model import ReceivableStatus
from domain.supplements.model import SupplementStatus
from domain.webhooks.model import WebhookState
from schema.portal.enums import PaymentState
from tests.makers.orders import an_order
from tests.makers.supplements import a_supplement
from tests.makers.time import berlin
from tests.support.graphql.schema_client import SchemaClient
from tests.support.graphql.sdl_changes import present
from tests.support.people import FAR

EXPLAINED: dict[str, type[StrEnum]] = {
    "order": OrderStatus,
    "delivery": DeliveryStatus,
    "invoice": InvoiceStatus,
    "plain": PlainStatus,
    "line": LineStatus,
    "receivable": ReceivableStatus,
    "receivableForCustomer": ReceivableStatus,
    "paymentState": PaymentState,
    "supplement": SupplementStatus,
    "supplementForCustomer": SupplementStatus,
    "membership": MembershipStatus,
    "customer": CustomerState,
    "account": AccountStatus,
    "claim": ClaimStatus,
    "paymentFile": PaymentFileStatus,
    "bankTransaction": BankTransactionStatus,
    "invoiceRun": InvoiceRunStatus,
    "message": MessageState,
    "webhookEndpoint": WebhookState,
    "dataImport": DataImportStatus,
    "deadlineState": DeadlineState,
}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind", EXPLAINED)
def test_every_status_is_explained(kind: str, language: str) -> None:
    missing = [status for status in EXPLAINED[kind] if not has_translation(language, f"status_help.{kind}.{status}")]

    assert missing == []


# The types whose status is explained, by the name of the field.
OF_OPERATIONS = {
    "statusHelp": {
        *("Order", "Delivery", "Invoice", "BillableLine", "Receivable", "Supplement", "Member", "Customer", "Account"),
        *("Claim", "PaymentFile", "BankTransaction", "InvoiceRun", "DataImport"),
    },
    "stateHelp": {"Message", "WebhookEndpoint", "Deadline"},
}
OF_PORTAL = {"statusHelp": {"Order", "Delivery", "Supplement", "Receivable"}, "stateHelp": set[str]()}


@pytest.mark.parametrize(("sdl", "expected"), [("operations", OF_OPERATIONS), ("portal", OF_PORTAL)])
def test_every_type_with_an_explained_status_has_its_help(sdl: str, expected: dict[str, set[str]]) -> None:
    types = present(sdl).type_map.items()

    for field, names in expected.items():
        assert {name for name, each in types if isinstance(each, GraphQLObjectType) and field in each.fields} == names


async def test_the_api_explains_a_status_to_each_side(in_operations: SchemaClient, in_portal: SchemaClient) -> None:
    case = await an_order(OrderStatus.AWAITING_CUSTOMER, offer_valid_until=FAR)
    query = "{ orders(first: 1) { nodes { statusHelp } } }"

    as_member = (await in_operations.ask(query, case.by_member))["orders"]["nodes"]
    as_customer = (await in_portal.ask(query, case.by_customer))["orders"]["nodes"]

    language = case.by_member.language
    assert as_member == [{"statusHelp": translate(language, "status_help.order.AWAITING_CUSTOMER")}]
    language = case.by_customer.language
    assert as_customer == [{"statusHelp": translate(language, "status_help.orderForCustomer.AWAITING_CUSTOMER")}]


@pytest.mark.frozen_clock(berlin(2026, 4, 1, 10))
async def test_customers_read_texts_of_their_own_where_both_sides_share_a_type(
    in_operations: SchemaClient, in_portal: SchemaClient
) -> None:
    around = (await a_supplement()).around
    query = "{ orders(first: 1) { nodes { supplements { statusHelp } } } }"

    as_member = (await in_operations.ask(query, around.by_member))["orders"]["nodes"]
    as_customer = (await in_portal.ask(query, around.by_customer))["orders"]["nodes"]

    for answer, kind, actor in ((as_member, "", around.by_member), (as_customer, "ForCustomer", around.by_customer)):
        told = translate(actor.language, f"status_help.supplement{kind}.OPEN")
        assert answer == [{"supplements": [{"statusHelp": told}]}]
