"""Notifications of members and the operator's people."""

import strawberry

from domain.billing.scope import INVOICES_SCOPE
from domain.orders.scope import ORDERS_SCOPE
from schema.declarations.fields import to_one
from schema.operations.api_profile import OPEN_ACTIONS
from schema.operations.references import AnInvoice, AnOrder
from schema.shared.actions import OpenAction
from schema.shared.field_order import field_order
from schema.shared.notifications import NotificationFields


@field_order("id name label at is_read subject_kind subject_id order invoice version open_actions")
@strawberry.type(description="Something that the viewer was told; a mail says the same.")
class UserNotification(NotificationFields):
    """A notification."""

    order: AnOrder | None = to_one(
        ORDERS_SCOPE, on="{t}.id = {p}.order_id", description="The order it belongs to, where there is one."
    )
    invoice: AnInvoice | None = to_one(
        INVOICES_SCOPE, on="{t}.id = {p}.subject_id", description="The invoice it is about, where it is about one."
    )
    open_actions: list[OpenAction] = OPEN_ACTIONS.open_actions("notification")
