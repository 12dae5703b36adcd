"""Reminders through the API: pauses, what comes next, and a dunning run with its preview."""

from datetime import date
from decimal import Decimal

import pytest

from domain.kernel.ids import external
from domain.receivables.inputs import Dispute
from domain.receivables.reminders.inputs import ReminderPause
from tests.makers.billing import someone_in_finance, the_operator
from tests.makers.parties import FINANCE
from tests.makers.receivables import a_receivable
from tests.makers.time import berlin, time_passes
from tests.support.fixtures import in_operations as in_operations
from tests.support.fixtures import in_portal as in_portal
from tests.support.graphql.schema_client import SchemaClient

pytestmark = pytest.mark.frozen_clock(berlin(2026, 4, 1, 10))

RUN = "bulkOperation { selection applied failed results { receivable { id } outcome errors { reason } } }"
DUE = """query { receivables(where: { reminderDue: true }) { nodes { id nextReminderStep nextReminderFee { amount }
    nextReminderInterest { amount } } } }"""
LEFT_OUT = """query { receivables(where: { overdue: true, reminderDue: false }) { nodes { id
    reminderReasons { reason message } } } }"""
READ = """query ($id: ID!) { receivable(id: $id) { reminderStep remindedOn nextReminderStep nextReminderOn
    remindersPausedUntil remindersPauseReason deadlines { kind } } }"""
OF_CUSTOMER = """query ($id: ID!) { invoice(id: $id) { receivable { reminderStep reminderStepLabel remindedOn
    charges { amount } remaining { amount } entries { kind } timeline { nodes { name } } } } }"""


async def test_a_dunning_run_sends_what_its_preview_has_shown(in_operations: SchemaClient) -> None:
    await the_operator(reminders_are_automatic=False, friendly_reminder_fee=Decimal("2.50"), interest_is_charged=True)
    fay = await someone_in_finance()
    due, disputed, paused = [await a_receivable() for _ in range(3)]
    await disputed.move("dispute", Dispute(reason="Too much."))
    await paused.move("pauseReminders", ReminderPause(reason="They pay in May.", until=date(2026, 4, 30)))
    await time_passes(berlin(2026, 4, 22, 11))
    named = [external("rcv", each.row.id) for each in (due, disputed, paused)]

    listed = (await in_operations.ask(DUE, FINANCE))["receivables"]["nodes"]
    left_out = (await in_operations.ask(LEFT_OUT, FINANCE))["receivables"]["nodes"]
    given = {"receivableIds": named, "dryRun": True}
    preview = await in_operations.move("receivableBulkRemind", fay, given, entity=RUN)
    token = preview["bulkOperation"]["selection"]
    run = await in_operations.move("receivableBulkRemind", fay, {"selection": token}, entity=RUN)

    # 595.00 for 7 days at 10.27 %.
    charges = {"nextReminderFee": {"amount": "2.50"}, "nextReminderInterest": {"amount": "1.17"}}
    assert listed == [{"id": named[0], "nextReminderStep": "FRIENDLY", **charges}]
    assert {each["id"]: [why["reason"] for why in each["reminderReasons"]] for each in left_out} == {
        named[1]: ["reminder_of_disputed_invoice"],
        named[2]: ["reminders_are_paused"],
    }
    outcomes = [each["outcome"] for each in preview["bulkOperation"]["results"]]
    assert outcomes == [each["outcome"] for each in run["bulkOperation"]["results"]] == ["APPLIED", "FAILED", "FAILED"]
    await due.refresh()
    assert (due.row.reminder_step, due.row.charges_cents) == (1, 3_67)


async def test_finance_pauses_and_resumes(in_operations: SchemaClient) -> None:
    owed = await a_receivable()
    named = external("rcv", owed.row.id)
    pause = {"id": named, "reason": "They pay in May.", "until": "2026-05-10"}

    too_late = await in_operations.move("receivablePauseReminders", FINANCE, {**pause, "until": "2026-03-31"})
    await in_operations.move("receivablePauseReminders", FINANCE, pause)
    paused = (await in_operations.ask(READ, FINANCE, id=named))["receivable"]
    await in_operations.move("receivableResumeReminders", FINANCE, {"id": named})
    resumed = (await in_operations.ask(READ, FINANCE, id=named))["receivable"]

    assert [each["reason"] for each in too_late["errors"]] == ["pause_ends_in_past"]
    assert paused == {
        "reminderStep": None,
        "remindedOn": None,
        "nextReminderStep": "FRIENDLY",
        "nextReminderOn": "2026-05-11",
        "remindersPausedUntil": "2026-05-10",
        "remindersPauseReason": "They pay in May.",
        "deadlines": [{"kind": "receivable.friendlyReminder"}],
    }
    assert (resumed["nextReminderOn"], resumed["remindersPausedUntil"]) == ("2026-04-22", None)


async def test_a_customer_reads_the_reminder_and_its_fee(in_portal: SchemaClient) -> None:
    await the_operator(friendly_reminder_fee=Decimal("2.50"))
    owed = await a_receivable()
    await time_passes(berlin(2026, 4, 23))

    read = await in_portal.ask(OF_CUSTOMER, owed.billed.case.by_customer, id=external("inv", owed.billed.invoice.id))

    assert read["invoice"]["receivable"] == {
        "reminderStep": "FRIENDLY",
        "reminderStepLabel": "Zahlungserinnerung",
        "remindedOn": "2026-04-22",
        "charges": {"amount": "2.50"},
        "remaining": {"amount": "597.50"},
        "entries": [{"kind": "REMINDER_FEE"}],
        "timeline": {"nodes": [{"name": "receivable.remind"}]},
    }
