"""The same moves with the ORM, as they are usually written: read a row, change it, save it, create others."""

from collections.abc import Awaitable, Callable, Mapping
from datetime import datetime, timedelta
from typing import Any

from tortoise.transactions import in_transaction

from domain.access.model import Link, LinkEnd, LinkPurpose
from domain.billing.model import BillableLine, LineSource, LineStatus
from domain.deliveries.model import Delivery, DeliveryStatus, DeliveryVersion
from domain.engine.lifecycle import EVERYONE
from domain.kernel.actors import OFFICE, Role
from domain.orders.model import Comment, OrderStatus, PlannedInvoice
from domain.parties.model import Contact, Member
from tests.benchmarks.by_hand.orm_rows import Hand, hand
from tests.benchmarks.by_hand.orm_status import follow_automations, show_by_hand

COPIED = ("text", "quantity", "unit_price_cents", "vat_category", "vat_rate", "net_cents", "invoice_on")
LINK_LIFETIME, COMPOSE_LEAD, REMINDER_LEAD = timedelta(days=90), timedelta(days=7), timedelta(days=1)

Input = Mapping[str, Any]


async def comment(given: Input) -> None:
    """Write an internal comment."""
    async with in_transaction() as connection:
        move = await hand(connection, given["id"], Role.STAFF, given)
        await Comment.create(
            using_db=connection,
            order_id=move.order.id,
            visibility=given["visibility"],
            author_role=move.role,
            author_name=move.name,
            text=given["text"],
            created_at=move.now,
        )
        await move.record("order.comment", move.order.id, OFFICE)


async def confirm(given: Input) -> None:
    """Confirm an offer: the order is active, its lines arise, and automations follow."""
    async with in_transaction() as connection:
        move = await hand(connection, given["id"], Role.CUSTOMER, given)
        await _require_open_offer(move, given)
        await _activate(move, given)
        body = {"from": OrderStatus.AWAITING_CUSTOMER, "to": move.order.status, "name": given["name"]}
        event_id = await move.record("order.confirm", move.order.id, EVERYONE, {**body, "revision": given["revision"]})
        member = await Member.get(id=move.order.member_id, using_db=connection)
        if member.account_id:
            await move.enqueue("order.confirm", Role.MEMBER, move.order.id, event_id, account_id=member.account_id)
        for planned in await PlannedInvoice.filter(order_id=move.order.id).using_db(connection).order_by("position"):
            await _create_line(move.as_system(), planned)
        await follow_automations(move, "order.confirm", event_id)
        await move.disarm("order.expire", "order.offerHalfTime", "order.offerLastDay")
        if move.order.delivery_due_at:
            due_at = move.order.delivery_due_at
            await move.arm("order.deliveryDue", "order", move.order.id, due_at, "delivery_due_at")


async def show(given: Input) -> None:
    """Show a status written by hand."""
    async with in_transaction() as connection:
        move = await hand(connection, given["id"], Role.STAFF, given)
        await show_by_hand(move, given["label"], given["description"])


async def submit(given: Input) -> None:
    """Submit a delivery: a version, a review with its deadlines, a link and a message."""
    async with in_transaction() as connection:
        found = await Delivery.get(id=given["id"], using_db=connection)
        move = await hand(connection, found.order_id, Role.MEMBER, given)
        delivery = await Delivery.select_for_update().using_db(connection).get(id=found.id)
        await _require_own_draft(move, delivery)
        ends_at = await _deliver(move, delivery)
        body = {"from": DeliveryStatus.DRAFT, "to": delivery.status, "number": delivery.current_number}
        body |= {"review_ends_at": ends_at}
        event_id = await move.record("delivery.submit", delivery.id, EVERYONE, body)
        link = await _review_link(move, delivery)
        recipient = {"contact_id": link.contact_id, "link_id": link.id}
        await move.enqueue("delivery.submit", Role.CUSTOMER, delivery.id, event_id, **recipient)
        await move.disarm("order.deliveryDue")
        await move.arm("delivery.autoAccept", "delivery", delivery.id, ends_at, "review_ends_at")
        if (reminder_at := ends_at - REMINDER_LEAD) > move.now:
            await move.arm("delivery.reviewReminder", "delivery", delivery.id, reminder_at, "review_ends_at")


async def _require_open_offer(move: Hand, given: Input) -> None:
    order = move.order
    assert order.status is OrderStatus.AWAITING_CUSTOMER
    assert order.offer_revision == given["revision"]
    assert order.offer_valid_until
    assert move.now < move.calendar.end_of(order.offer_valid_until)
    contacts = Contact.filter(account_id=given["account"], customer_id=order.customer_id)
    assert await contacts.using_db(move.connection).exists()


async def _activate(move: Hand, given: Input) -> None:
    order = move.order
    order.status, order.version = OrderStatus.ACTIVE, order.version + 1
    order.confirmed_at = order.activated_at = move.now
    order.confirmed_by, order.confirmed_revision = given["name"], given["revision"]
    await order.save(using_db=move.connection)
    links = Link.filter(order_id=order.id, purpose=LinkPurpose.OFFER, ended_at__isnull=True)
    await links.using_db(move.connection).update(ended_at=move.now, end=LinkEnd.USED)


async def _create_line(move: Hand, planned: PlannedInvoice) -> None:
    order = move.order
    line = await BillableLine.create(
        using_db=move.connection,
        status=LineStatus.CONFIRMED,
        source=LineSource.PLANNED_INVOICE,
        order_id=order.id,
        planned_invoice_id=planned.id,
        member_id=order.member_id,
        customer_id=order.customer_id,
        currency=order.currency,
        payment_days=move.settings.payment_days,
        service_from=order.service_from,
        service_to=order.service_to,
        created_at=move.now,
        **{name: getattr(planned, name) for name in COPIED},
    )
    await move.record("line.arise", line.id)
    if planned.invoice_on:
        due_at = move.calendar.start_of(planned.invoice_on - COMPOSE_LEAD)
        await move.arm("invoice.compose", "line", line.id, due_at, "invoice_on")


async def _require_own_draft(move: Hand, delivery: Delivery) -> None:
    assert (delivery.status, move.order.status) == (DeliveryStatus.DRAFT, OrderStatus.ACTIVE)
    assert delivery.draft_description
    member = await Member.get(id=move.order.member_id, using_db=move.connection)
    assert member.account_id == move.account_id


async def _deliver(move: Hand, delivery: Delivery) -> datetime:
    """Turn the draft into a version and start the review; return its end."""
    delivery.status, delivery.version = DeliveryStatus.DELIVERED, delivery.version + 1
    delivery.current_number += 1
    await DeliveryVersion.create(
        using_db=move.connection,
        delivery_id=delivery.id,
        number=delivery.current_number,
        description=delivery.draft_description,
        link=delivery.draft_link,
        submitted_at=move.now,
    )
    delivery.draft_description, delivery.draft_link = "", None
    delivery.delivered_at, delivery.extensions = move.now, 0
    delivery.review_ends_at = ends_at = move.calendar.same_time_later(move.now, move.order.review_length)
    await delivery.save(using_db=move.connection)
    return ends_at


async def _review_link(move: Hand, delivery: Delivery) -> Link:
    """A new link for the contact, once earlier ones are void."""
    earlier = Link.filter(order_id=move.order.id, purpose=LinkPurpose.REVIEW, ended_at__isnull=True)
    await earlier.using_db(move.connection).update(ended_at=move.now, end=LinkEnd.SUPERSEDED)
    return await Link.create(
        using_db=move.connection,
        purpose=LinkPurpose.REVIEW,
        order_id=move.order.id,
        delivery_id=delivery.id,
        contact_id=move.order.contact_id,
        created_at=move.now,
        expires_at=move.now + LINK_LIFETIME,
    )


MOVES: Mapping[str, Callable[[Input], Awaitable[None]]] = {
    "orderComment": comment,
    "orderConfirm": confirm,
    "clientStatusShow": show,
    "deliverySubmit": submit,
}
