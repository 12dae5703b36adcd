"""The steps of an invoice run: composed, printed and posted, with what waits left out and listed."""

import pytest
from tortoise import connections

from domain.billing.documents.model import DocumentJob, InvoiceCheck
from domain.billing.inputs import HoldComment, Sending
from domain.billing.model import BillableLine, Invoice, InvoiceStatus
from domain.bulk.model import BulkKind, BulkState
from domain.commands import execute, run_waiting_bulk_operations
from domain.engine.commands import Command
from domain.engine.event_log import broken_chains
from domain.invoice_runs.inputs import InvoiceRunSelection
from domain.invoice_runs.model import InvoiceRun, InvoiceRunStatus
from domain.kernel.actors import Actor
from domain.kernel.errors import Refused
from tests.makers.billing import someone_in_finance, the_operator
from tests.makers.invoice_runs import (
    UNTIL,
    a_composed_run,
    a_run,
    lines_for,
    move_run,
    the_exceptions,
    the_numbers,
    the_operation,
    times_invoiced,
)
from tests.makers.parties import STAFF, a_member, acting_for_member
from tests.makers.time import berlin

pytestmark = pytest.mark.frozen_clock(berlin(2026, 4, 1, 10))

PAUSE_IS_OVER = "UPDATE bulk_operations SET leased_until = clock_timestamp() - interval '1 second'"


async def move_invoice(invoice: Invoice, name: str, by: Actor, input: object = None) -> None:
    await execute(Command(noun="invoice", move=name, subject_id=invoice.id, input=input), by)


async def invoices_of_run() -> list[Invoice]:
    return await Invoice.all().order_by("provisional_number")


async def test_a_run_goes_from_lines_to_posted_invoices(fay: Actor) -> None:
    await lines_for(3)
    run = await a_run(fay)
    assert run.status is InvoiceRunStatus.ON_HOLD

    run = await move_run(run, "compose", fay)
    assert run.status is InvoiceRunStatus.COMPOSED
    run = await move_run(run, "print", fay)
    assert run.status is InvoiceRunStatus.PRINTED
    for invoice in await invoices_of_run():
        await move_invoice(invoice, "recordSending", fay, Sending(reason="by post"))
    run = await move_run(run, "post", fay)

    assert run.status is InvoiceRunStatus.POSTED
    assert await the_numbers() == ["RE-2026-00001", "RE-2026-00002", "RE-2026-00003"]
    assert {line.consumed_at for line in await BillableLine.all()} == {berlin(2026, 4, 1, 10)}
    assert await times_invoiced() == [1]
    assert await broken_chains(connections.get("default")) == []


async def test_held_invoices_are_skipped_and_listed_and_hold_nothing_up(fay: Actor) -> None:
    run = await a_composed_run(fay, 3)
    held, *_ = await invoices_of_run()
    await move_invoice(held, "hold", fay, HoldComment(comment="Prices are being checked."))

    run = await move_run(run, "print", fay)

    assert run.status is InvoiceRunStatus.PRINTED
    assert await the_numbers() == ["RE-2026-00001", "RE-2026-00002"]
    assert await the_exceptions(run) == {held.id: "run_invoice_held"}


async def test_what_was_held_is_printed_later_with_the_same_run(fay: Actor) -> None:
    run = await a_composed_run(fay, 2)
    held, _ = await invoices_of_run()
    await move_invoice(held, "hold", fay)
    await move_run(run, "print", fay)
    await move_invoice(held, "release", fay)

    await move_run(run, "print", fay)

    assert await the_numbers() == ["RE-2026-00001", "RE-2026-00002"]


async def test_with_approval_what_is_not_approved_waits_and_the_rest_is_printed(fay: Actor) -> None:
    run_by = await someone_in_finance("Felix")
    await lines_for(3)
    await the_operator(approval_workflow=True)
    run = await move_run(await a_run(fay), "compose", fay)
    unsubmitted, pending, approved = await invoices_of_run()
    for invoice in (pending, approved):
        await move_invoice(invoice, "submit", fay)
    await move_invoice(approved, "approve", run_by)

    await move_run(run, "print", fay)

    assert await the_exceptions(run) == {
        unsubmitted.id: "run_invoice_not_submitted",
        pending.id: "run_invoice_pending",
    }
    assert (await Invoice.get(id=approved.id)).status is InvoiceStatus.PRINTED


async def test_what_is_still_being_checked_is_printed_once_it_is_checked(fay: Actor) -> None:
    run = await a_composed_run(fay, 3)
    unchecked, *_ = await invoices_of_run()
    check = await InvoiceCheck.get(invoice_id=unchecked.id)
    await InvoiceCheck.filter(id=check.id).update(fingerprint="0" * 32)
    await DocumentJob.filter(invoice_id=unchecked.id).update(state="PENDING", next_attempt_at=berlin(2036, 1, 1))

    run = await move_run(run, "print", fay)
    printed_at_first, operation = await the_numbers(), await the_operation(run)
    await InvoiceCheck.filter(id=check.id).update(fingerprint=check.fingerprint)
    await connections.get("default").execute_query(PAUSE_IS_OVER)
    await run_waiting_bulk_operations()

    assert (len(printed_at_first), operation.state, operation.done) == (2, BulkState.RUNNING, 2)
    assert await the_exceptions(run) == {}
    assert await the_numbers() == ["RE-2026-00001", "RE-2026-00002", "RE-2026-00003"]
    assert (await the_operation(run)).failed == 0
    assert (await InvoiceRun.get(id=run.id)).status is InvoiceRunStatus.PRINTED


async def test_what_cannot_be_printed_is_listed_with_its_reason(fay: Actor) -> None:
    run = await a_composed_run(fay, 1)
    await the_operator(name_de="")

    run = await move_run(run, "print", fay)

    (reason,) = (await the_exceptions(run)).values()
    assert reason == "operator_incomplete"
    assert run.status is InvoiceRunStatus.COMPOSED


async def test_undoing_frees_all_lines_that_are_not_issued(fay: Actor) -> None:
    run = await a_composed_run(fay, 3)
    first, *_ = await invoices_of_run()
    await move_invoice(first, "print", fay)

    run = await move_run(run, "undo", fay)

    states = [invoice.status for invoice in await invoices_of_run()]
    assert states == [InvoiceStatus.PRINTED, InvoiceStatus.CANCELED, InvoiceStatus.CANCELED]
    assert await BillableLine.filter(invoice_id=None).count() == 2
    assert (await the_operation(run)).kind is BulkKind.INVOICE_DECOMPOSE


async def test_a_run_that_was_undone_can_be_composed_anew(fay: Actor) -> None:
    run = await a_composed_run(fay, 2)

    run = await move_run(run, "undo", fay)
    assert run.status is InvoiceRunStatus.ON_HOLD
    run = await move_run(run, "compose", fay)

    assert run.status is InvoiceRunStatus.COMPOSED
    assert await times_invoiced() == [1]
    assert await the_numbers() == []


async def test_a_run_follows_invoices_that_are_moved_one_by_one(fay: Actor) -> None:
    run = await a_composed_run(fay, 2)
    first, second = await invoices_of_run()

    await move_invoice(first, "print", fay)
    printed = await InvoiceRun.get(id=run.id)
    await move_invoice(second, "decompose", fay)
    await move_invoice(first, "recordSending", fay, Sending(reason="by post"))
    await move_invoice(first, "post", fay)

    assert printed.status is InvoiceRunStatus.PRINTED
    assert (await InvoiceRun.get(id=run.id)).status is InvoiceRunStatus.POSTED


async def test_the_selection_is_fixed_once_it_is_composed(fay: Actor) -> None:
    run = await a_composed_run(fay, 1)
    command = Command(
        noun="invoiceRun", move="amend", subject_id=run.id, input=InvoiceRunSelection(invoice_on_until=UNTIL)
    )

    with pytest.raises(Refused, match="not_in_this_state"):
        await execute(command, fay)


async def test_runs_are_for_finance_only(fay: Actor) -> None:
    run, member = await a_composed_run(fay, 1), acting_for_member(await a_member())

    for stranger in (STAFF, member):
        with pytest.raises(Refused):
            await a_run(stranger)
        for move in ("print", "undo", "post"):
            with pytest.raises(Refused, match="not_found"):
                await move_run(run, move, stranger)


async def test_a_run_that_has_issued_nothing_is_deleted_and_its_lines_are_free(fay: Actor) -> None:
    run = await move_run(await a_composed_run(fay, 2), "undo", fay)

    await move_run(run, "delete", fay)
    again = await move_run(await a_run(fay), "compose", fay)

    with pytest.raises(Refused, match="not_found"):
        await move_run(run, "compose", fay)
    assert (again.status, await times_invoiced()) == (InvoiceRunStatus.COMPOSED, [1])


async def test_a_run_with_drafts_or_issued_invoices_is_not_deleted(fay: Actor) -> None:
    run = await a_composed_run(fay, 1)

    for step in ("print", None):
        with pytest.raises(Refused, match="not_in_this_state"):
            await move_run(run, "delete", fay)
        if step:
            await move_run(run, step, fay)
