"""Offers and deliveries whose deadlines all end at one midnight, shortly before which the clock is set."""

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from uuid import UUID

import asyncpg

from domain.accounts.authentication.api_tokens import issue_token
from domain.deliveries.model import DeliveryStatus
from domain.orders.model import OrderStatus
from tests.benchmarks import move_rows
from tests.benchmarks.sweep_rows import OF_DELIVERIES
from tests.makers.accounts import a_customer_account, a_member_account
from tests.makers.deliveries import a_delivery
from tests.makers.orders import Case, an_order
from tests.makers.parties import a_customer, a_member
from tests.makers.time import BERLIN, the_clock_shows

OFFER, REVIEW = "order.expire", "delivery.autoAccept"
REVIEW_DAYS = timedelta(days=3)
TODAY = "SELECT (app_now() AT TIME ZONE 'Europe/Berlin')::date"
# What would come before, or is due at the same midnight: only the deadlines that race remain.
ONLY_RACING = """UPDATE deadlines SET state = 'DISARMED' WHERE order_id = ANY($1::uuid[]) AND kind <> ALL($2::text[])
    AND state = 'PENDING'"""
SET_CLOCK = """UPDATE clock SET frozen_at = NULL,
    shift_seconds = extract(epoch FROM $1::timestamptz - clock_timestamp())::int"""


@dataclass(frozen=True, kw_only=True)
class Racers:
    """The rows of each race, when they all are due, and what their customer sends with each request."""

    connection: asyncpg.Connection
    due_at: datetime
    subject_ids: Sequence[Sequence[UUID]]
    headers: Mapping[str, str]
    lock: asyncio.Lock = field(default_factory=asyncio.Lock)

    async def start_clock(self, seconds: int) -> None:
        """From now on time passes, and the deadlines end in so many seconds."""
        await self.connection.execute(SET_CLOCK, self.due_at - timedelta(seconds=seconds))

    async def fetch(self, statement: str, *values: Any) -> Sequence[asyncpg.Record]:
        async with self.lock:
            rows: Sequence[asyncpg.Record] = await self.connection.fetch(statement, *values)
            return rows

    async def fetchval(self, statement: str, *values: Any) -> Any:
        async with self.lock:
            return await self.connection.fetchval(statement, *values)


async def prepare_racers(connection: asyncpg.Connection, count: int, deadlines: Sequence[str]) -> Racers:
    """So many rows for each of these deadlines; the clock stands three days before they are due. The pools are open."""
    due_on = await connection.fetchval(TODAY) + REVIEW_DAYS + timedelta(days=2)
    due_at = _midnight(due_on)
    await the_clock_shows(_midnight(due_on - REVIEW_DAYS))
    member, customer = await a_member(), await a_customer()
    await a_member_account(member)
    facts = {
        "offer_valid_until": due_on - timedelta(days=1),
        "service_from": due_on,
        "service_to": due_on + timedelta(days=90),
        "required_deliveries": 2,
    }
    offered = await an_order(OrderStatus.AWAITING_CUSTOMER, member=member, customer=customer, **facts)
    active = await an_order(OrderStatus.ACTIVE, member=member, customer=customer, **facts)
    delivery = await a_delivery(DeliveryStatus.DELIVERED, around=active)
    rows = [
        await _offers(connection, offered, count)
        if deadline == OFFER
        else await _deliveries(connection, active, delivery.id, count)
        for deadline in deadlines
    ]
    token = await issue_token((await a_customer_account(customer)).email)
    return Racers(connection=connection, due_at=due_at, subject_ids=rows, headers={"Authorization": f"Bearer {token}"})


async def _offers(connection: asyncpg.Connection, template: Case, count: int) -> Sequence[UUID]:
    order_ids = await move_rows.copy_offers(connection, template, count)
    await connection.execute(ONLY_RACING, [template.order.id, *order_ids], [OFFER])
    return order_ids


async def _deliveries(connection: asyncpg.Connection, template: Case, delivery_id: UUID, count: int) -> Sequence[UUID]:
    order_ids = await move_rows.copy_orders(connection, template, count)
    found = await move_rows.copy_deliveries(connection, template, delivery_id, order_ids)
    await move_rows.copy_to(connection, template, order_ids, OF_DELIVERIES)
    await connection.execute(ONLY_RACING, [template.order.id, *order_ids], [REVIEW])
    return found


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), BERLIN).astimezone(UTC)
