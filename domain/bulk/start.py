"""Beginning operations, and beginning again with what was left; the portions are worked after the commit."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from typing import Any
from uuid import UUID

from domain.bulk import results
from domain.bulk.handlers import client_status
from domain.bulk.inputs import BulkTemplateInput
from domain.bulk.model import BulkKind, BulkMode, BulkOperation
from domain.bulk.resume import initial_lease
from domain.bulk.selection import MAX_ORDERS_AT_ONCE, max_orders, select_order_ids, too_many_orders
from domain.engine.transition import TransitionContext
from domain.kernel.errors import Refused

SELECT_UNFINISHED = """SELECT order_id FROM bulk_items WHERE operation_id = $1 AND outcome IN ('FAILED',
    'NOT_ATTEMPTED')
    ORDER BY position"""

ParameterBuilder = Callable[[TransitionContext], Awaitable[Mapping[str, Any]]]


def start_effect(
    kind: BulkKind, build_parameters: ParameterBuilder
) -> Callable[[TransitionContext], Awaitable[BulkOperation]]:
    """What a move writes that begins an operation of this kind on the orders it takes."""

    async def write(move: TransitionContext) -> BulkOperation:
        asked = await build_parameters(move)
        order_ids = await select_order_ids(move.connection, move.input, move.context.actor)
        return await start_operation(move, kind, asked, order_ids, mode=move.input.mode, dry_run=move.input.dry_run)

    return write


async def start_operation(
    move: TransitionContext,
    kind: BulkKind,
    parameters: Mapping[str, Any],
    order_ids: Sequence[UUID],
    *,
    mode: BulkMode,
    dry_run: bool,
) -> BulkOperation:
    """A new operation of the acting account; a large one is announced, to be worked by whoever is free."""
    actor = move.context.actor
    operation = await BulkOperation.create(
        using_db=move.connection,
        kind=kind,
        mode=mode,
        dry_run=dry_run,
        account_id=actor.account_id,
        role=actor.role,
        order_ids=order_ids,
        asked=parameters,
        total=len(order_ids),
        created_at=move.now,
        leased_until=initial_lease(len(order_ids)),
    )
    move.event_body |= {"kind": kind, "mode": mode, "dryRun": dry_run, "total": operation.total}
    if operation.total > MAX_ORDERS_AT_ONCE:
        move.work.changes.started_operations.add(operation.id)
    return operation


async def apply_template(move: TransitionContext) -> BulkOperation:
    """An operation on the orders that the preview counts, as far as the acting account sees them."""
    input: BulkTemplateInput = move.input
    most = max_orders(input.mode)
    order_ids = await client_status.outdated_orders(move.connection, move.facts.id, move.context.actor, most + 1)
    if len(order_ids) > most:
        raise Refused(too_many_orders(most))
    asked = await client_status.apply_template_parameters(move)
    kind = BulkKind.TEMPLATE_APPLY
    return await start_operation(move, kind, asked, order_ids, mode=input.mode, dry_run=input.dry_run)


async def cancel(move: TransitionContext) -> None:
    """What has its result keeps it; the rest is not attempted."""
    await results.mark_rest_not_attempted(move.connection, move.row.id)
    move.row.finished_at = move.now


async def retry(move: TransitionContext) -> BulkOperation:
    """A new operation, of whoever asks for it, on the orders that failed or were not attempted."""
    earlier = await BulkOperation.get(id=move.facts.id, using_db=move.connection)
    rows = await move.connection.execute_query_dict(SELECT_UNFINISHED, [earlier.id])
    order_ids = [row["order_id"] for row in rows]
    move.event_body["retries"] = earlier.id
    return await start_operation(
        move, earlier.kind, earlier.asked, order_ids, mode=earlier.mode, dry_run=earlier.dry_run
    )
