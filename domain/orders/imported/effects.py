"""Effects of the import of orders: their rows, the frozen offers, and new links to offers that wait."""

from collections.abc import Sequence
from typing import Any

from domain.access.mailed_links import issue_link
from domain.access.model import LinkPurpose
from domain.database.pending_writes import WriteStatement
from domain.engine.transition import TransitionContext
from domain.kernel.actors import Role
from domain.orders.effects.drafts import planned_invoice, set_sums
from domain.orders.imported.facts import start_of
from domain.orders.imported.inputs import ImportedOrder
from domain.orders.imported.validators import AGREED, SUBMITTED, running_number
from domain.orders.inputs import DraftFacts
from domain.orders.model import OfferRevision, Order, OrderStatus
from domain.orders.offer_content import made_to, offer_contents
from domain.outbox.messages import NewMessage, enqueue

FIRST_REVISION = 1
NOT_COPIED = {"planned_invoices", "tags"}
COPIED = tuple(name for name in DraftFacts.__dataclass_fields__ if name not in NOT_COPIED)
OFFER_MESSAGE = "order.approve"
COLLABORATIONS = WriteStatement(
    name="imported_collaborations",
    columns="member_id uuid, customer_id uuid",
    statement="""INSERT INTO collaborations (id, member_id, customer_id)
        SELECT uuidv7(), each.member_id, each.customer_id
        FROM (SELECT DISTINCT new.member_id, new.customer_id FROM {rows} AS new) AS each
        ON CONFLICT (member_id, customer_id) DO NOTHING""",
)
SERIES = WriteStatement(
    name="imported_series",
    columns="member_id uuid, running int",
    statement="""UPDATE members known SET last_order_number = greatest(known.last_order_number, new.running)
        FROM (SELECT each.member_id, max(each.running) AS running FROM {rows} AS each GROUP BY each.member_id) AS new
        WHERE known.id = new.member_id""",
)


def insert(move: TransitionContext) -> Order:
    """Write the order with its billing plan; its member works with its customer, and the series goes on after it."""
    entry: ImportedOrder = move.input
    order = Order(id=entry.facts.id, status=entry.status, number=entry.number.strip(), member_id=entry.member_id)
    for name in COPIED:
        setattr(order, name, getattr(entry, name))
    order.tags = [*dict.fromkeys(entry.tags)]
    _set_course(move, order, entry)
    rows = [
        planned_invoice(move.context, order, each, position)
        for position, each in enumerate(entry.planned_invoices, start=1)
    ]
    set_sums(order, rows, move.context.settings.fee_percent if order.fee_percent is None else order.fee_percent)
    for row in (order, *rows):
        move.insert(row)
    _write_about_parties(move, order)
    return order


def _set_course(move: TransitionContext, order: Order, entry: ImportedOrder) -> None:
    """The instants of the order's life, the start of each day, and the revision that was agreed."""
    context = move.context
    began = entry.created_on or entry.submitted_on or entry.activated_on
    order.created_at = start_of(began, context) or move.now
    if order.status not in SUBMITTED:
        order.created_by_id = move.work.actor.account_id
        return
    order.fee_percent = context.settings.fee_percent if entry.fee_percent is None else entry.fee_percent
    order.offer_revision = FIRST_REVISION
    order.submitted_at, order.offered_at = start_of(entry.submitted_on, context), start_of(entry.offered_on, context)
    if order.status is OrderStatus.AWAITING_CUSTOMER:
        move.event_body |= made_to(order)
    if order.status in AGREED:
        order.activated_at = start_of(entry.activated_on, context)
        order.completed_at = start_of(entry.completed_on, context)
        if not entry.skip_confirmation:
            order.confirmed_at, order.confirmed_revision = order.activated_at, FIRST_REVISION
            order.confirmed_by = (entry.confirmed_by or "").strip()


def _write_about_parties(move: TransitionContext, order: Order) -> None:
    if order.customer_id:
        move.work.writes.add(COLLABORATIONS, {"member_id": order.member_id, "customer_id": order.customer_id})
    running = running_number(order.number, move.context.settings.order_prefix)
    if running:
        move.work.writes.add(SERIES, {"member_id": order.member_id, "running": running})


async def freeze_offers(moves: Sequence[TransitionContext]) -> None:
    """Store the offers of all that were submitted, as they stand, as their first revision."""
    submitted = [move for move in moves if move.row.status in SUBMITTED]
    contents = await offer_contents(moves[0].connection, [move.row.id for move in submitted])
    for move in submitted:
        content: Any = contents[move.row.id]
        move.insert(
            OfferRevision(
                order_id=move.row.id, revision=FIRST_REVISION, content=content, created_at=move.row.submitted_at
            )
        )


async def mail_offers(moves: Sequence[TransitionContext]) -> None:
    """Mail a link to every offer that waits for its customer, because that of the other system leads nowhere."""
    waiting = [move for move in moves if move.row.status is OrderStatus.AWAITING_CUSTOMER]
    await moves[0].work.writes.flush()
    links = {
        move.row.id: await issue_link(move.work.writes, purpose=LinkPurpose.OFFER, order_id=move.row.id)
        for move in waiting
    }
    for move in waiting:
        message = NewMessage(
            name=OFFER_MESSAGE,
            recipients={Role.CUSTOMER},
            subject_kind="order",
            subject_id=move.row.id,
            order_id=move.row.id,
            event_id=move.event_id,
            link_id=links[move.row.id],
        )
        enqueue(move.work.writes, message)
