"""The subscriptions of the portal schema."""

from collections.abc import AsyncGenerator
from typing import Annotated, Any, cast

import strawberry
from strawberry.types.info import Info

from domain.client_status.scope import CLIENT_STATUSES_SCOPE
from domain.orders.scope import ORDERS_SCOPE
from schema.portal.client_status import ClientStatus
from schema.portal.orders import Order
from schema.shared.subscriptions import ORDER_ARGUMENT, changed_orders, changed_statuses


async def order_changed(
    info: Info[Any, None], only: Annotated[strawberry.ID | None, ORDER_ARGUMENT] = None
) -> AsyncGenerator[Order, None]:
    """The order as it is after each change."""
    async for order in changed_orders(info, ORDERS_SCOPE, only):
        yield cast(Order, order)


async def work_in_progress_changed(info: Info[Any, None]) -> AsyncGenerator[ClientStatus | None, None]:
    """The client status as it is after each change."""
    async for status in changed_statuses(info, CLIENT_STATUSES_SCOPE):
        yield cast("ClientStatus | None", status)


@strawberry.type(description="What can be followed live.")
class Subscription:
    """The root of all subscriptions."""

    order_changed: AsyncGenerator[Order, None] = strawberry.subscription(
        resolver=order_changed, description="An order in sight has changed, or something below it."
    )
    work_in_progress_changed: AsyncGenerator[ClientStatus | None, None] = strawberry.subscription(
        resolver=work_in_progress_changed,
        description="A client status has changed or has come into sight; null when one is shown no longer.",
    )
