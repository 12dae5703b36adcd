"""Duplication of orders: a new draft with the same facts, without dates or with all counted from another day."""

from dataclasses import replace
from typing import Any

from domain.engine.transition import TransitionContext
from domain.kernel.actors import ActorKind
from domain.orders.effects.date_shift import DateShift
from domain.orders.effects.drafts import insert, plan_entries
from domain.orders.inputs import DraftFacts
from domain.orders.model import Assignment, Order, OrderStatus

# Dates belong to one agreement; the billing plan has rows of its own.
DAYS = ("service_from", "service_to", "offer_valid_until")
NOT_COPIED = {*DAYS, "delivery_due_at", "planned_invoices"}
DAYS_OF_INVOICE = ("invoice_on", "service_from", "service_to")
COPIED_FIELDS = [
    "member_id",
    "currency",
    "order_template_id",
    *(name for name in DraftFacts.__dataclass_fields__ if name not in NOT_COPIED),
]


async def duplicate(move: TransitionContext) -> Order:
    """A new draft with the same facts and a link back; stage, client status and agreements are not copied.

    Its dates are empty, or as far from the given first day as those of the original are from its own. An employee
    limited to assigned orders is assigned to the copy, which would be invisible to them otherwise.
    """
    source = await Order.get(id=move.facts.id, using_db=move.connection)
    shift = DateShift(source.service_from, move.input.starts_on)
    copied = {name: getattr(source, name) for name in COPIED_FIELDS} | _shifted(source, DAYS, shift)
    order = Order(duplicated_from_id=source.id, created_at=move.now, status=OrderStatus.DRAFT, **copied)
    order.delivery_due_at = shift.instant(source.delivery_due_at, move.context.calendar)
    plan = await plan_entries(move, source.id)
    copy = await insert(move, order, [replace(entry, **_shifted(entry, DAYS_OF_INVOICE, shift)) for entry in plan])
    if move.context.actor.kind is ActorKind.STAFF_ASSIGNED:
        await Assignment.create(using_db=move.connection, order_id=copy.id, account_id=move.context.actor.account_id)
    return copy


def _shifted(dated: Any, names: tuple[str, ...], shift: DateShift) -> dict[str, Any]:
    return {name: shift.day(getattr(dated, name)) for name in names}
