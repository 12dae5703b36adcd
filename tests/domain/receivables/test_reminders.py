"""Reminders over weeks: three steps by the clock, none of what is paid, disputed, paused or given up, none twice."""

import asyncio
from datetime import date
from decimal import Decimal

import pytest

from domain.billing.inputs import Reversal
from domain.commands import fire_due_deadlines
from domain.engine.model import Deadline, DeadlineState, Event
from domain.kernel.errors import Refused
from domain.receivables.inputs import Dispute, PaymentReversal, Resolution, WriteOff
from domain.receivables.model import EntryKind, ReceivableStatus
from domain.receivables.reminders.inputs import ReminderPause, Waiver
from tests.makers.accounts import a_member_account
from tests.makers.billing import the_operator, who_was_told
from tests.makers.receivables import Owed, a_receivable
from tests.makers.time import berlin, the_clock_shows, time_passes

# Issued on 1 April and due on 15 April: reminders on 22 April, 29 April and 6 May, at nine in the morning.
pytestmark = pytest.mark.frozen_clock(berlin(2026, 4, 1, 10))
FRIENDLY, FIRST, FORMAL = (berlin(2026, 4, 22, 9), berlin(2026, 4, 29, 9), berlin(2026, 5, 6, 9))
END = berlin(2026, 6, 30)


async def sent(owed: Owed) -> list[tuple[str, object]]:
    """The steps of the reminders that were made, each with its instant."""
    events = await Event.filter(subject_id=owed.row.id, name="receivable.remind").order_by("sequence")
    await owed.refresh()
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
    assert (owed.row.status, await owed.entries(), await armed(owed)) == (ReceivableStatus.OPEN, [], [])


async def test_what_is_paid_between_two_steps_is_reminded_of_no_more() -> None:
    owed = await a_receivable()
    await time_passes(berlin(2026, 4, 25))

    await owed.pay("95.00", date(2026, 4, 24))
    assert await armed(owed) == [("firstReminder", FIRST)]
    await owed.pay("500.00", date(2026, 4, 24))
    await time_passes(END)

    assert (await sent(owed), await armed(owed)) == ([("FRIENDLY", FRIENDLY)], [])


async def test_a_payment_at_the_second_of_the_deadline_and_the_reminder_exclude_each_other() -> None:
    owed = await a_receivable()
    await the_clock_shows(FRIENDLY)

    await asyncio.gather(owed.pay("595.00", date(2026, 4, 22)), fire_due_deadlines())
    await time_passes(END)

    # The one that came first counts; a mail that was written before the payment is not sent (see the mails).
    assert await sent(owed) in ([], [("FRIENDLY", FRIENDLY)])
    assert (owed.row.status, await armed(owed)) == (ReceivableStatus.PAID, [])


async def test_a_dispute_disarms_and_its_end_gives_a_week() -> None:
    owed = await a_receivable()
    await time_passes(berlin(2026, 4, 20))
    await owed.move("dispute", Dispute(reason="Two days too many."))
    assert await armed(owed) == []

    await time_passes(berlin(2026, 5, 20, 12))
    await owed.move("resolve", Resolution(comment="All days were worked."))
    await time_passes(berlin(2026, 6, 1))

    assert await sent(owed) == [("FRIENDLY", berlin(2026, 5, 27, 9))]


async def test_what_became_due_during_a_pause_is_sent_one_by_one() -> None:
    owed = await a_receivable()
    await time_passes(berlin(2026, 4, 20))

    await owed.move("pauseReminders", ReminderPause(reason="They pay in May.", until=date(2026, 5, 10)))
    await time_passes(berlin(2026, 5, 18, 12))

    assert await sent(owed) == [("FRIENDLY", berlin(2026, 5, 11, 9)), ("FIRST", berlin(2026, 5, 18, 9))]
    assert (owed.row.reminders_paused_until, owed.row.reminders_pause_reason) == (None, None)


async def test_a_pause_that_is_ended_lets_the_next_step_go_in_the_morning() -> None:
    owed = await a_receivable()
    await owed.move("pauseReminders", ReminderPause(reason="They are ill.", until=date(2026, 6, 30)))
    await time_passes(berlin(2026, 5, 20, 14))

    await owed.move("resumeReminders")
    await time_passes(berlin(2026, 5, 22))

    assert await sent(owed) == [("FRIENDLY", berlin(2026, 5, 21, 9))]


async def test_a_payment_that_is_taken_back_arms_the_next_step_again_and_none_twice() -> None:
    owed = await a_receivable()
    await time_passes(berlin(2026, 4, 23))
    await owed.pay("595.00", date(2026, 4, 23))
    (payment,) = await owed.entries()
    await time_passes(berlin(2026, 5, 4, 10))

    await owed.move("reversePayment", PaymentReversal(entry_id=payment.id, reason="Called back."))
    assert await armed(owed) == [("firstReminder", berlin(2026, 5, 11, 9))]
    await time_passes(berlin(2026, 5, 12))

    assert await sent(owed) == [("FRIENDLY", FRIENDLY), ("FIRST", berlin(2026, 5, 11, 9))]


@pytest.mark.parametrize("end", ["written off", "reversed"])
async def test_what_is_given_up_or_reversed_is_reminded_of_no_more(end: str) -> None:
    await the_operator(write_off_limit_euros=1_000)
    owed = await a_receivable()
    await time_passes(berlin(2026, 4, 23))

    if end == "reversed":
        await owed.billed.move("reverse", takes=Reversal(reason="Never delivered."))
    else:
        await owed.move("writeOff", WriteOff(reason="Insolvent."))
    await time_passes(END)

    assert (await sent(owed), await armed(owed)) == ([("FRIENDLY", FRIENDLY)], [])


async def test_a_fee_outlives_the_payment_of_the_invoice() -> None:
    await the_operator(friendly_reminder_fee=Decimal("5.00"))
    owed = await a_receivable()
    await a_member_account(owed.billed.case.member)
    await time_passes(berlin(2026, 4, 25))
    assert [(entry.kind, entry.amount_cents) for entry in await owed.entries()] == [(EntryKind.REMINDER_FEE, 5_00)]

    await owed.pay("595.00", date(2026, 4, 25))
    assert (owed.row.status, owed.row.charges_cents) == (ReceivableStatus.PARTLY_PAID, 5_00)
    assert await who_was_told("receivable.recordPayment") == ["MEMBER"]
    await time_passes(END)
    assert [step for step, _ in await sent(owed)] == ["FRIENDLY"]

    await owed.pay("5.00", date(2026, 6, 30))
    assert owed.row.status is ReceivableStatus.PAID


async def test_interest_counts_each_day_on_what_the_invoice_still_asks_for() -> None:
    await the_operator(interest_is_charged=True)
    owed = await a_receivable()

    await time_passes(berlin(2026, 4, 25, 12))
    await owed.pay("295.00", date(2026, 4, 25))
    await time_passes(berlin(2026, 4, 30))

    # The base rate of 1.27 % and 9 points. 16 to 22 April: 595.00 for 7 days, 1.1719.
    # 23 and 24 April: 595.00 for 2 days, 25 to 29 April: 300.00 for 5 days, together 0.7569.
    interest = [entry.amount_cents for entry in await owed.entries() if entry.kind is EntryKind.INTEREST]
    assert interest == [1_17, 76]


async def test_charges_are_waived_with_a_reason() -> None:
    await the_operator(friendly_reminder_fee=Decimal("5.00"))
    owed = await a_receivable()
    await time_passes(berlin(2026, 4, 25))
    await owed.pay("595.00", date(2026, 4, 25))

    await owed.move("waiveCharges", Waiver(reason="A good customer."))

    assert (owed.row.status, owed.row.charges_cents) == (ReceivableStatus.PAID, 0)
    assert [entry.amount_cents for entry in await owed.entries()] == [5_00, -595_00, -5_00]


async def test_a_reversal_of_everything_takes_the_charges_back() -> None:
    await the_operator(friendly_reminder_fee=Decimal("5.00"))
    owed = await a_receivable()
    await time_passes(berlin(2026, 4, 25))

    await owed.billed.move("reverse", takes=Reversal(reason="Never delivered."))
    await owed.refresh()

    assert (owed.row.canceled_cents, owed.row.charges_cents) == (595_00, 0)


async def test_without_the_clock_finance_sends_each_step_and_not_before_its_day() -> None:
    await the_operator(reminders_are_automatic=False)
    owed = await a_receivable()
    with pytest.raises(Refused) as refused:
        await owed.move("remind")
    assert [each.reason for each in refused.value.refusals] == ["reminder_not_due"]

    await time_passes(berlin(2026, 5, 2, 11))
    assert await sent(owed) == []
    await owed.move("remind")
    with pytest.raises(Refused) as refused:
        await owed.move("remind")

    assert await sent(owed) == [("FRIENDLY", berlin(2026, 5, 2, 11))]
    assert refused.value.refusals[0].params == {"day": date(2026, 5, 9)}
