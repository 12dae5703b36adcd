"""Proposals and supplements through both schemas: who proposes, who answers, and who sees what."""

import pytest

from domain.kernel.ids import external
from domain.operator.model import CustomerAccess, OperatorSettings
from domain.supplements.model import SupplementStatus
from tests.makers.deliveries import an_active_order
from tests.makers.orders import an_order
from tests.makers.parties import FINANCE, STAFF, a_customer, acting_for_customer
from tests.makers.supplements import a_supplement, customers_are_asked
from tests.makers.time import berlin
from tests.support.fixtures import in_operations as in_operations
from tests.support.fixtures import in_portal as in_portal
from tests.support.graphql.schema_client import SchemaClient

pytestmark = pytest.mark.frozen_clock(berlin(2026, 4, 1, 10))

PROPOSE = """mutation ($id: ID!, $price: Decimal!) { linePropose(input: {
    orderId: $id, text: "Another workshop", unitPrice: $price, invoiceOn: "2026-05-20" }) {
    line { source status net { amount } supplement { status validUntil gross { amount } } }
    errors { code reason path } } }"""
CONFIRM = """mutation ($id: ID!) { supplementConfirm(input: { id: $id, name: "Kim Kontakt" }) {
    supplement { status answeredBy } errors { reason } } }"""
WAITING = """{ supplementsToAnswer { nodes { text project orderNumber providerName gross { amount } endsAt
    obligesToPay openActions { mutation allowed } } } }"""
ONE = "query ($id: ID!) { supplement(id: $id) { status text } }"
OF_ORDER = """query ($id: ID!) { order(id: $id) { nextSteps { step role until }
    supplements { status answeredBy declineReason line { status } events { nodes { name } } } } }"""


async def test_a_member_proposes_and_reads_that_the_customer_is_asked(in_operations: SchemaClient) -> None:
    await customers_are_asked()
    case = await an_active_order()
    order_id = external("ord", case.order.id)

    answer = await in_operations.slowly(PROPOSE, case.by_member, id=order_id, price="250.00")

    assert answer["linePropose"] == {
        "line": {
            "source": "PROPOSAL",
            "status": "ON_HOLD",
            "net": {"amount": "250.00"},
            "supplement": {"status": "OPEN", "validUntil": "2026-04-15", "gross": {"amount": "297.50"}},
        },
        "errors": [],
    }


async def test_a_refused_proposal_names_its_field(in_operations: SchemaClient) -> None:
    case = await an_active_order()

    answer = await in_operations.slowly(PROPOSE, case.by_member, id=external("ord", case.order.id), price="0.00")

    (error,) = answer["linePropose"]["errors"]
    assert (error["reason"], error["path"]) == ("proposed_amount_not_positive", ["unitPrice"])


async def test_the_customer_finds_what_waits_and_confirms_it(in_portal: SchemaClient) -> None:
    case = await a_supplement()
    by_customer = case.around.by_customer

    (waiting,) = (await in_portal.ask(WAITING, by_customer))["supplementsToAnswer"]["nodes"]
    answer = await in_portal.slowly(CONFIRM, by_customer, id=external("sup", case.supplement.id))

    assert (waiting["project"], waiting["providerName"], waiting["gross"]) == (
        "Projekt ABC",
        case.around.member.name,
        {"amount": "297.50"},
    )
    assert (waiting["endsAt"], waiting["obligesToPay"]) == ("2026-04-15T22:00:00Z", False)
    assert {each["mutation"] for each in waiting["openActions"]} == {"supplementConfirm", "supplementDecline"}
    assert answer["supplementConfirm"]["supplement"] == {"status": "CONFIRMED", "answeredBy": "Kim Kontakt"}


async def test_another_customer_sees_and_answers_nothing(in_portal: SchemaClient) -> None:
    case, stranger = await a_supplement(), acting_for_customer(await a_customer("Kunde DEF"))
    key = external("sup", case.supplement.id)

    assert (await in_portal.ask(ONE, stranger, id=key))["supplement"] is None
    answer = await in_portal.slowly(CONFIRM, stranger, id=key)

    assert [each["reason"] for each in answer["supplementConfirm"]["errors"]] == ["not_found"]


@pytest.mark.parametrize(("status", "is_seen"), [(SupplementStatus.OPEN, True), (SupplementStatus.CONFIRMED, False)])
async def test_with_access_to_the_status_only_what_awaits_an_answer_is_seen(
    in_portal: SchemaClient, status: SupplementStatus, is_seen: bool
) -> None:
    case = await a_supplement(status)
    await OperatorSettings.all().update(customer_access=CustomerAccess.STATUS_ONLY)

    answer = await in_portal.ask(ONE, case.around.by_customer, id=external("sup", case.supplement.id))

    assert (answer["supplement"] is not None) is is_seen


async def test_those_around_the_order_read_the_answer(in_operations: SchemaClient) -> None:
    case = await a_supplement(SupplementStatus.DECLINED)

    for actor in (case.around.by_member, STAFF, FINANCE):
        (read,) = (await in_operations.ask(OF_ORDER, actor, id=external("ord", case.around.order.id)))["order"][
            "supplements"
        ]
        assert (read["status"], read["declineReason"], read["line"]) == (
            "DECLINED",
            "Too much.",
            {"status": "CANCELED"},
        )
        assert [event["name"] for event in read["events"]["nodes"]] == ["supplement.offer", "supplement.decline"]


async def test_the_next_steps_name_the_answer_beside_the_work(in_operations: SchemaClient) -> None:
    case = await a_supplement()

    answer = await in_operations.ask(OF_ORDER, case.around.by_member, id=external("ord", case.around.order.id))

    assert [(step["step"], step["role"], step["until"]) for step in answer["order"]["nextSteps"]] == [
        ("deliver", "MEMBER", None),
        ("answer_the_supplement", "CUSTOMER", "2026-04-15T22:00:00Z"),
    ]


async def test_a_draft_is_sent_with_a_repeated_invoice_and_shows_every_one(in_operations: SchemaClient) -> None:
    case = await an_order()
    amend = """mutation ($id: ID!) { orderAmend(input: { id: $id, plannedInvoices: [{ text: "{month} {number}/{count}",
        unitPrice: "10.05", invoiceOn: "2026-10-31", repeats: EVERY_N_MONTHS, repeatMonths: 4, repeatUntil: "2027-06-30"
        }] }) { order { net { amount } budgetInflow { amount } plannedInvoices { text invoiceOn } }
        errors { reason } } }"""

    answer = await in_operations.slowly(amend, case.by_member, id=external("ord", case.order.id))

    assert answer["orderAmend"] == {
        "order": {
            "net": {"amount": "30.15"},
            "budgetInflow": {"amount": "27.45"},
            "plannedInvoices": [
                {"text": "Oktober 1/3", "invoiceOn": "2026-10-31"},
                {"text": "Februar 2/3", "invoiceOn": "2027-02-28"},
                {"text": "Juni 3/3", "invoiceOn": "2027-06-30"},
            ],
        },
        "errors": [],
    }
