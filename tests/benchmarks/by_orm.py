"""The same work by the ORM's bulk calls, written with care: few statements, nothing left out."""

import hashlib
import json
from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from tortoise.backends.base.client import BaseDBAsyncClient
from tortoise.expressions import F
from tortoise.transactions import in_transaction

from domain.bulk.model import BulkKind, BulkMode, BulkOperation, BulkState
from domain.client_status.model import ClientStatus, ClientStatusChange, KeptUntil, StatusOrigin, Visibility
from domain.engine.context import EvaluationContext, read_context
from domain.engine.model import Event
from domain.kernel.actors import Actor, Role
from domain.orders.model import Order
from domain.outbox.model import OutboxMessage

AT_ONCE = 500
AUDIENCE = sorted((Role.MEMBER, Role.STAFF, Role.FINANCE, Role.ADMIN))


async def set_status(order_ids: Sequence[UUID], label: str, actor: Actor) -> UUID:
    """Show one status for all: rows, history, chained events, messages, and the operation."""
    async with in_transaction() as connection:
        await connection.execute_query("SET LOCAL idle_in_transaction_session_timeout = 0")
        orders = await Order.filter(id__in=order_ids).using_db(connection).order_by("id").select_for_update()
        statuses = {each.id: each for each in await ClientStatus.filter(id__in=order_ids).using_db(connection)}
        context = await read_context(connection, actor)
        operation = await _operation(connection, order_ids, label, context)
        changes = [_change(statuses[order.id], order, label, context, operation.id) for order in orders]
        await _write(connection, list(statuses.values()), label, context)
        await ClientStatusChange.bulk_create(changes, batch_size=AT_ONCE, using_db=connection)
        events = await _events(connection, changes, context)
        await Event.bulk_create(events, batch_size=AT_ONCE, using_db=connection)
        messages = [_message(order, event) for order, event in zip(orders, events, strict=True) if order.contact_id]
        await OutboxMessage.bulk_create(messages, batch_size=AT_ONCE, using_db=connection)
        return operation.id


async def _operation(
    connection: BaseDBAsyncClient, order_ids: Sequence[UUID], label: str, context: EvaluationContext
) -> BulkOperation:
    return await BulkOperation.create(
        using_db=connection,
        kind=BulkKind.CLIENT_STATUS_SET,
        state=BulkState.DONE,
        mode=BulkMode.ATOMIC,
        dry_run=False,
        account_id=context.actor.account_id,
        role=context.actor.role,
        subject_ids=list(order_ids),
        asked={"label": label},
        total=len(order_ids),
        done=len(order_ids),
        applied=len(order_ids),
        created_at=context.now,
        finished_at=context.now,
    )


async def _write(
    connection: BaseDBAsyncClient, statuses: Sequence[ClientStatus], label: str, context: EvaluationContext
) -> None:
    """One statement for what is the same for all, and bulk updates only for what each order has of its own."""
    new = [status for status in statuses if status.shown_since is None]
    for status in new:
        status.shown_since = context.now
    if new:
        await ClientStatus.bulk_update(new, ("name", "shown_since"), batch_size=AT_ONCE, using_db=connection)
    every = ClientStatus.filter(id__in=[status.id for status in statuses]).using_db(connection)
    await every.update(
        visibility=Visibility.SHOWN,
        label_de=label,
        label_en=label,
        description_de="",
        description_en="",
        origin=StatusOrigin.BULK,
        edited_by_hand=True,
        kept_until=KeptUntil.CLEARED,
        changed_at=context.now,
        version=F("version") + 1,
    )


def _change(
    status: ClientStatus, order: Order, label: str, context: EvaluationContext, operation_id: UUID
) -> ClientStatusChange:
    status.name = status.name or order.project
    return ClientStatusChange(
        order_id=order.id,
        visibility=Visibility.SHOWN,
        seen=True,
        name=status.name,
        label_de=label,
        label_en=label,
        color=status.color,
        bulk_operation_id=operation_id,
        origin=StatusOrigin.BULK,
        account_id=context.actor.account_id,
        actor_name=context.actor.name,
        changed_at=context.now,
    )


async def _events(
    connection: BaseDBAsyncClient, changes: Sequence[ClientStatusChange], context: EvaluationContext
) -> list[Event]:
    """One event each, chained to the last one of its status."""
    ids = [change.order_id for change in changes]
    known = Event.filter(subject_kind="clientStatus", subject_id__in=ids).using_db(connection).order_by("sequence")
    heads = {row["subject_id"]: row for row in await known.values("subject_id", "sequence", "hash")}
    return [_event(change, heads.get(change.order_id), context) for change in changes]


def _event(change: ClientStatusChange, head: dict[str, Any] | None, context: EvaluationContext) -> Event:
    event = Event(
        id=change.id,
        subject_kind="clientStatus",
        subject_id=change.order_id,
        sequence=head["sequence"] + 1 if head else 1,
        order_id=change.order_id,
        name="clientStatus.show",
        at=context.now,
        actor_role=context.actor.role,
        account_id=context.actor.account_id,
        actor_name=context.actor.name,
        audience=AUDIENCE,
        body={"to": "SHOWN", "from": "SHOWN", "seen": True},
        previous_hash=head["hash"] if head else b"",
    )
    event.hash = _hash(event)
    return event


def _hash(event: Event) -> bytes:
    """As the database computes it: over the text of a JSON array."""
    content = json.dumps(
        [
            str(event.id),
            event.subject_kind,
            str(event.subject_id),
            event.sequence,
            str(event.order_id),
            event.name,
            "AT",
            None,
            event.actor_role,
            str(event.account_id) if event.account_id else None,
            None,
            event.actor_name,
            event.audience,
            event.body,
        ],
        ensure_ascii=False,
    ).replace('"AT"', _epoch(event.at), 1)
    return hashlib.sha256(event.previous_hash + content.encode()).digest()


def _epoch(at: datetime) -> str:
    return f"{int(at.timestamp())}.{at.microsecond:06}"


def _message(order: Order, event: Event) -> OutboxMessage:
    return OutboxMessage(
        name=event.name,
        recipient_role=Role.CUSTOMER,
        contact_id=order.contact_id,
        subject_kind=event.subject_kind,
        subject_id=order.id,
        order_id=order.id,
        event_id=event.id,
        next_attempt_at=event.at,
        created_at=event.at,
    )
