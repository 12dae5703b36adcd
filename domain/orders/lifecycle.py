"""The life of an order: from a member's draft through review and the customer's answer to completion."""

from uuid import UUID

from tortoise.backends.base.client import BaseDBAsyncClient

from domain.engine.lifecycle import Lifecycle
from domain.orders.answer_moves import ANSWER
from domain.orders.commands import COMMANDS
from domain.orders.ending_moves import ENDING
from domain.orders.facts import OrderFacts
from domain.orders.model import Order, OrderStatus
from domain.orders.reminders import REMINDERS
from domain.orders.review_moves import REVIEW
from domain.orders.sources import ORDERS_SOURCE

FAMILY = """SELECT $1::uuid AS id UNION SELECT theirs.order_id FROM billable_lines ours
    JOIN billable_lines theirs ON theirs.invoice_id = ours.invoice_id
    WHERE ours.order_id = $1 AND theirs.order_id IS NOT NULL"""


async def order_and_those_it_shares_invoices_with(connection: BaseDBAsyncClient, order_id: UUID) -> list[UUID]:
    """The orders to lock before one is moved: what follows may reach an invoice shared with others."""
    return [row["id"] for row in await connection.execute_query_dict(FAMILY, [order_id])]


ORDERS = Lifecycle(
    noun="order",
    id_prefix="ord",
    model=Order,
    facts=OrderFacts,
    scope=ORDERS_SOURCE,
    states=OrderStatus,
    start=OrderStatus.DRAFT,
    transitions=REVIEW + ANSWER + ENDING,
    commands=COMMANDS,
    reminders=REMINDERS,
    orders_to_lock=order_and_those_it_shares_invoices_with,
)
