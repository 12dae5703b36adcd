"""What reminders charge: fees and interest that outlive the payment of the invoice, and are waived with a reason."""

from decimal import Decimal
from typing import Any

import pytest

from domain.billing.inputs import Reversal
from domain.kernel.ids import external
from domain.receivables.model import EntryKind
from tests.makers.accounts import a_member_account
from tests.makers.billing import the_operator, who_was_told
from tests.makers.parties import FINANCE
from tests.makers.receivables import Owed, a_receivable, move_in, pay_in
from tests.makers.time import berlin, time_passes
from tests.support.fixtures import in_operations as in_operations
from tests.support.graphql.schema_client import SchemaClient

# Issued on 1 April and due on 15 April: the first reminders are on 22 and 29 April.
pytestmark = pytest.mark.frozen_clock(berlin(2026, 4, 1, 10))
END = berlin(2026, 6, 30)
ENTRIES = """query ($id: ID!) { receivable(id: $id) { status remaining { amount } charges { amount }
    invoice { plainStatus } entries { kind amount { amount } } } }"""


async def read(client: SchemaClient, owed: Owed) -> Any:
    return (await client.ask(ENTRIES, FINANCE, id=external("rcv", owed.row.id)))["receivable"]


async def test_a_fee_outlives_the_payment_of_the_invoice(in_operations: SchemaClient) -> None:
    await the_operator(friendly_reminder_fee=Decimal("5.00"))
    owed = await a_receivable()
    await a_member_account(owed.billed.case.member)
    await time_passes(berlin(2026, 4, 25))

    await pay_in(in_operations, owed, "595.00", "2026-04-25")
    await time_passes(END)

    assert await read(in_operations, owed) == {
        "status": "PARTLY_PAID",
        "remaining": {"amount": "5.00"},
        "charges": {"amount": "5.00"},
        "invoice": {"plainStatus": "PAID"},
        "entries": [
            {"kind": "REMINDER_FEE", "amount": {"amount": "5.00"}},
            {"kind": "PAYMENT", "amount": {"amount": "-595.00"}},
        ],
    }
    assert await who_was_told("receivable.recordPayment") == ["MEMBER"]
    assert await who_was_told("receivable.remind") == ["CUSTOMER"]
    await pay_in(in_operations, owed, "5.00", "2026-06-30")
    assert (await read(in_operations, owed))["status"] == "PAID"


async def test_charges_are_waived_with_a_reason(in_operations: SchemaClient) -> None:
    await the_operator(friendly_reminder_fee=Decimal("5.00"))
    owed = await a_receivable()
    await time_passes(berlin(2026, 4, 25))
    await pay_in(in_operations, owed, "595.00", "2026-04-25")

    assert await move_in(in_operations, owed, "WaiveCharges", reason="A good customer.") == []
    assert await move_in(in_operations, owed, "WaiveCharges", reason="Again.") == ["receivable_without_charges"]

    found = await read(in_operations, owed)
    assert (found["status"], found["charges"]["amount"]) == ("PAID", "0.00")
    assert [each["kind"] for each in found["entries"]] == ["REMINDER_FEE", "PAYMENT", "CHARGE_WAIVER"]


async def test_interest_counts_each_day_on_what_the_invoice_still_asks_for(in_operations: SchemaClient) -> None:
    await the_operator(interest_is_charged=True)
    owed = await a_receivable()

    await time_passes(berlin(2026, 4, 25, 12))
    await pay_in(in_operations, owed, "295.00", "2026-04-25")
    await time_passes(berlin(2026, 4, 30))

    # The base rate of 1.27 % and 9 points. 16 to 22 April: 595.00 for 7 days, 1.1719.
    # 23 and 24 April: 595.00 for 2 days, 25 to 29 April: 300.00 for 5 days, together 0.7569.
    interest = [entry.amount_cents for entry in await owed.entries() if entry.kind is EntryKind.INTEREST]
    assert interest == [1_17, 76]


async def test_a_reversal_of_everything_takes_the_charges_back() -> None:
    await the_operator(friendly_reminder_fee=Decimal("5.00"))
    owed = await a_receivable()
    await time_passes(berlin(2026, 4, 25))

    await owed.billed.move("reverse", takes=Reversal(reason="Never delivered."))
    await owed.refresh()

    assert (owed.row.canceled_cents, owed.row.charges_cents) == (595_00, 0)
