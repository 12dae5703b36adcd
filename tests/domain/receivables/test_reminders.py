"""Reminders over weeks, told through the API: three steps by the clock, and what keeps them from a customer."""

import asyncio
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from domain.billing.inputs import Reversal
from domain.commands import fire_due_deadlines
from domain.engine.model import Deadline, DeadlineState, Event
from domain.kernel.actors import Actor
from domain.kernel.ids import external
from domain.receivables.model import EntryKind, ReceivableStatus
from tests.makers.accounts import a_member_account
from tests.makers.billing import the_operator, who_was_told
from tests.makers.parties import FINANCE
from tests.makers.receivables import Owed, a_receivable
from tests.makers.time import berlin, the_clock_shows, time_passes
from tests.support.fixtures import in_operations as in_operations
from tests.support.fixtures import in_portal as in_portal
from tests.support.graphql.schema_client import SchemaClient

# Issued on 1 April and due on 15 April: reminders on 22 April, 29 April and 6 May, at nine in the morning.
pytestmark = pytest.mark.frozen_clock(berlin(2026, 4, 1, 10))
FRIENDLY, FIRST, FORMAL = (berlin(2026, 4, 22, 9), berlin(2026, 4, 29, 9), berlin(2026, 5, 6, 9))
END = berlin(2026, 6, 30)
ENTRIES = """query ($id: ID!) { receivable(id: $id) { status remaining { amount } charges { amount }
    invoice { plainStatus } entries { kind amount { amount } } } }"""


async def move(client: SchemaClient, owed: Owed, name: str, actor: Actor = FINANCE, **given: Any) -> list[str]:
    """Make a move of the receivable by its mutation; the reasons why not."""
    payload = await client.move(f"receivable{name}", actor, {"id": external("rcv", owed.row.id), **given})
    return [error["reason"] for error in payload["errors"]]


async def pay(client: SchemaClient, owed: Owed, amount: str, on: str) -> None:
    assert await move(client, owed, "RecordPayment", amount=amount, receivedOn=on) == []


async def read(client: SchemaClient, owed: Owed) -> Any:
    return (await client.ask(ENTRIES, FINANCE, id=external("rcv", owed.row.id)))["receivable"]


async def sent(owed: Owed) -> list[tuple[str, object]]:
    """The steps of the reminders that were made, each with its instant."""
    events = await Event.filter(subject_id=owed.row.id, name="receivable.remind").order_by("sequence")
    return [(str(event.body["step"]), event.at) for event in events]


async def armed(owed: Owed) -> list[tuple[str, object]]:
    pending = await Deadline.filter(subject_id=owed.row.id, state=DeadlineState.PENDING).order_by("due_at")
    return [(each.kind.removeprefix("receivable."), each.due_at) for each in pending]


async def test_a_customer_is_reminded_three_times_and_the_member_told_before_the_last() -> None:
    owed = await a_receivable()
    await a_member_account(owed.billed.case.member)
    assert await armed(owed) == [("friendlyReminder", FRIENDLY)]

    await time_passes(berlin(2026, 5, 3, 8, 59))
    assert await who_was_told("receivable.announceFormalReminder") == []
    await time_passes(berlin(2026, 5, 3, 9))
    assert await who_was_told("receivable.announceFormalReminder") == ["MEMBER"]
    await time_passes(END)

    assert await sent(owed) == [("FRIENDLY", FRIENDLY), ("FIRST", FIRST), ("FORMAL", FORMAL)]
    assert await who_was_told("receivable.remind") == ["CUSTOMER"] * 3
    assert (await owed.entries(), await armed(owed)) == ([], [])


async def test_what_is_paid_between_two_steps_is_reminded_of_no_more(in_operations: SchemaClient) -> None:
    owed = await a_receivable()
    await time_passes(berlin(2026, 4, 25))

    await pay(in_operations, owed, "95.00", "2026-04-24")
    assert await armed(owed) == [("firstReminder", FIRST)]
    await pay(in_operations, owed, "500.00", "2026-04-24")
    await time_passes(END)

    assert (await sent(owed), await armed(owed)) == ([("FRIENDLY", FRIENDLY)], [])


async def test_a_payment_at_the_very_second_of_the_deadline_ends_the_reminders(in_operations: SchemaClient) -> None:
    owed = await a_receivable()
    await the_clock_shows(FRIENDLY)

    await asyncio.gather(pay(in_operations, owed, "595.00", "2026-04-22"), fire_due_deadlines())
    await time_passes(END)

    # The one that came first counts; a mail that was written before the payment is not sent, as those tests say.
    assert await sent(owed) in ([], [("FRIENDLY", FRIENDLY)])
    await owed.refresh()
    assert (owed.row.status, await armed(owed)) == (ReceivableStatus.PAID, [])


async def test_a_dispute_disarms_and_its_end_gives_a_week(in_operations: SchemaClient, in_portal: SchemaClient) -> None:
    owed = await a_receivable()
    await time_passes(berlin(2026, 4, 20))
    assert await move(in_portal, owed, "Dispute", owed.billed.case.by_customer, reason="Two days too many.") == []
    assert await armed(owed) == []

    await time_passes(berlin(2026, 5, 20, 12))
    assert await move(in_operations, owed, "Resolve", comment="All days were worked.") == []
    await time_passes(berlin(2026, 6, 1))

    assert await sent(owed) == [("FRIENDLY", berlin(2026, 5, 27, 9))]


async def test_what_became_due_during_a_pause_is_sent_one_by_one(in_operations: SchemaClient) -> None:
    owed = await a_receivable()
    await time_passes(berlin(2026, 4, 20))

    assert await move(in_operations, owed, "PauseReminders", reason="They pay in May.", until="2026-05-10") == []
    await time_passes(berlin(2026, 5, 18, 12))

    assert await sent(owed) == [("FRIENDLY", berlin(2026, 5, 11, 9)), ("FIRST", berlin(2026, 5, 18, 9))]


async def test_a_pause_that_is_ended_lets_the_next_step_go_in_the_morning(in_operations: SchemaClient) -> None:
    owed = await a_receivable()
    await move(in_operations, owed, "PauseReminders", reason="They are ill.", until="2026-06-30")
    await time_passes(berlin(2026, 5, 20, 14))

    assert await move(in_operations, owed, "ResumeReminders") == []
    assert await move(in_operations, owed, "ResumeReminders") == ["reminders_not_paused"]
    await time_passes(berlin(2026, 5, 22))

    assert await sent(owed) == [("FRIENDLY", berlin(2026, 5, 21, 9))]


async def test_a_payment_taken_back_arms_the_next_step_again_and_none_twice(in_operations: SchemaClient) -> None:
    owed = await a_receivable()
    await time_passes(berlin(2026, 4, 23))
    await pay(in_operations, owed, "595.00", "2026-04-23")
    (payment,) = await owed.entries()
    await time_passes(berlin(2026, 5, 4, 10))

    given = {"entryId": external("rce", payment.id), "reason": "Called back."}
    assert await move(in_operations, owed, "ReversePayment", **given) == []
    assert await armed(owed) == [("firstReminder", berlin(2026, 5, 11, 9))]
    await time_passes(berlin(2026, 5, 12))

    assert await sent(owed) == [("FRIENDLY", FRIENDLY), ("FIRST", berlin(2026, 5, 11, 9))]


@pytest.mark.parametrize("end", ["written off", "reversed"])
async def test_what_is_given_up_or_reversed_is_reminded_of_no_more(in_operations: SchemaClient, end: str) -> None:
    await the_operator(write_off_limit_euros=1_000)
    owed = await a_receivable()
    await time_passes(berlin(2026, 4, 23))

    if end == "reversed":
        await owed.billed.move("reverse", takes=Reversal(reason="Never delivered."))
    else:
        await move(in_operations, owed, "WriteOff", reason="Insolvent.")
    await time_passes(END)

    assert (await sent(owed), await armed(owed)) == ([("FRIENDLY", FRIENDLY)], [])


async def test_a_fee_outlives_the_payment_of_the_invoice(in_operations: SchemaClient) -> None:
    await the_operator(friendly_reminder_fee=Decimal("5.00"))
    owed = await a_receivable()
    await a_member_account(owed.billed.case.member)
    await time_passes(berlin(2026, 4, 25))

    await pay(in_operations, owed, "595.00", "2026-04-25")
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
    assert [step for step, _ in await sent(owed)] == ["FRIENDLY"]
    await pay(in_operations, owed, "5.00", "2026-06-30")
    assert (await read(in_operations, owed))["status"] == "PAID"


async def test_charges_are_waived_with_a_reason(in_operations: SchemaClient) -> None:
    await the_operator(friendly_reminder_fee=Decimal("5.00"))
    owed = await a_receivable()
    await time_passes(berlin(2026, 4, 25))
    await pay(in_operations, owed, "595.00", "2026-04-25")

    assert await move(in_operations, owed, "WaiveCharges", reason="A good customer.") == []
    assert await move(in_operations, owed, "WaiveCharges", reason="Again.") == ["receivable_without_charges"]

    found = await read(in_operations, owed)
    assert (found["status"], found["charges"]["amount"]) == ("PAID", "0.00")
    assert [each["kind"] for each in found["entries"]] == ["REMINDER_FEE", "PAYMENT", "CHARGE_WAIVER"]


async def test_interest_counts_each_day_on_what_the_invoice_still_asks_for(in_operations: SchemaClient) -> None:
    await the_operator(interest_is_charged=True)
    owed = await a_receivable()

    await time_passes(berlin(2026, 4, 25, 12))
    await pay(in_operations, owed, "295.00", "2026-04-25")
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


async def test_without_the_clock_finance_sends_each_step_and_not_before_its_day(in_operations: SchemaClient) -> None:
    await the_operator(reminders_are_automatic=False)
    owed = await a_receivable()
    assert await move(in_operations, owed, "Remind") == ["reminder_not_due"]

    await time_passes(berlin(2026, 5, 2, 11))
    assert await sent(owed) == []
    assert await move(in_operations, owed, "Remind") == []
    assert await move(in_operations, owed, "Remind") == ["reminder_not_due"]

    await owed.refresh()
    assert (await sent(owed), owed.row.reminded_on) == ([("FRIENDLY", berlin(2026, 5, 2, 11))], date(2026, 5, 2))
