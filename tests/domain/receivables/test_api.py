"""Receivables through both schemas: who records, who disputes, and who sees what."""

import pytest

from domain.kernel.ids import external
from domain.receivables.inputs import WriteOff
from tests.makers.parties import FINANCE, a_customer, acting_for_customer
from tests.makers.receivables import a_receivable
from tests.makers.time import berlin
from tests.support.fixtures import in_operations as in_operations
from tests.support.fixtures import in_portal as in_portal
from tests.support.graphql.schema_client import SchemaClient

pytestmark = pytest.mark.frozen_clock(berlin(2026, 5, 1, 10))

PAY = """mutation ($id: ID!, $amount: Decimal!) { receivableRecordPayment(input: {
    id: $id, amount: $amount, receivedOn: "2026-05-01", note: "DE02 1203" }) {
    receivable { status paid { amount } remaining { amount }
        entries { kind amount { amount } note enteredBy { name } } }
    errors { reason path } } }"""
DISPUTE = """mutation ($id: ID!) { receivableDispute(input: { id: $id, reason: "Two days too many." }) {
    receivable { disputedAt disputeReason } errors { reason } } }"""
LIST = """query ($where: ReceivableWhere) { receivables(where: $where) { totalCount
    nodes { invoiceNumber overdue daysOverdue invoice { customer { legalName } } }
    sums { currency count amount { amount } remaining { amount } overdue { amount } } } }"""
OF_INVOICE = """query ($id: ID!) { invoice(id: $id) { paymentState receivable {
    status paid { amount } remaining { amount } overdue entries { kind } openActions { mutation allowed } } } }"""
OF_MEMBER = """query ($id: ID!) { invoice(id: $id) { plainStatus receivable { status overdue entries { kind }
    writeOffReason openActions { mutation } } } }"""


async def test_finance_records_a_payment(in_operations: SchemaClient) -> None:
    owed = await a_receivable()

    answer = await in_operations.slowly(PAY, FINANCE, id=external("rcv", owed.row.id), amount="95.00")

    assert answer["receivableRecordPayment"] == {
        "receivable": {
            "status": "PARTLY_PAID",
            "paid": {"amount": "95.00"},
            "remaining": {"amount": "500.00"},
            "entries": [{"kind": "PAYMENT", "amount": {"amount": "-95.00"}, "note": "DE02 1203", "enteredBy": None}],
        },
        "errors": [],
    }


async def test_a_refused_payment_names_its_field(in_operations: SchemaClient) -> None:
    owed = await a_receivable()

    answer = await in_operations.slowly(PAY, FINANCE, id=external("rcv", owed.row.id), amount="0.00")

    assert answer["receivableRecordPayment"]["errors"] == [{"reason": "amount_not_positive", "path": ["amount"]}]


@pytest.mark.parametrize(
    ("where", "count"),
    [
        ({"remains": True}, 1),
        ({"remains": False}, 1),
        ({"overdue": True}, 0),
        ({"overdueForDays": 1}, 0),
        ({"disputed": True}, 0),
        ({"status": {"in": ["PAID"]}}, 1),
        ({"search": "kunde"}, 2),
        ({"search": "nobody of this name"}, 0),
        ({"overpaid": True}, 1),
        ({"writtenOff": True}, 0),
    ],
)
async def test_finance_finds_what_is_open(in_operations: SchemaClient, where: dict[str, object], count: int) -> None:
    await a_receivable("95.00")
    await a_receivable("600.00")

    found = (await in_operations.ask(LIST, FINANCE, where=where))["receivables"]

    assert found["totalCount"] == count


async def test_the_sums_say_what_remains(in_operations: SchemaClient) -> None:
    await a_receivable("95.00")
    await a_receivable("600.00")

    (sums,) = (await in_operations.ask(LIST, FINANCE))["receivables"]["sums"]

    assert sums == {
        "currency": "EUR",
        "count": 2,
        "amount": {"amount": "1190.00"},
        "remaining": {"amount": "500.00"},
        "overdue": {"amount": "0.00"},
    }


async def test_a_customer_sees_what_is_paid_and_disputes(in_portal: SchemaClient) -> None:
    owed = await a_receivable("95.00")
    by_customer, invoice_id = owed.billed.case.by_customer, external("inv", owed.billed.invoice.id)

    read = (await in_portal.ask(OF_INVOICE, by_customer, id=invoice_id))["invoice"]
    answer = await in_portal.slowly(DISPUTE, by_customer, id=external("rcv", owed.row.id))

    assert read == {
        "paymentState": "PARTLY_PAID",
        "receivable": {
            "status": "PARTLY_PAID",
            "paid": {"amount": "95.00"},
            "remaining": {"amount": "500.00"},
            "overdue": False,
            "entries": [{"kind": "PAYMENT"}],
            "openActions": [{"mutation": "receivableDispute", "allowed": True}],
        },
    }
    assert answer["receivableDispute"]["receivable"]["disputeReason"] == "Two days too many."


async def test_a_customer_is_not_told_of_a_write_off(in_portal: SchemaClient) -> None:
    owed = await a_receivable("545.00")
    await owed.move("writeOff", WriteOff(reason="Small."))

    read = await in_portal.ask(OF_INVOICE, owed.billed.case.by_customer, id=external("inv", owed.billed.invoice.id))

    receivable = read["invoice"]["receivable"]
    assert (receivable["remaining"], receivable["entries"]) == ({"amount": "50.00"}, [{"kind": "PAYMENT"}])


async def test_a_customer_who_pays_after_all_is_not_told_that_it_was_written_off(in_portal: SchemaClient) -> None:
    owed = await a_receivable("545.00")
    await owed.move("writeOff", WriteOff(reason="Small."))
    await owed.pay("50.00")

    read = await in_portal.ask(OF_INVOICE, owed.billed.case.by_customer, id=external("inv", owed.billed.invoice.id))

    assert read["invoice"]["receivable"]["entries"] == [{"kind": "PAYMENT"}, {"kind": "PAYMENT"}]


async def test_another_customer_disputes_nothing(in_portal: SchemaClient) -> None:
    owed, stranger = await a_receivable(), acting_for_customer(await a_customer("Kunde DEF"))

    answer = await in_portal.slowly(DISPUTE, stranger, id=external("rcv", owed.row.id))

    assert [each["reason"] for each in answer["receivableDispute"]["errors"]] == ["not_found"]


async def test_a_member_reads_the_state_and_no_entries(in_operations: SchemaClient) -> None:
    owed = await a_receivable("595.00")

    read = await in_operations.ask(OF_MEMBER, owed.billed.case.by_member, id=external("inv", owed.billed.invoice.id))

    assert read["invoice"] == {
        "plainStatus": "PAID",
        "receivable": {
            "status": "PAID",
            "overdue": False,
            "entries": [],
            "writeOffReason": None,
            "openActions": [],
        },
    }
