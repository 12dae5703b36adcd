"""Live changes: for each id of the change feed, the row is read again in the viewer's scope."""

from collections.abc import AsyncIterator

import strawberry
from strawberry.types.info import Info

from domain.access.scoped_table import ScopedTable
from domain.kernel import ids
from schema.execution.loaded_objects import LoadedObject, load_row
from schema.execution.raw_json import RawJson
from schema.shared.context import Context

READ_AGAIN = "What happens while a connection is down is not repeated: read again after each reconnect."
ORDER_ARGUMENT = strawberry.argument(name="id", description="Only this order; left out, every order in sight.")


async def changed_orders(
    info: Info[Context, None], source: ScopedTable, only: strawberry.ID | None
) -> AsyncIterator[LoadedObject | RawJson]:
    """Orders after each change, while they are visible; with a malformed identifier there are none."""
    watched = None
    if only is not None:
        try:
            watched = ids.internal("ord", only)
        except ValueError:
            return
    async for order_id in info.context.visible_changes.orders(only=watched):
        found = await load_row(info, source, order_id)
        if found is not None:
            yield found
