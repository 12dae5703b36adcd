"""What members and the operator's people can follow."""

from collections.abc import AsyncGenerator
from typing import Annotated, Any, cast

import strawberry
from strawberry.types.info import Info

from domain.orders.sources import ORDERS_SOURCE
from schema.operations.orders import Order
from schema.shared.following import WATCHED, changed_orders


async def follow(
    info: Info[Any, None], only: Annotated[strawberry.ID | None, WATCHED] = None
) -> AsyncGenerator[Order, None]:
    """The order as it is after each change."""
    async for order in changed_orders(info, ORDERS_SOURCE, only):
        yield cast(Order, order)


@strawberry.type(description="What can be followed live.")
class Subscription:
    """What can be followed live."""

    order_changed: AsyncGenerator[Order, None] = strawberry.subscription(
        resolver=follow, description="An order in sight has changed, or something below it."
    )
