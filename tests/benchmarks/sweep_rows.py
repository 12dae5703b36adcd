"""Rows for the sweep: a million deadlines that are not due for long, and orders whose deadlines are due now."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from uuid import UUID

import asyncpg

from domain.deliveries.model import DeliveryStatus
from domain.orders.model import OrderStatus
from tests.benchmarks import move_rows
from tests.makers.accounts import a_member_account
from tests.makers.deliveries import a_delivery
from tests.makers.orders import Case, an_order
from tests.makers.parties import a_customer, a_member

PENDING = """INSERT INTO deadlines (id, kind, subject_kind, subject_id, order_id, anchor_at, due_at, basis, state,
        attempts, next_attempt_at)
    SELECT uuidv7(), 'order.deliveryDue', 'order', uuidv7(), NULL, p.due_at, p.due_at, 'delivery_due_at', 'PENDING', 0,
        p.due_at FROM (SELECT app_now() + interval '30 days' + n * interval '20 seconds' AS due_at
            FROM generate_series(1, $1::int) AS n) p"""
DELIVERY_OF = "(SELECT d.id FROM deliveries d WHERE d.order_id = o.id)"
OF_DELIVERIES = {
    "links": (f"'id', uuidv7(), 'order_id', o.id, 'delivery_id', {DELIVERY_OF}", "AND first.purpose = 'REVIEW'"),
    "deadlines": (
        f"'id', uuidv7(), 'order_id', o.id, 'subject_id', {DELIVERY_OF}",
        "AND first.subject_kind = 'delivery'",
    ),
}
# What was to be sent before is sent, and the instant of the move itself has passed.
MADE_DUE = """UPDATE deadlines SET state = CASE WHEN kind = $2 THEN 'PENDING' ELSE 'FIRED' END,
        anchor_at = app_now() - interval '1 minute', due_at = app_now() - interval '1 minute',
        next_attempt_at = app_now() - interval '1 minute', fired_at = CASE WHEN kind <> $2 THEN app_now() END
    WHERE order_id = ANY($1::uuid[]) AND state = 'PENDING' AND kind = ANY($3::text[])"""
OFFERS_ENDED = "UPDATE orders SET offer_valid_until = offer_valid_until - 60 WHERE id = ANY($1::uuid[])"
REVIEWS_ENDED = """UPDATE deliveries SET delivered_at = delivered_at - interval '4 days',
    review_ends_at = app_now() - interval '1 minute' WHERE order_id = ANY($1::uuid[])"""
OFFER_KINDS = ["order.expire", "order.offerHalfTime", "order.offerLastDay"]
REVIEW_KINDS = ["delivery.autoAccept", "delivery.reviewReminder"]


@dataclass(frozen=True)
class Templates:
    """An order that waits for its customer, and an active one with a delivery under review."""

    offered: Case
    delivered: Case
    delivery_id: UUID


async def templates() -> Templates:
    """Made through the domain, for people who are written to; both pools are open."""
    member, customer = await a_member(), await a_customer()
    await a_member_account(member)
    today = datetime.now(UTC).date()
    facts = {
        "offer_valid_until": today + timedelta(days=30),
        "service_from": today,
        "service_to": today + timedelta(days=90),
        "required_deliveries": 1,
    }
    offered = await an_order(OrderStatus.AWAITING_CUSTOMER, member=member, customer=customer, **facts)
    delivered = await an_order(OrderStatus.ACTIVE, member=member, customer=customer, **facts)
    delivery = await a_delivery(DeliveryStatus.DELIVERED, around=delivered)
    return Templates(offered, delivered, delivery.id)


async def fill_calendar(connection: asyncpg.Connection, count: int) -> None:
    """So many pending deadlines of the months to come."""
    await connection.execute(PENDING, count)


async def due_orders(connection: asyncpg.Connection, found: Templates, count: int) -> list[UUID]:
    """So many orders, half with an offer that has ended, half with a delivery whose review has ended."""
    offered = await move_rows.copy_offers(connection, found.offered, count // 2)
    await connection.execute(OFFERS_ENDED, offered)
    await connection.execute(MADE_DUE, offered, OFFER_KINDS[0], OFFER_KINDS)
    delivered = await move_rows.copy_orders(connection, found.delivered, count // 2)
    await move_rows.copy_deliveries(connection, found.delivered, found.delivery_id, delivered)
    await move_rows.copy_to(connection, found.delivered, delivered, OF_DELIVERIES)
    await connection.execute(REVIEWS_ENDED, delivered)
    await connection.execute(MADE_DUE, delivered, REVIEW_KINDS[0], REVIEW_KINDS)
    return offered + delivered
