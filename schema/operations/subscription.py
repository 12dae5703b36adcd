"""The subscriptions of the operations schema."""

from collections.abc import AsyncGenerator, Mapping
from typing import Annotated, Any, cast

import strawberry
from strawberry.types.info import Info

from domain.bulk.model import BulkState
from domain.bulk.scope import BULK_OPERATIONS_SCOPE
from domain.invoice_runs.scope import INVOICE_RUNS_SCOPE
from domain.kernel import ids
from domain.orders.scope import ORDERS_SCOPE
from schema.execution.loaded_objects import load_row
from schema.operations.bulk.operation import BulkOperation
from schema.operations.invoice_runs.run import InvoiceRun
from schema.operations.notifications import UserNotification
from schema.operations.orders.order import Order
from schema.shared.context import Context
from schema.shared.notifications import new_notifications
from schema.shared.subscriptions import ORDER_ARGUMENT, READ_AGAIN, changed_orders

RUN_ARGUMENT = strawberry.argument(name="id", description="Which run.")
OPERATION_ARGUMENT = strawberry.argument(name="id", description="Which operation.")
SELECT_PROGRESS = "SELECT t.state, t.done FROM bulk_operations t WHERE t.id = $1 AND ({scope})"
SELECT_RUN_PROGRESS = """SELECT t.version, o.state, o.done FROM invoice_runs t
    LEFT JOIN bulk_operations o ON o.id = t.operation_id WHERE t.id = $1 AND ({scope})"""


async def order_changed(
    info: Info[Any, None], only: Annotated[strawberry.ID | None, ORDER_ARGUMENT] = None
) -> AsyncGenerator[Order, None]:
    """The order as it is after each change."""
    async for order in changed_orders(info, ORDERS_SCOPE, only):
        yield cast(Order, order)


async def bulk_operation_progress(
    info: Info[Context, None], watched: Annotated[strawberry.ID, OPERATION_ARGUMENT]
) -> AsyncGenerator[BulkOperation, None]:
    """The operation as it is now and after each portion, until it has ended."""
    try:
        operation_id = ids.internal("blk", watched)
    except ValueError:
        return
    last_progress: Mapping[str, Any] | None = None
    async for _ in info.context.visible_changes.ticks():
        scope, values = BULK_OPERATIONS_SCOPE.bound_predicate(info.context.actor, "t", first=2)
        progress = await info.context.read_sessions.fetchrow(SELECT_PROGRESS.format(scope=scope), operation_id, *values)
        if progress is not None and progress != last_progress:
            yield cast(BulkOperation, await load_row(info, BULK_OPERATIONS_SCOPE, operation_id))
        if progress is None or progress["state"] != BulkState.RUNNING:
            return
        last_progress = progress


async def invoice_run_progress(
    info: Info[Context, None], watched: Annotated[strawberry.ID, RUN_ARGUMENT]
) -> AsyncGenerator[InvoiceRun, None]:
    """The run as it is now and after each portion, until no operation works on it."""
    try:
        run_id = ids.internal("ivr", watched)
    except ValueError:
        return
    last_progress: Mapping[str, Any] | None = None
    async for _ in info.context.visible_changes.ticks():
        scope, values = INVOICE_RUNS_SCOPE.bound_predicate(info.context.actor, "t", first=2)
        progress = await info.context.read_sessions.fetchrow(SELECT_RUN_PROGRESS.format(scope=scope), run_id, *values)
        if progress is not None and progress != last_progress:
            yield cast(InvoiceRun, await load_row(info, INVOICE_RUNS_SCOPE, run_id))
        if progress is None or progress["state"] != BulkState.RUNNING:
            return
        last_progress = progress


async def notifications(info: Info[Any, None]) -> AsyncGenerator[UserNotification, None]:
    """Each notification of the viewer from now on."""
    async for notification in new_notifications(info):
        yield cast(UserNotification, notification)


@strawberry.type(description="What can be followed live.")
class Subscription:
    """The root of all subscriptions."""

    order_changed: AsyncGenerator[Order, None] = strawberry.subscription(
        resolver=order_changed, description=f"An order in sight has changed, or something below it. {READ_AGAIN}"
    )
    bulk_operation_progress: AsyncGenerator[BulkOperation, None] = strawberry.subscription(
        resolver=bulk_operation_progress,
        description="An operation on many orders as it is now and after each portion; ends with the operation.",
    )
    invoice_run_progress: AsyncGenerator[InvoiceRun, None] = strawberry.subscription(
        resolver=invoice_run_progress,
        description="An invoice run as it is now and after each portion; ends when no operation works on it.",
    )
    notifications: AsyncGenerator[UserNotification, None] = strawberry.subscription(
        resolver=notifications,
        description=f"The viewer is told something new; of many at once, the newest twenty. {READ_AGAIN}",
    )
