"""Effects of bulk moves: starting the application of a template, canceling, and starting again with what was left."""

from uuid import UUID

from domain.bulk.execution import results
from domain.bulk.execution.start import start_operation
from domain.bulk.handlers import client_status
from domain.bulk.inputs import BulkTemplateInput
from domain.bulk.model import BulkKind, BulkOperation, BulkSubject
from domain.bulk.previews.selection_token import previewed_ids, require_same_parameters
from domain.bulk.selection import max_selected, too_many
from domain.engine.transition import TransitionContext
from domain.kernel.errors import Refused
from domain.kernel.malformed_ids import MalformedId

SELECT_UNFINISHED = """SELECT i.subject_id, o.malformed_ids[i.position] AS malformed_id
    FROM bulk_items i JOIN bulk_operations o ON o.id = i.operation_id
    WHERE i.operation_id = $1 AND i.outcome IN ('FAILED', 'NOT_ATTEMPTED') ORDER BY i.position"""


async def apply_template(move: TransitionContext) -> BulkOperation:
    """Start an operation on the outdated orders of a template that the actor sees, or on those of a dry run."""
    input: BulkTemplateInput = move.input
    parameters = await client_status.apply_template_parameters(move)
    kind = BulkKind.TEMPLATE_APPLY
    if input.selection is None:
        order_ids = await _outdated_orders(move, max_selected(input.mode))
    else:
        await require_same_parameters(move, input.selection, parameters)
        order_ids = await previewed_ids(move, kind, input.selection, input.mode)
    return await start_operation(
        move,
        kind,
        parameters,
        order_ids,
        subject=BulkSubject.ORDER,
        mode=input.mode,
        dry_run=input.dry_run,
        preview_id=input.selection,
    )


async def _outdated_orders(move: TransitionContext, limit: int) -> list[UUID]:
    order_ids = await client_status.outdated_orders(move.connection, move.facts.id, move.context.actor, limit + 1)
    if len(order_ids) > limit:
        raise Refused(too_many(limit))
    return order_ids


async def cancel(move: TransitionContext) -> None:
    """Cancel the rest of an operation; existing results stay."""
    await results.mark_rest_not_attempted(move.connection, move.row.id)
    move.row.finished_at = move.now


async def retry(move: TransitionContext) -> BulkOperation:
    """Start a new operation of the acting account on what failed or was not attempted."""
    earlier = await BulkOperation.get(id=move.facts.id, using_db=move.connection)
    rows = await move.connection.execute_query_dict(SELECT_UNFINISHED, [earlier.id])
    ids = [MalformedId(row["malformed_id"]) if row["malformed_id"] else row["subject_id"] for row in rows]
    move.event_body["retries"] = earlier.id
    return await start_operation(
        move, earlier.kind, earlier.asked, ids, subject=earlier.subject, mode=earlier.mode, dry_run=earlier.dry_run
    )
