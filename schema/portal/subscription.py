"""The subscriptions of the portal schema."""

from collections.abc import AsyncGenerator
from typing import Annotated, Any, cast

import strawberry
from strawberry.types.info import Info

from domain.orders.scope import ORDERS_SCOPE
from schema.portal.notifications import UserNotification
from schema.portal.orders import Order
from schema.portal.work_changes import WorkInProgressChange, work_changes
from schema.shared.notifications import new_notifications
from schema.shared.subscriptions import ORDER_ARGUMENT, READ_AGAIN, changed_orders


async def order_changed(
    info: Info[Any, None], only: Annotated[strawberry.ID | None, ORDER_ARGUMENT] = None
) -> AsyncGenerator[Order, None]:
    """The order as it is after each change."""
    async for order in changed_orders(info, ORDERS_SCOPE, only):
        yield cast(Order, order)


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
    work_in_progress_changed: AsyncGenerator[WorkInProgressChange, None] = strawberry.subscription(
        resolver=work_changes,
        description="A client status has changed, has come into sight, or is shown no longer. When more than twenty "
        f"change at once, as by a bulk operation, this is said once, without an id. {READ_AGAIN}",
    )
    notifications: AsyncGenerator[UserNotification, None] = strawberry.subscription(
        resolver=notifications,
        description=f"The viewer is told something new; of many at once, the newest twenty. {READ_AGAIN}",
    )
