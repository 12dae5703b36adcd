"""Second story: archive many orders, with a preview, progress, and a retry of what failed."""

import asyncio
from uuid import uuid4

from werkstand_client import (
    BulkOutcome,
    BulkState,
    Operation,
    OrderStatus,
    OrderStatusFilter,
    OrderWhere,
    WerkstandClient,
)

# Among the active ones are some whose delivery awaits its review: these cannot be archived.
SOME_THAT_FAIL = OrderWhere(archived=False, status=OrderStatusFilter(in_=[OrderStatus.COMPLETED, OrderStatus.ACTIVE]))


async def preview(client: WerkstandClient, where: OrderWhere) -> tuple[str, list[str]]:
    """Print what would happen; return the selection that stands for exactly these orders, and the ids of those to be
    archived.
    """
    answer = (await client.preview_archive(where=where)).order_bulk_archive
    if answer.bulk_operation is None or answer.bulk_operation.selection is None:
        raise ValueError([error.message for error in answer.errors])
    fitting = []
    for result in answer.bulk_operation.results:
        if result.order and result.outcome is BulkOutcome.APPLIED:
            fitting.append(result.order.id)
        elif result.order:
            print(f"  would fail: {result.order.number}: {result.errors[0].message}")
    print(f"  {answer.bulk_operation.applied} of {answer.bulk_operation.total} could be archived")
    return answer.bulk_operation.selection, fitting


async def run_to_the_end(client: WerkstandClient, operation: Operation) -> Operation:
    """Follow an operation until it is done: read it, then listen, and read again when nothing was heard."""
    while operation.state is BulkState.RUNNING:
        print(f"  {operation.done} of {operation.total}")
        try:
            async with asyncio.timeout(2):
                async for heard in client.watch_operation(id=operation.id):
                    if heard.bulk_operation_progress.state is not BulkState.RUNNING:
                        break
        except TimeoutError:
            pass
        now = (await client.operation_progress(id=operation.id)).bulk_operation
        assert now is not None
        operation = now
    print(f"  done: {operation.applied} changed, {operation.failed} failed")
    return operation


async def story(client: WerkstandClient) -> None:
    """Preview, run what was previewed, try the failed once more, and put the others back."""
    selection, fitting = await preview(client, SOME_THAT_FAIL)
    archived = (await client.archive(selection=selection, key=str(uuid4()))).order_bulk_archive
    if archived.bulk_operation is None:
        raise ValueError([error.message for error in archived.errors])
    done = await run_to_the_end(client, archived.bulk_operation)
    if done.failed:
        again = (await client.retry_failed(id=done.id, key=str(uuid4()))).bulk_operation_retry
        if again.bulk_operation:
            await run_to_the_end(client, again.bulk_operation)
    restored = (await client.restore(ids=fitting)).order_bulk_restore
    if restored.bulk_operation:
        await run_to_the_end(client, restored.bulk_operation)
