"""The rows beside a move, created with the ORM one by one."""

import json
from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any
from uuid import UUID

from tortoise.backends.base.client import BaseDBAsyncClient

from domain.database import clock
from domain.engine.model import Deadline, DeadlineState
from domain.kernel.actors import Role
from domain.kernel.calendar import Calendar
from domain.kernel.ids import new_id
from domain.operator.model import OperatorSettings
from domain.orders.model import Order
from domain.outbox.model import OutboxMessage

APPEND = "SELECT append_event($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12::text[], $13::jsonb)"
WITHOUT_CUSTOMERS = frozenset({Role.ADMIN, Role.FINANCE, Role.MEMBER, Role.STAFF})


@dataclass(frozen=True, kw_only=True)
class Hand:
    """One move in a transaction: its order, its instant, its author and the operator's settings."""

    connection: BaseDBAsyncClient
    order: Order
    now: datetime
    settings: OperatorSettings
    role: Role
    account_id: UUID | None
    name: str

    @property
    def calendar(self) -> Calendar:
        return Calendar(self.settings.zone, self.settings.federal_state)

    def as_system(self, name: str = "Werkstand") -> "Hand":
        """The same move, continued by the system."""
        return replace(self, role=Role.CLOCK, account_id=None, name=name)

    async def record(
        self,
        name: str,
        subject_id: UUID,
        audience: Collection[Role] = WITHOUT_CUSTOMERS,
        body: Mapping[str, object] | None = None,
    ) -> UUID:
        """Append an event to the chain of its subject, by the one function that the database has for it."""
        event_id, kind = new_id(), name.partition(".")[0]
        values: list[object] = [event_id, kind, subject_id, self.order.id, name, self.now, None, self.role]
        values += [self.account_id, None, self.name, sorted(audience), json.dumps(body or {}, default=str)]
        await self.connection.execute_query(APPEND, values)
        return event_id

    async def enqueue(self, name: str, role: Role, subject_id: UUID, event_id: UUID, **recipient: Any) -> None:
        """Write a message; `recipient` names an account or a contact, and perhaps a link."""
        await OutboxMessage.create(
            using_db=self.connection,
            name=name,
            recipient_role=role,
            subject_kind=name.partition(".")[0],
            subject_id=subject_id,
            order_id=self.order.id,
            event_id=event_id,
            next_attempt_at=self.now,
            created_at=self.now,
            **recipient,
        )

    async def arm(self, kind: str, subject_kind: str, subject_id: UUID, due_at: datetime, basis: str) -> None:
        """Create a deadline."""
        await Deadline.create(
            using_db=self.connection,
            kind=kind,
            subject_kind=subject_kind,
            subject_id=subject_id,
            order_id=self.order.id,
            anchor_at=due_at,
            due_at=due_at,
            next_attempt_at=due_at,
            armed_at=self.now,
            basis=basis,
        )

    async def disarm(self, *kinds: str) -> None:
        """Disarm the order's deadlines of these kinds."""
        pending = Deadline.filter(subject_id=self.order.id, state=DeadlineState.PENDING, kind__in=kinds)
        await pending.using_db(self.connection).update(state=DeadlineState.DISARMED)


async def hand(connection: BaseDBAsyncClient, order_id: UUID, role: Role, given: Mapping[str, Any]) -> Hand:
    """Lock the order, then read the instant and the settings."""
    locked = Order.select_for_update().using_db(connection)
    return Hand(
        connection=connection,
        order=await locked.get(id=order_id, deleted_at__isnull=True, archived_at__isnull=True),
        now=await clock.now(connection),
        settings=await OperatorSettings.get(using_db=connection),
        role=role,
        account_id=given["account"],
        name=given["actor"],
    )
