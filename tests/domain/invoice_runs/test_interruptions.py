"""Runs that are killed and canceled: every line on exactly one invoice, and numbers without gaps."""

from uuid import UUID

import pytest
from tortoise import connections

from domain.billing.model import Invoice, InvoiceStatus
from domain.bulk.model import BulkState
from domain.commands import WORKER, execute, run_waiting_bulk_operations
from domain.engine import commands, unit_of_work
from domain.engine.commands import Command
from domain.engine.unit_of_work import UnitOfWork
from domain.invoice_runs.model import InvoiceRun, InvoiceRunStatus
from domain.kernel.actors import Actor
from domain.registry import REGISTRY
from tests.makers.invoice_runs import (
    a_composed_run,
    a_run,
    lines_for,
    move_run,
    the_exceptions,
    the_numbers,
    the_operation,
    times_invoiced,
)
from tests.makers.time import berlin

pytestmark = pytest.mark.frozen_clock(berlin(2026, 4, 1, 10))

LEASE_IS_OVER = "UPDATE bulk_operations SET leased_until = clock_timestamp() - interval '1 second'"


class Killed(Exception):
    """The process ends before its commit."""


async def started(run: InvoiceRun, move: str, by: Actor) -> UUID:
    """The operation of a step whose process has done nothing of it yet."""
    await commands.execute(REGISTRY, Command(noun="invoiceRun", move=move, subject_id=run.id), by)
    return (await the_operation(run)).id


async def killed_before_commit(operation_id: UUID, by: Actor) -> None:
    """A portion that is worked on, and whose process is killed before it commits."""

    async def work(unit: UnitOfWork) -> None:
        await WORKER._run_portion(operation_id, 2, unit)
        raise Killed

    with pytest.raises(Killed):
        await unit_of_work.run(REGISTRY, by, work)


async def resumed_by_another_process() -> None:
    await connections.get("default").execute_query(LEASE_IS_OVER)
    await run_waiting_bulk_operations()


async def test_composing_that_is_killed_goes_on_with_every_line_on_one_invoice(fay: Actor) -> None:
    await lines_for(5)
    run = await a_run(fay)
    operation_id = await started(run, "compose", fay)
    await WORKER.next_portion(operation_id, fay, size=2)
    await killed_before_commit(operation_id, fay)
    assert await Invoice.all().count() == 2

    await resumed_by_another_process()

    assert (await Invoice.all().count(), await times_invoiced()) == (5, [1])
    assert (await InvoiceRun.get(id=run.id)).status is InvoiceRunStatus.COMPOSED


async def test_printing_that_is_killed_goes_on_without_a_gap_in_the_numbers(fay: Actor) -> None:
    run = await a_composed_run(fay, 5)
    operation_id = await started(run, "print", fay)
    await WORKER.next_portion(operation_id, fay, size=2)
    await killed_before_commit(operation_id, fay)
    await killed_before_commit(operation_id, fay)
    assert len(await the_numbers()) == 2

    await resumed_by_another_process()

    assert await the_numbers() == [f"RE-2026-{number:05}" for number in range(1, 6)]
    assert (await the_operation(run)).applied == 5


async def test_a_run_that_is_canceled_keeps_what_is_composed_and_lists_the_rest(fay: Actor) -> None:
    lines = await lines_for(3)
    run = await a_run(fay)
    operation_id = await started(run, "compose", fay)
    await WORKER.next_portion(operation_id, fay, size=1)

    await execute(Command(noun="bulkOperation", move="cancel", subject_id=operation_id), fay)

    run = await InvoiceRun.get(id=run.id)
    assert ((await the_operation(run)).state, run.status) == (BulkState.CANCELED, InvoiceRunStatus.COMPOSED)
    assert await the_exceptions(run) == dict.fromkeys((line.id for line in lines[1:]), "line_is_on_no_invoice")


async def test_a_run_that_is_canceled_before_its_first_invoice_is_on_hold_again(fay: Actor) -> None:
    await lines_for(2)
    run = await a_run(fay)
    operation_id = await started(run, "compose", fay)

    await execute(Command(noun="bulkOperation", move="cancel", subject_id=operation_id), fay)
    run = await move_run(await InvoiceRun.get(id=run.id), "compose", fay)

    assert (run.status, await times_invoiced()) == (InvoiceRunStatus.COMPOSED, [1])


async def test_printing_that_is_canceled_leaves_drafts_that_are_printed_later(fay: Actor) -> None:
    run = await a_composed_run(fay, 3)
    operation_id = await started(run, "print", fay)
    await WORKER.next_portion(operation_id, fay, size=1)
    await execute(Command(noun="bulkOperation", move="cancel", subject_id=operation_id), fay)
    assert await Invoice.filter(status=InvoiceStatus.READY_TO_PRINT).count() == 2

    await move_run(run, "print", fay)

    assert await the_numbers() == ["RE-2026-00001", "RE-2026-00002", "RE-2026-00003"]


async def test_a_line_that_changed_since_the_plan_was_stored_is_left_out(fay: Actor) -> None:
    held, _ = await lines_for(2)
    run = await a_run(fay)
    await started(run, "compose", fay)
    await execute(Command(noun="line", move="hold", subject_id=held.id), fay)

    await resumed_by_another_process()

    assert await the_exceptions(run) == {held.id: "line_not_confirmed"}
    operation = await the_operation(run)
    assert (operation.state, operation.applied, operation.failed) == (BulkState.DONE, 1, 1)
