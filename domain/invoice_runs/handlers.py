"""Kinds of operations that a run is made of: its invoices are composed, undone, printed and posted in portions."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from uuid import UUID

from domain.billing.effects.composition import composition_refusals, lock_lines
from domain.billing.inputs import ForeseenComposition
from domain.billing.lifecycle.invoices import INVOICES
from domain.bulk.execution.locking import lock_for_moves
from domain.bulk.handlers.base import HandlerRequest, HandlerResult, OperationKind
from domain.bulk.handlers.moves import move_handler
from domain.bulk.model import BulkKind, BulkSubject
from domain.engine.context import EvaluationContext
from domain.engine.transition import make, prepare
from domain.engine.unit_of_work import UnitOfWork
from domain.invoice_runs.consequences import follow_operation
from domain.invoice_runs.scope import RUN_INVOICES_SCOPE

# Small enough that other prints do not wait long for the series, and that a cancellation is heard soon.
PORTION = 100
NOT_CHECKED = ["document_not_checked"]
SELECT_LINES = """SELECT t.id, t.line_ids, ARRAY(SELECT DISTINCT l.order_id FROM billable_lines l
        WHERE l.id = ANY (t.line_ids) AND l.order_id IS NOT NULL) AS order_ids
    FROM invoice_run_invoices t WHERE t.id = ANY($1::uuid[]) AND ({scope})"""
SELECT_BEING_CHECKED = """SELECT j.invoice_id FROM document_jobs j
    WHERE j.invoice_id = ANY($1::uuid[]) AND j.kind = 'CHECK' AND j.state = 'PENDING'"""
MAKE_PRINT = move_handler("invoice", INVOICES.moves["print"])


async def lock_orders_of_lines(work: UnitOfWork, ids: Sequence[UUID]) -> frozenset[UUID]:
    """Lock the orders of the lines that the invoices will be composed of."""
    scope, values = RUN_INVOICES_SCOPE.bound_predicate(work.actor, "t", first=2)
    rows = await work.connection.execute_query_dict(SELECT_LINES.format(scope=scope), [list(ids), *values])
    await work.lock_orders(order_id for row in rows for order_id in row["order_ids"])
    return frozenset(row["id"] for row in rows)


async def compose(
    work: UnitOfWork, ids: Sequence[UUID], request: HandlerRequest, context: EvaluationContext
) -> HandlerResult:
    """Compose the invoices whose lines are as they were when the run was started; the others are refused."""
    lines = await _lines(work, ids)
    wanted = await lock_lines(work.connection, [line_id for each in lines.values() for line_id in each])
    found = {each: composition_refusals(wanted, lines[each], context) for each in ids}
    composed = [each for each in ids if not found[each]]
    command = INVOICES.moves["compose"]
    inputs = (ForeseenComposition(line_ids=tuple(lines[each]), invoice_id=each) for each in composed)
    await make([prepare(work, INVOICES, command, None, input, context) for input in inputs])
    return HandlerResult(
        applied=frozenset(composed), refused={each: (*refusals,) for each, refusals in found.items() if refusals}
    )


async def print_checked(
    work: UnitOfWork, ids: Sequence[UUID], request: HandlerRequest, context: EvaluationContext
) -> HandlerResult:
    """Print what can be printed; what the official rules are still judging comes later."""
    handled = await MAKE_PRINT(work, ids, request, context)
    unchecked = [each for each, refusals in handled.refused.items() if [one.reason for one in refusals] == NOT_CHECKED]
    if not unchecked:
        return handled
    rows = await work.connection.execute_query_dict(SELECT_BEING_CHECKED, [unchecked])
    later = frozenset(row["invoice_id"] for row in rows)
    refused = {each: refusals for each, refusals in handled.refused.items() if each not in later}
    return replace(handled, refused=refused, later=later)


async def _lines(work: UnitOfWork, ids: Sequence[UUID]) -> Mapping[UUID, Sequence[UUID]]:
    rows = await work.connection.execute_query_dict(SELECT_LINES.format(scope="TRUE"), [list(ids)])
    return {row["id"]: row["line_ids"] for row in rows}


LOCK_INVOICES = lock_for_moves(BulkSubject.INVOICE)
KINDS: Mapping[BulkKind, OperationKind] = {
    BulkKind.INVOICE_COMPOSE: OperationKind(
        handler=compose, lock=lock_orders_of_lines, portion=PORTION, on_end=follow_operation
    ),
    BulkKind.INVOICE_PRINT: OperationKind(
        handler=print_checked, lock=LOCK_INVOICES, portion=PORTION, on_end=follow_operation
    ),
    **{
        kind: OperationKind(
            handler=move_handler("invoice", INVOICES.moves[name]),
            lock=LOCK_INVOICES,
            portion=PORTION,
            on_end=follow_operation,
        )
        for kind, name in ((BulkKind.INVOICE_DECOMPOSE, "decompose"), (BulkKind.INVOICE_POST, "post"))
    },
}
