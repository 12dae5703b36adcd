"""Effects of a billable line's moves; the engine writes status and version."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from tortoise.backends.base.client import BaseDBAsyncClient

from domain.billing.inputs import ManualLine
from domain.billing.model import BillableLine, InvoiceItem, InvoiceStatus, LineSource, LineStatus
from domain.engine.context import EvaluationContext
from domain.engine.transition import TransitionContext
from domain.kernel.amendments import given_values
from domain.kernel.amount_input import net_of, price_cents_of, valid_quantity
from domain.kernel.errors import Refused, guard_failed, invalid
from domain.kernel.money import vat_rate
from domain.orders.model import OrderStatus
from domain.orders.scope import NOT_DELETED, WAS_SUBMITTED

KNOWN = f"{NOT_DELETED} AND {WAS_SUBMITTED}".replace("{t}", "o")
SELECT_ORDER = f"""SELECT o.id, o.status FROM orders o
    WHERE {KNOWN} AND o.member_id = $1 AND o.customer_id = $2 AND ($3::uuid IS NULL OR o.id = $3) AND ($4::uuid IS NULL
        OR EXISTS (SELECT 1 FROM deliveries d WHERE d.id = $4 AND d.order_id = o.id))"""
BILLABLE = frozenset({OrderStatus.ACTIVE, OrderStatus.COMPLETED})
SELECT_PARTIES = """SELECT EXISTS (SELECT 1 FROM members WHERE id = $1) AS member,
    EXISTS (SELECT 1 FROM customers WHERE id = $2) AS customer"""
# States of a supplement, which belongs to a noun above this one, and the inputs that set what it fixes.
AGREED_OR_ASKED = ("OPEN", "CONFIRMED")
AGREED_TERMS = {
    "text": "text",
    "quantity": "quantity",
    "unit_price_cents": "unit_price",
    "vat_category": "vat_category",
}
COPIED_FIELDS = ["text", "quantity", "unit_price_cents", "vat_category", "vat_rate", "net_cents", "invoice_on"]


def first_status(context: EvaluationContext, *, is_approved: bool) -> LineStatus:
    """The first status of a line: where invoices are approved, it waits unless it was approved with its order."""
    waits = context.settings.approval_workflow and not is_approved
    return LineStatus.ON_HOLD if waits else LineStatus.CONFIRMED


def create_from_plan(move: TransitionContext) -> BillableLine:
    """A line of a planned invoice whose order has become active."""
    is_approved = move.input.planned_invoice.net_cents >= 0
    return _insert_planned(move, first_status(move.context, is_approved=is_approved))


def create_invoiced(move: TransitionContext) -> BillableLine:
    """A canceled line, so that a planned invoice that was issued elsewhere is settled; the event names its number."""
    move.event_body["message"] = move.input.number
    return _insert_planned(move, LineStatus.CANCELED)


def _insert_planned(move: TransitionContext, status: LineStatus) -> BillableLine:
    order, planned = move.input.order, move.input.planned_invoice
    line = BillableLine(
        status=status,
        source=LineSource.PLANNED_INVOICE,
        order_id=order.id,
        planned_invoice_id=planned.id,
        member_id=order.member_id,
        customer_id=order.customer_id,
        currency=order.currency,
        payment_days=move.context.settings.payment_days,
        service_from=planned.service_from or order.service_from,
        service_to=planned.service_to or order.service_to,
        created_at=move.now,
        **{name: getattr(planned, name) for name in COPIED_FIELDS},
    )
    move.insert(line)
    return line


async def create_manual(move: TransitionContext) -> BillableLine:
    """A line that finance enters; with a date it is composed like a planned one, without one by finance."""
    entered: ManualLine = move.input
    await _require_existing(move, entered)
    orders = await orders_in_input(move.connection, entered)
    quantity, price = valid_quantity(entered.quantity, "quantity"), price_cents_of(entered.unit_price, "unit_price")
    net = net_of(quantity, price, "quantity")
    category = move.context.settings.vat_category(entered.vat_category)
    return await BillableLine.create(
        using_db=move.connection,
        status=first_status(move.context, is_approved=False),
        source=LineSource.DELIVERY if entered.delivery_id else LineSource.MANUAL,
        order_id=orders[0] if orders else None,
        delivery_id=entered.delivery_id,
        member_id=entered.member_id,
        customer_id=entered.customer_id,
        currency=entered.currency,
        payment_days=move.context.settings.payment_days,
        invoice_on=entered.invoice_on,
        service_from=entered.service_from,
        service_to=entered.service_to,
        text=entered.text.strip(),
        quantity=quantity,
        unit_price_cents=price,
        vat_category=category,
        vat_rate=vat_rate(category, entered.invoice_on or move.context.today),
        net_cents=net,
        entered_by_id=move.context.actor.account_id,
        created_at=move.now,
    )


async def create_from_reversal(move: TransitionContext) -> BillableLine:
    """A line of the amount that a cancellation invoice took back, to be corrected and invoiced again."""
    item: Any = await InvoiceItem.get(id=move.input.item_id, using_db=move.connection)
    line: Any = await BillableLine.get(id=item.line_id, using_db=move.connection)
    is_whole = move.input.net_cents == item.net_cents
    category = move.context.settings.vat_category(item.vat_category)
    return await BillableLine.create(
        using_db=move.connection,
        status=LineStatus.ON_HOLD,
        source=LineSource.REBILLING,
        order_id=line.order_id,
        member_id=line.member_id,
        customer_id=line.customer_id,
        currency=line.currency,
        payment_days=line.payment_days,
        invoice_on=move.context.today,
        service_from=item.service_from,
        service_to=item.service_to,
        text=item.text,
        quantity=item.quantity if is_whole else 1,
        unit_price_cents=item.unit_price_cents if is_whole else Decimal(move.input.net_cents),
        vat_category=category,
        vat_rate=vat_rate(category, move.context.today),
        net_cents=move.input.net_cents,
        composed_by_finance_only=True,
        created_at=move.now,
    )


def amend(move: TransitionContext) -> None:
    """Apply the given changes and compute the sums again; the event records each value before and after."""
    line, given = move.row, given_values(move.input)
    line.entered_by_id = move.context.actor.account_id
    before = {name: getattr(line, name) for name in COPIED_FIELDS}
    if "quantity" in given:
        line.quantity = valid_quantity(given["quantity"], "quantity")
    if "unit_price" in given:
        line.unit_price_cents = price_cents_of(given["unit_price"], "unit_price")
    line.text = given.get("text", line.text).strip()
    line.vat_category = move.context.settings.vat_category(given.get("vat_category", line.vat_category))
    line.net_cents = net_of(line.quantity, line.unit_price_cents, "quantity")
    _date(line, given.get("invoice_on", line.invoice_on), move.context)
    after = {name: getattr(line, name) for name in COPIED_FIELDS}
    changes = {name: [before[name], after[name]] for name in COPIED_FIELDS if before[name] != after[name]}
    _require_agreed_terms(move, changes)
    move.event_body["changes"] = changes


def _require_agreed_terms(move: TransitionContext, changes: Mapping[str, object]) -> None:
    """What the customer was asked about stays as they read it; only its date may change."""
    if move.facts.supplement_status in AGREED_OR_ASKED:
        for name in AGREED_TERMS.keys() & changes.keys():
            raise Refused(invalid("supplement_fixes_terms", AGREED_TERMS[name]))


def date_on_acceptance(move: TransitionContext) -> None:
    """Date the line that waited for the acceptance."""
    _date(move.row, move.input.accepted_on, move.context)
    move.event_body["invoice_on"] = move.input.accepted_on


async def detach_from_canceled(move: TransitionContext) -> None:
    """Detach a restored line from its canceled invoice, so that it may be composed again."""
    line = await BillableLine.get(id=move.row.id, using_db=move.connection).prefetch_related("invoice")
    if line.invoice is not None and line.invoice.status is InvoiceStatus.CANCELED:
        move.row.invoice_id = None


def _date(line: Any, invoice_on: date | None, context: EvaluationContext) -> None:
    line.invoice_on = invoice_on
    line.vat_rate = vat_rate(line.vat_category, invoice_on or context.today)


async def orders_in_input(connection: BaseDBAsyncClient, entered: ManualLine) -> list[UUID]:
    """The order that an entered line belongs to, to lock it first; none for a line without order and delivery.

    Refused when there is no such order of this member and customer, or when it cannot be invoiced in its state.
    """
    if entered.order_id is None and entered.delivery_id is None:
        return []
    values = [entered.member_id, entered.customer_id, entered.order_id, entered.delivery_id]
    rows = await connection.execute_query_dict(SELECT_ORDER, values)
    if not rows:
        raise Refused(invalid("order_of_line_unknown", "order_id" if entered.order_id else "delivery_id"))
    if rows[0]["status"] not in BILLABLE:
        raise Refused(guard_failed("order_not_active"))
    return [rows[0]["id"]]


async def _require_existing(move: TransitionContext, line: ManualLine) -> None:
    (found,) = await move.connection.execute_query_dict(SELECT_PARTIES, [line.member_id, line.customer_id])
    if not found["member"]:
        raise Refused(invalid("member_unknown", "member_id"))
    if not found["customer"]:
        raise Refused(invalid("customer_unknown", "customer_id"))
