"""Effects around further invoices that members propose; what finance decides about one is told to its member."""

from typing import Any

from domain.billing.inputs import ProposedInvoice
from domain.billing.model import BillableLine, LineSource, LineStatus
from domain.engine.transition import TransitionContext
from domain.kernel.actors import Role
from domain.kernel.amount_input import net_of, price_cents_of, valid_quantity
from domain.kernel.money import vat_rate
from domain.orders.model import Order


async def create_proposal(move: TransitionContext) -> BillableLine:
    """A further invoice of a running order, for its service period; it waits until finance confirms it."""
    proposed: ProposedInvoice = move.input
    order: Any = await Order.get(id=move.facts.id, using_db=move.connection)
    quantity, price = valid_quantity(proposed.quantity, "quantity"), price_cents_of(proposed.unit_price, "unit_price")
    category = move.context.settings.vat_category(proposed.vat_category)
    line = BillableLine(
        status=LineStatus.ON_HOLD,
        source=LineSource.PROPOSAL,
        order_id=order.id,
        member_id=order.member_id,
        customer_id=order.customer_id,
        currency=order.currency,
        payment_days=move.context.settings.payment_days,
        invoice_on=proposed.invoice_on,
        service_from=order.service_from,
        service_to=order.service_to,
        text=proposed.text.strip(),
        quantity=quantity,
        unit_price_cents=price,
        vat_category=category,
        vat_rate=vat_rate(category, proposed.invoice_on),
        net_cents=net_of(quantity, price, "quantity"),
        entered_by_id=move.context.actor.account_id,
        created_at=move.now,
    )
    move.insert(line)
    move.event_body |= {"text": line.text, "net_cents": line.net_cents, "invoice_on": line.invoice_on}
    return line


def confirm(move: TransitionContext) -> None:
    _tell_proposer_only(move)


def cancel(move: TransitionContext) -> None:
    """Record the reason, which the member reads of a proposed invoice."""
    if move.input and move.input.reason:
        move.event_body["reason"] = move.input.reason.strip()
    _tell_proposer_only(move)


def _tell_proposer_only(move: TransitionContext) -> None:
    """The member is told what finance decides about a proposal, and of no other line."""
    if not move.facts.is_proposal or move.context.actor.role is Role.CLOCK:
        move.notifies = frozenset()
