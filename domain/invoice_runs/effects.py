"""Effects of the moves of invoice runs: a step of a run is an operation on its invoices."""

from collections.abc import Awaitable, Callable, Mapping
from typing import Any
from uuid import UUID

from domain.bulk.execution.start import start_operation
from domain.bulk.model import BulkKind, BulkMode, BulkSubject
from domain.engine.transition import TransitionContext
from domain.invoice_runs.model import InvoiceRun
from domain.kernel.amendments import given_values
from domain.kernel.errors import Refused, invalid

# A run of more invoices is left to the workers, so that nobody waits for it before a page.
MOST_AT_ONCE = 100
NEXT_NUMBER = "SELECT nextval('invoice_run_numbers') AS number"
SELECT_UNKNOWN = """SELECT NOT EXISTS (SELECT 1 FROM {table} t WHERE t.id = wanted.id) AS is_unknown
    FROM unnest($1::uuid[]) WITH ORDINALITY AS wanted (id, place) ORDER BY wanted.place"""
STORE_PLAN = """WITH planned AS (INSERT INTO invoice_run_invoices (id, run_id, position, line_ids)
        SELECT uuidv7(), p.run_id, coalesce((SELECT max(g.position) FROM invoice_run_invoices g
                WHERE g.run_id = p.run_id), 0)
            + row_number() OVER (ORDER BY p.customer_name, p.invoice_on, p.id), p.line_ids
        FROM invoice_run_plans p WHERE p.run_id = $1 RETURNING id, position)
    SELECT planned.id FROM planned ORDER BY planned.position"""
SELECT_INVOICES = """SELECT g.id FROM invoice_run_invoices g JOIN invoices i ON i.id = g.id
    WHERE g.run_id = $1 AND i.status = ANY($2::text[]) ORDER BY g.position"""


async def create(move: TransitionContext) -> InvoiceRun:
    (row,) = await move.connection.execute_query_dict(NEXT_NUMBER)
    run = InvoiceRun(number=row["number"], created_by_id=move.context.actor.account_id, created_at=move.now)
    await _select(move, run)
    move.insert(run)
    return run


async def amend(move: TransitionContext) -> None:
    """Change what is given of the selection; a given list replaces the present one."""
    await _select(move, move.row)


def delete(move: TransitionContext) -> None:
    """The run is in no list any more; its number is not given again."""
    move.row.deleted_at = move.now


async def compose(move: TransitionContext) -> None:
    """Store the plan, each invoice with the identifier that it will have, and start to compose."""
    rows = await move.connection.execute_query_dict(STORE_PLAN, [move.row.id])
    move.row.composed_at = move.now
    await _start(move, BulkKind.INVOICE_COMPOSE, [row["id"] for row in rows])


def start(kind: BulkKind, *states: str) -> Callable[[TransitionContext], Awaitable[None]]:
    """The effect that starts an operation on the invoices of the run in these states."""

    async def effect(move: TransitionContext) -> None:
        rows = await move.connection.execute_query_dict(SELECT_INVOICES, [move.row.id, list(states)])
        await _start(move, kind, [row["id"] for row in rows])

    return effect


async def _start(move: TransitionContext, kind: BulkKind, invoice_ids: list[UUID]) -> None:
    operation = await start_operation(
        move,
        kind,
        {},
        invoice_ids,
        subject=BulkSubject.INVOICE,
        mode=BulkMode.PER_ITEM,
        dry_run=False,
        most_at_once=MOST_AT_ONCE,
    )
    move.row.operation_id = operation.id


async def _select(move: TransitionContext, run: InvoiceRun) -> None:
    selection = given_values(move.input)
    await _require_existing(move, selection)
    for name, value in selection.items():
        setattr(run, name, [*dict.fromkeys(value)] if isinstance(value, tuple | list) else value)


async def _require_existing(move: TransitionContext, selection: Mapping[str, Any]) -> None:
    for table, reason, field in (
        ("customers", "customer_unknown", "customer_ids"),
        ("members", "member_unknown", "member_ids"),
    ):
        ids = list(selection.get(field, ()))
        rows = await move.connection.execute_query_dict(SELECT_UNKNOWN.format(table=table), [ids]) if ids else []
        unknown = [invalid(reason, field, str(place)) for place, row in enumerate(rows) if row["is_unknown"]]
        if unknown:
            raise Refused(*unknown)
