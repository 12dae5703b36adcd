"""Rows for moves that can be made once only: one order is brought there through the domain, and copied by SQL."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from uuid import UUID

import asyncpg

from domain.deliveries.model import DeliveryStatus
from domain.orders.model import OrderStatus
from domain.parties.model import Customer, Member
from tests.makers.deliveries import a_delivery
from tests.makers.orders import Case, an_order, planned

NUMBERED = "SELECT count(*) FROM orders WHERE number LIKE 'MV-%'"
COPY_ORDERS = """INSERT INTO orders SELECT made.*
    FROM orders first, generate_series($2::int, $2::int + $3::int - 1) AS n,
    jsonb_populate_record(first, jsonb_build_object('id', uuidv7(), 'number', 'MV-' || n, 'project', 'Projekt ' || n))
    AS made WHERE first.id = $1 RETURNING id"""
COPY = """INSERT INTO {table} SELECT made.* FROM {table} first, unnest($2::uuid[]) AS o (id),
    jsonb_populate_record(first, jsonb_build_object({changes})) AS made WHERE first.order_id = $1 {condition}"""
OF_ORDER = ("'id', uuidv7(), 'order_id', o.id", "")
OF_EVERY_ORDER = {
    "client_statuses": ("'id', o.id, 'order_id', o.id", ""),
    "deadlines": ("'id', uuidv7(), 'order_id', o.id, 'subject_id', o.id", "AND first.subject_kind = 'order'"),
}
OF_OFFERED_ORDERS = dict.fromkeys(("planned_invoices", "offer_revisions", "links"), OF_ORDER)
# An event does not see its neighbour, so each of the template's is copied by a statement of its own.
SEQUENCES = "SELECT sequence FROM events WHERE subject_kind = $1 AND subject_id = $2 ORDER BY sequence"
COPY_EVENT = """SELECT count(append_event(uuidv7(), e.subject_kind, s.id, s.order_id, e.name, e.at, e.due_at,
        e.actor_role, e.account_id, NULL, e.actor_name, e.audience, e.body))
    FROM events e, {subjects} AS s (id, order_id)
    WHERE e.subject_kind = $1 AND e.subject_id = $2 AND e.sequence = $3"""
ORDERS = "(SELECT id, id FROM unnest($4::uuid[]) AS o (id))"
DELIVERIES = "(SELECT id, order_id FROM deliveries WHERE order_id = ANY($4::uuid[]))"
DELIVERIES_OF = "SELECT id FROM deliveries WHERE order_id = ANY($1::uuid[]) ORDER BY id"


@dataclass(frozen=True)
class Templates:
    """An order in review, one that waits for its customer, and an active one with a delivery that can be submitted."""

    in_review: Case
    offered: Case
    active: Case
    delivery_id: UUID


async def templates(member: Member, customer: Customer) -> Templates:
    """Made through the domain, as people would; both pools are open."""
    today = datetime.now(UTC).date()
    facts = {
        "offer_valid_until": today + timedelta(days=30),
        "service_from": today,
        "service_to": today + timedelta(days=90),
        "delivery_due_at": datetime.now(UTC) + timedelta(days=40),
        "required_deliveries": 1,
        "planned_invoices": (
            planned("500.00", today + timedelta(days=60), "Workshop"),
            planned("300.00", today + timedelta(days=90), "Review"),
        ),
    }
    in_review = await an_order(OrderStatus.IN_REVIEW, member=member, customer=customer, **facts)
    offered = await an_order(OrderStatus.AWAITING_CUSTOMER, member=member, customer=customer, **facts)
    active = await an_order(OrderStatus.ACTIVE, member=member, customer=customer, **facts)
    delivery = await a_delivery(DeliveryStatus.DRAFT, around=active)
    return Templates(in_review=in_review, offered=offered, active=active, delivery_id=delivery.id)


async def copy_orders(connection: asyncpg.Connection, template: Case, count: int) -> list[UUID]:
    """So many new orders like a template, with their client statuses, deadlines and events."""
    first = 1 + await connection.fetchval(NUMBERED)
    order_ids = [row["id"] for row in await connection.fetch(COPY_ORDERS, template.order.id, first, count)]
    await copy_to(connection, template, order_ids, OF_EVERY_ORDER)
    await _copy_events(connection, ("order", template.order.id), ORDERS, order_ids)
    return order_ids


async def copy_offers(connection: asyncpg.Connection, template: Case, count: int) -> list[UUID]:
    """The same with plan, offer and link, for orders that are not active yet."""
    order_ids = await copy_orders(connection, template, count)
    await copy_to(connection, template, order_ids, OF_OFFERED_ORDERS)
    return order_ids


async def copy_deliveries(
    connection: asyncpg.Connection, template: Case, delivery_id: UUID, order_ids: Sequence[UUID]
) -> list[UUID]:
    """One delivery for each order, like that of the template; returns the deliveries, in no order."""
    await copy_to(connection, template, order_ids, {"deliveries": OF_ORDER})
    await _copy_events(connection, ("delivery", delivery_id), DELIVERIES, order_ids)
    return [row["id"] for row in await connection.fetch(DELIVERIES_OF, order_ids)]


async def copy_to(
    connection: asyncpg.Connection,
    template: Case,
    order_ids: Sequence[UUID],
    tables: Mapping[str, tuple[str, str]],
) -> None:
    """Give orders what the template has in these tables, each with the values to change and a condition."""
    for table, (changes, condition) in tables.items():
        statement = COPY.format(table=table, changes=changes, condition=condition)
        await connection.execute(statement, template.order.id, order_ids)


async def _copy_events(
    connection: asyncpg.Connection, of: tuple[str, UUID], subjects: str, order_ids: Sequence[UUID]
) -> None:
    """Append copies of a subject's events to the chains of others."""
    for row in await connection.fetch(SEQUENCES, *of):
        await connection.execute(COPY_EVENT.format(subjects=subjects), *of, row["sequence"], order_ids)
