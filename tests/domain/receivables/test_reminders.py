"""Reminders over weeks, told through the API: three steps by the clock, and what keeps them from a customer."""

import asyncio
from datetime import date

import pytest

from domain.billing.inputs import Reversal
from domain.commands import fire_due_deadlines
from domain.engine.model import Deadline, DeadlineState, Event
from domain.kernel.ids import external
from domain.receivables.model import ReceivableStatus
from tests.makers.accounts import a_member_account
from tests.makers.billing import the_operator, who_was_told
from tests.makers.receivables import Owed, a_receivable, move_in, pay_in
from tests.makers.time import berlin, the_clock_shows, time_passes
from tests.support.fixtures import in_operations as in_operations
from tests.support.fixtures import in_portal as in_portal
from tests.support.graphql.schema_client import SchemaClient

# Issued on 1 April and due on 15 April: reminders on 22 April, 29 April and 6 May, at nine in the morning.
pytestmark = pytest.mark.frozen_clock(berlin(2026, 4, 1, 10))
FRIENDLY, FIRST, FORMAL = (berlin(2026, 4, 22, 9), berlin(2026, 4, 29, 9), berlin(2026, 5, 6, 9))
END = berlin(2026, 6, 30)


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

    await pay_in(in_operations, owed, "95.00", "2026-04-24")
    assert await armed(owed) == [("firstReminder", FIRST)]
    await pay_in(in_operations, owed, "500.00", "2026-04-24")
    await time_passes(END)

    assert (await sent(owed), await armed(owed)) == ([("FRIENDLY", FRIENDLY)], [])


async def test_a_payment_at_the_very_second_of_the_deadline_ends_the_reminders(in_operations: SchemaClient) -> None:
    owed = await a_receivable()
    await the_clock_shows(FRIENDLY)

    await asyncio.gather(pay_in(in_operations, owed, "595.00", "2026-04-22"), fire_due_deadlines())
    await time_passes(END)

    # The one that came first counts; a mail that was written before the payment is not sent, as those tests say.
    assert await sent(owed) in ([], [("FRIENDLY", FRIENDLY)])
    await owed.refresh()
    assert (owed.row.status, await armed(owed)) == (ReceivableStatus.PAID, [])


async def test_a_dispute_disarms_and_its_end_gives_a_week(in_operations: SchemaClient, in_portal: SchemaClient) -> None:
    owed = await a_receivable()
    await time_passes(berlin(2026, 4, 20))
    assert await move_in(in_portal, owed, "Dispute", owed.billed.case.by_customer, reason="Two days too many.") == []
    assert await armed(owed) == []

    await time_passes(berlin(2026, 5, 20, 12))
    assert await move_in(in_operations, owed, "Resolve", comment="All days were worked.") == []
    await time_passes(berlin(2026, 6, 1))

    assert await sent(owed) == [("FRIENDLY", berlin(2026, 5, 27, 9))]


async def test_what_became_due_during_a_pause_is_sent_one_by_one(in_operations: SchemaClient) -> None:
    owed = await a_receivable()
    await time_passes(berlin(2026, 4, 20))

    assert await move_in(in_operations, owed, "PauseReminders", reason="They pay in May.", until="2026-05-10") == []
    await time_passes(berlin(2026, 5, 18, 12))

    assert await sent(owed) == [("FRIENDLY", berlin(2026, 5, 11, 9)), ("FIRST", berlin(2026, 5, 18, 9))]


async def test_a_pause_that_is_ended_lets_the_next_step_go_in_the_morning(in_operations: SchemaClient) -> None:
    owed = await a_receivable()
    await move_in(in_operations, owed, "PauseReminders", reason="They are ill.", until="2026-06-30")
    await time_passes(berlin(2026, 5, 20, 14))

    assert await move_in(in_operations, owed, "ResumeReminders") == []
    assert await move_in(in_operations, owed, "ResumeReminders") == ["reminders_not_paused"]
    await time_passes(berlin(2026, 5, 22))

    assert await sent(owed) == [("FRIENDLY", berlin(2026, 5, 21, 9))]


async def test_a_payment_taken_back_arms_the_next_step_again_and_none_twice(in_operations: SchemaClient) -> None:
    owed = await a_receivable()
    await time_passes(berlin(2026, 4, 23))
    await pay_in(in_operations, owed, "595.00", "2026-04-23")
    (payment,) = await owed.entries()
    await time_passes(berlin(2026, 5, 4, 10))

    entry_id = external("rce", payment.id)
    assert await move_in(in_operations, owed, "ReversePayment", entryId=entry_id, reason="Called back.") == []
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
        await move_in(in_operations, owed, "WriteOff", reason="Insolvent.")
    await time_passes(END)

    assert (await sent(owed), await armed(owed)) == ([("FRIENDLY", FRIENDLY)], [])


async def test_without_the_clock_finance_sends_each_step_and_not_before_its_day(in_operations: SchemaClient) -> None:
    await the_operator(reminders_are_automatic=False)
    owed = await a_receivable()
    assert await move_in(in_operations, owed, "Remind") == ["reminder_not_due"]

    await time_passes(berlin(2026, 5, 2, 11))
    assert await sent(owed) == []
    assert await move_in(in_operations, owed, "Remind") == []
    assert await move_in(in_operations, owed, "Remind") == ["reminder_not_due"]

    await owed.refresh()
    assert (await sent(owed), owed.row.reminded_on) == ([("FRIENDLY", berlin(2026, 5, 2, 11))], date(2026, 5, 2))
