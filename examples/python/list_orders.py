"""First story: orders by a filter, page after page, and what changes while one looks on."""

import asyncio
from collections.abc import AsyncIterator
from uuid import uuid4

from werkstand_client import OrderRow, OrderStatus, OrderStatusFilter, OrderWhere, WerkstandClient

ACTIVE = OrderWhere(status=OrderStatusFilter(eq=OrderStatus.ACTIVE))


async def all_orders(client: WerkstandClient, where: OrderWhere, page_size: int = 5) -> AsyncIterator[OrderRow]:
    """Every order that the filter finds, read page by page as they are needed."""
    after = None
    while True:
        page = (await client.list_orders(where=where, first=page_size, after=after)).orders
        for order in page.nodes:
            yield order
        if not page.page_info.has_next_page:
            return
        after = page.page_info.end_cursor


async def next_change(client: WerkstandClient, order_id: str) -> OrderRow:
    """The order as it is after its next change."""
    async for change in client.watch_orders():
        if change.order_changed.id == order_id:
            return change.order_changed
    raise ConnectionError("The subscription has ended; subscribe again, and read the list again.")


async def story(client: WerkstandClient) -> None:
    """List the active orders, then see one change."""
    orders = [order async for order in all_orders(client, ACTIVE)]
    for order in orders:
        print(f"{order.number}  {order.status_label:<12} {order.project}")
    watching = asyncio.create_task(next_change(client, orders[0].id))
    while not watching.done():  # Someone else does this in real life.
        await client.comment(id=orders[0].id, text="A comment, to see it live.", key=str(uuid4()))
        await asyncio.wait([watching], timeout=2)
    print(f"{watching.result().number} has just changed")
