"""Consequences for invoice runs: a run stands where its invoices stand, by any path."""

from collections.abc import Sequence
from uuid import UUID

from domain.engine.noun import Consequence, each_alone
from domain.engine.transition import TransitionContext, apply_all
from domain.engine.unit_of_work import UnitOfWork
from domain.invoice_runs.facts import OPERATION_RUNS, REACHED
from domain.kernel.actors import CLOCK

LOCK_RUNS_OF_INVOICES = """SELECT r.id FROM invoice_runs r WHERE r.id IN (SELECT g.run_id FROM invoice_run_invoices g
    WHERE g.id = ANY($1::uuid[])) ORDER BY r.id FOR UPDATE OF r"""
LOCK_RUN_OF_OPERATION = "SELECT r.id FROM invoice_runs r WHERE r.operation_id = $1 FOR UPDATE OF r"
# The counts are those after the lock was granted, so that the last of two moves at once sees both.
SELECT_BEHIND = f"""SELECT t.id FROM invoice_runs t WHERE t.id = ANY($1::uuid[]) AND t.status <> {REACHED}
    AND t.deleted_at IS NULL AND NOT {OPERATION_RUNS} ORDER BY t.id""".replace("{t}", "t")

FOLLOW_CUSTOMER = """UPDATE invoice_runs SET customer_ids = array_replace(customer_ids, $1::uuid, $2::uuid)
    WHERE $1::uuid = ANY (customer_ids)"""


async def follow_invoices(moves: Sequence[TransitionContext]) -> None:
    """Let the runs of these invoices follow, unless an operation works on them: its end is followed."""
    await _follow(moves[0].work, LOCK_RUNS_OF_INVOICES, [move.row.id for move in moves])


async def follow_canceled_operations(moves: Sequence[TransitionContext]) -> None:
    for move in moves:
        await _follow(move.work, LOCK_RUN_OF_OPERATION, move.row.id)


async def follow_operation(work: UnitOfWork, operation_id: UUID) -> None:
    """Let the run of an operation follow that has ended."""
    await work.read_context()
    await _follow(work, LOCK_RUN_OF_OPERATION, operation_id)


async def follow_customer(move: TransitionContext) -> None:
    """A selection of the customer that was merged selects the one that stays."""
    await move.connection.execute_query(FOLLOW_CUSTOMER, [move.row.id, move.row.merged_into_id])


async def _follow(work: UnitOfWork, locking: str, value: object) -> None:
    locked = await work.connection.execute_query_dict(locking, [value])
    if not locked:
        return
    rows = await work.connection.execute_query_dict(SELECT_BEHIND, [[row["id"] for row in locked]])
    runs = work.registry.lifecycles["invoiceRun"]
    requests = [(row["id"], None) for row in rows]
    await apply_all(work, runs, runs.moves["advance"], requests, work.context.as_actor(CLOCK))


CONSEQUENCES: dict[str, tuple[Consequence, ...]] = {
    "invoice.print": (follow_invoices,),
    "invoice.post": (follow_invoices,),
    "invoice.decompose": (follow_invoices,),
    "invoice.cancel": (follow_invoices,),
    "invoice.restore": (follow_invoices,),
    "bulkOperation.cancel": (follow_canceled_operations,),
    "customer.merge": (each_alone(follow_customer),),
}
