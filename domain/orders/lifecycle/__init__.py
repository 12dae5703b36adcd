"""Lifecycle of an order: from a member's draft through review and the customer's answer to completion."""

from domain.engine.lifecycle import Lifecycle
from domain.orders.facts import OrderFacts
from domain.orders.lifecycle.arrival import ARRIVAL_COMMANDS
from domain.orders.lifecycle.commands import COMMANDS
from domain.orders.lifecycle.due_day import DUE_COMMANDS
from domain.orders.lifecycle.ending import ENDING_TRANSITIONS
from domain.orders.lifecycle.offer import OFFER_TRANSITIONS
from domain.orders.lifecycle.reminders import REMINDERS
from domain.orders.lifecycle.review import REVIEW_TRANSITIONS
from domain.orders.model import Order, OrderStatus
from domain.orders.scope import MANAGED_ORDERS_SCOPE, ORDERS_SCOPE

# Consequences may reach an invoice that is shared with other orders.
ORDERS_SHARING_INVOICES = """SELECT {id} AS id UNION SELECT theirs.order_id FROM billable_lines ours
    JOIN billable_lines theirs ON theirs.invoice_id = ours.invoice_id
    WHERE ours.order_id = {id} AND theirs.order_id IS NOT NULL"""


ORDERS = Lifecycle(
    noun="order",
    id_prefix="ord",
    is_root=True,
    model=Order,
    facts=OrderFacts,
    scope=MANAGED_ORDERS_SCOPE,
    read_scope=ORDERS_SCOPE,
    states=OrderStatus,
    start=OrderStatus.DRAFT,
    transitions=REVIEW_TRANSITIONS + OFFER_TRANSITIONS + ENDING_TRANSITIONS,
    commands=COMMANDS + DUE_COMMANDS + ARRIVAL_COMMANDS,
    reminders=REMINDERS,
    orders_to_lock=ORDERS_SHARING_INVOICES,
)
