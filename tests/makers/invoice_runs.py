"""Invoice runs for tests, and what came of them."""

from collections.abc import Sequence
from datetime import date
from typing import Any
from uuid import UUID

from tortoise import connections

from domain.billing.model import Invoice
from domain.bulk.model import BulkOperation
from domain.commands import execute
from domain.engine.commands import Command
from domain.invoice_runs.inputs import InvoiceRunSelection
from domain.invoice_runs.model import InvoiceRun
from domain.kernel.actors import Actor
from domain.parties.model import Customer, Member
from tests.makers.billing import a_manual_line
from tests.makers.parties import a_customer, a_member

UNTIL = date(2026, 4, 30)
SELECT_PLAN = "SELECT line_ids FROM invoice_run_plans WHERE run_id = $1 ORDER BY id"
SELECT_EXCEPTIONS = """SELECT coalesce(line_id, invoice_id) AS id, refusals #>> '{0,reason}' AS reason
    FROM invoice_run_exceptions WHERE run_id = $1"""
LINES_PER_INVOICE = """SELECT array_agg(DISTINCT times) AS times FROM (SELECT count(*) AS times
    FROM invoice_items x JOIN invoices i ON i.id = x.invoice_id AND i.status <> 'CANCELED'
    GROUP BY x.line_id) AS each"""


async def a_run(by: Actor, **selection: Any) -> InvoiceRun:
    """A run on hold, of everything up to the end of April unless something else is selected."""
    input = InvoiceRunSelection(**{"invoice_on_until": UNTIL} | selection)
    outcome = await execute(Command(noun="invoiceRun", move="create", input=input), by)
    return await InvoiceRun.get(id=outcome.subject_id)


async def move_run(run: InvoiceRun, name: str, by: Actor) -> InvoiceRun:
    """Make a move of a run, to the end of its operation where that is a short one, and give it back afresh."""
    await execute(Command(noun="invoiceRun", move=name, subject_id=run.id), by)
    return await InvoiceRun.get(id=run.id)


async def a_composed_run(by: Actor, customers: int = 2) -> InvoiceRun:
    """A run of one line for each of so many customers."""
    await lines_for(customers)
    return await move_run(await a_run(by), "compose", by)


async def lines_for(customers: int, **more: Any) -> list[Any]:
    """One line for each of so many new customers."""
    member = await a_member()
    return [
        await a_manual_line(member=member, customer=await a_customer(f"Kunde {number:02}"), **more)
        for number in range(customers)
    ]


async def lines_of_one(count: int, *nets: str) -> tuple[Member, Customer, list[Any]]:
    """So many lines of one member for one customer, with these net amounts."""
    member, customer = await a_member(), await a_customer()
    amounts = nets or ("100.00",) * count
    return member, customer, [await a_manual_line(net, member=member, customer=customer) for net in amounts]


async def the_plan(run: InvoiceRun) -> list[list[UUID]]:
    """The lines of each invoice that the dry run foresees."""
    rows = await connections.get("default").execute_query_dict(SELECT_PLAN, [run.id])
    return [row["line_ids"] for row in rows]


async def the_exceptions(run: InvoiceRun) -> dict[UUID, str]:
    """The reason of each line and invoice that waits."""
    rows = await connections.get("default").execute_query_dict(SELECT_EXCEPTIONS, [run.id])
    return {row["id"]: row["reason"] for row in rows}


async def the_operation(run: InvoiceRun) -> BulkOperation:
    """The operation that works on the run, or did last."""
    return await BulkOperation.get(id=(await InvoiceRun.get(id=run.id)).operation_id)


async def the_numbers() -> Sequence[str]:
    """The numbers that were given, in their order."""
    return [invoice.number for invoice in await Invoice.filter(number__isnull=False).order_by("number")]  # type: ignore[misc]


async def times_invoiced() -> list[int]:
    """How often the lines stand on an invoice that counts: `[1]` when each stands on exactly one."""
    (row,) = await connections.get("default").execute_query_dict(LINES_PER_INVOICE)
    return row["times"] or []
