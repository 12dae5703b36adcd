"""An invoice run of many lines: composed, checked, printed and rendered, with the memory it takes.

BENCH_LINES and BENCH_DOCUMENTS in the environment make it less, to try it out.
"""

import os
import time
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import replace
from pathlib import Path
from uuid import UUID

import asyncpg
from tortoise import connections

from domain.accounts.authentication.credentials import actor_of_account
from domain.billing.documents.rendering import Renderer, Snapshot
from domain.billing.documents.worker import DocumentWorker, load_branding
from domain.billing.model import Invoice
from domain.bulk.model import BulkOperation
from domain.commands import run_waiting_bulk_operations
from domain.database.pools import connect, credentials, disconnect
from domain.engine import commands
from domain.engine.commands import Command
from domain.files.object_store import object_store
from domain.invoice_runs.inputs import InvoiceRunSelection
from domain.invoice_runs.model import InvoiceRun
from domain.kernel.actors import Actor, Role
from domain.kernel.ids import new_id
from domain.registry import REGISTRY
from settings import Settings
from tests.benchmarks.servers import most_memory_mib
from tests.makers.accounts import an_account
from tests.makers.billing import a_manual_line, the_operator

LINES = int(os.environ.get("BENCH_LINES", "10000"))
DOCUMENTS = int(os.environ.get("BENCH_DOCUMENTS", "200"))
LINES_PER_INVOICE, WARM_UP, RENDERED_HERE = 4, 5, 40
COPY_LINES = """INSERT INTO billable_lines SELECT made.* FROM billable_lines first,
    generate_series(0, $2::int - 1) AS n,
    jsonb_populate_record(first, jsonb_build_object('id', uuidv7(), 'text', 'Leistung ' || n,
        'customer_id', (SELECT array_agg(c.id ORDER BY c.id) FROM customers c WHERE c.legal_name LIKE 'Kunde %')
            [1 + (n / $3::int) % (SELECT count(*) FROM customers c WHERE c.legal_name LIKE 'Kunde %')::int],
        'invoice_on', first.invoice_on + (n / $3::int)
            / (SELECT count(*) FROM customers c WHERE c.legal_name LIKE 'Kunde %')::int)) AS made
    WHERE first.id = $1"""
PROOF = """SELECT
    (SELECT count(*) FROM billable_lines l WHERE l.text LIKE 'Leistung %' AND l.invoice_id IS NULL) AS left,
    (SELECT count(*) FROM (SELECT x.line_id FROM invoice_items x JOIN invoice_run_invoices g ON g.id = x.invoice_id
        GROUP BY x.line_id HAVING count(*) > 1) twice) AS twice,
    (SELECT max(d.sequence) - count(*) FROM document_numbers d) AS gaps"""


async def run(settings: Settings) -> None:
    """Print how long each step of a run takes, and what a document costs."""
    await connect(settings.database_url)
    await the_operator()
    account = await an_account(Role.FINANCE, email=f"finance-{new_id()}@bench.example")
    actor = await actor_of_account(account.id, Role.FINANCE)
    assert actor is not None
    invoice_run = await _prepare(settings, actor)
    worker = DocumentWorker(object_store(settings.storage_url))
    await _step(invoice_run, "compose", actor)
    checked = await _each_second("checked by the official rules", worker, None)
    await _step(invoice_run, "print", actor)
    await _each_second("rendered and stored", worker, DOCUMENTS)
    await _cost_of_a_document()
    print(f"most memory: {_memory('self')} MiB of this process, {_memory_of_children()} MiB of the renderer")
    await _prove(checked)
    await disconnect()


async def _prepare(settings: Settings, actor: Actor) -> InvoiceRun:
    line = await a_manual_line(by=replace(actor, language="en"))
    connection = await asyncpg.connect(**credentials(settings.database_url))
    await connection.execute("UPDATE billable_lines SET invoice_on = service_to WHERE id = $1", line.id)
    await connection.execute(COPY_LINES, line.id, LINES, LINES_PER_INVOICE)
    await connection.execute("VACUUM ANALYZE billable_lines")
    until = await connection.fetchval("SELECT max(invoice_on) FROM billable_lines WHERE member_id = $1", line.member_id)
    await connection.close()
    selection = InvoiceRunSelection(invoice_on_until=until, member_ids=(line.member_id,))
    outcome = await commands.execute(REGISTRY, Command(noun="invoiceRun", move="create", input=selection), actor)
    return await InvoiceRun.get(id=outcome.subject_id)


async def _step(invoice_run: InvoiceRun, move: str, actor: Actor) -> None:
    """One step of the run in this process, as a worker does it."""
    began = time.perf_counter()
    await commands.execute(REGISTRY, Command(noun="invoiceRun", move=move, subject_id=invoice_run.id), actor)
    await connections.get("default").execute_query("UPDATE bulk_operations SET leased_until = NULL")
    await run_waiting_bulk_operations()
    seconds = time.perf_counter() - began
    operation_id: UUID = (await InvoiceRun.get(id=invoice_run.id)).operation_id  # type: ignore[assignment]
    operation = await BulkOperation.get(id=operation_id)
    assert (operation.state, operation.failed) == ("DONE", 0), (operation.state, operation.failed, operation.last_error)
    print(f"{move} of {LINES:,} lines in {operation.applied:,} invoices: {seconds:.1f} s")


async def _each_second(what: str, worker: DocumentWorker, most: int | None) -> int:
    """Do the waiting jobs, or so many of them; the first ones start the process and load the rules."""
    await worker.work_on_waiting(most=WARM_UP)
    done, seconds = await _timed(lambda: worker.work_on_waiting(most=most))
    print(f"{what}: {done / seconds:.1f} documents a second ({done:,} documents, one renderer)")
    return done


async def _timed(work: Callable[[], Awaitable[int]]) -> tuple[int, float]:
    began = time.perf_counter()
    done = await work()
    return done, time.perf_counter() - began


async def _cost_of_a_document() -> None:
    """Processor time of one PDF with its XML, and of its check, in this process after warm-up."""
    renderer, branding = Renderer(), await load_branding()
    invoices = await Invoice.filter(number__isnull=False).limit(WARM_UP + RENDERED_HERE)
    for invoice in invoices[:WARM_UP]:
        renderer.render(invoice.snapshot or {}, branding)
    checking = _cpu_ms(invoices[WARM_UP:], renderer.check)
    whole = _cpu_ms(invoices[WARM_UP:], lambda snapshot: renderer.render(snapshot, branding))
    print(
        f"a PDF with XML: {whole - checking:.0f} ms of CPU, and {checking:.0f} ms for its check by the official rules"
    )


def _cpu_ms(invoices: Sequence[Invoice], work: Callable[[Snapshot], object]) -> float:
    began = time.process_time()
    for invoice in invoices:
        work(invoice.snapshot or {})
    return (time.process_time() - began) * 1000 / max(1, len(invoices))


def _memory(process: str) -> int:
    return most_memory_mib(Path(f"/proc/{process}/status"))


def _memory_of_children() -> int:
    """Of the largest child process, which is the renderer."""
    children = Path(f"/proc/self/task/{os.getpid()}/children").read_text().split()
    return max(map(_memory, children))


async def _prove(checked: int) -> None:
    """Every line stands on one invoice, and no number is missing."""
    (proof,) = await connections.get("default").execute_query_dict(PROOF)
    assert proof == {"left": 0, "twice": 0, "gaps": 0}, proof
    assert checked
