"""The drafts of a run for their prints, read in portions, so that a run of any size needs the memory of one."""

from collections.abc import AsyncGenerator
from uuid import UUID

from tortoise import connections

from domain.billing.documents.draft_print import snapshots_to_print
from domain.billing.documents.drafts import Snapshot
from domain.invoice_runs.scope import RUN_INVOICES_SCOPE
from domain.kernel.actors import Actor

PORTION = 50
SELECT_PORTION = """SELECT g.id, g.position FROM invoice_run_invoices g JOIN invoices i ON i.id = g.id
    WHERE g.run_id = $1 AND g.position > $2 AND i.number IS NULL AND i.status <> 'CANCELED' AND ({scope})
    ORDER BY g.position LIMIT $3"""


async def drafts_of_run(actor: Actor, run_id: UUID) -> AsyncGenerator[Snapshot]:
    """The drafts of a run that the actor may see, in the order of the run; what is issued meanwhile is left out."""
    scope, values = RUN_INVOICES_SCOPE.bound_predicate(actor, "g", first=4)
    statement, position = SELECT_PORTION.format(scope=scope), 0
    while True:
        rows = await connections.get("default").execute_query_dict(statement, [run_id, position, PORTION, *values])
        async for snapshot in snapshots_to_print(actor, [row["id"] for row in rows]):
            yield snapshot
        if len(rows) < PORTION:
            return
        position = rows[-1]["position"]
