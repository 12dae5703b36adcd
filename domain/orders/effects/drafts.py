"""Drafts: creation and amendment of orders, and the billing plan with its sums."""

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from typing import Any
from uuid import UUID

from tortoise.backends.base.client import BaseDBAsyncClient

from domain.engine.context import EvaluationContext
from domain.engine.transition import TransitionContext
from domain.kernel.actors import Actor, Role
from domain.kernel.amendments import given_values
from domain.kernel.amount_input import net_of, price_cents_of, valid_quantity
from domain.kernel.errors import Refused, invalid
from domain.kernel.money import budget_inflow_cents, vat_cents, vat_rate
from domain.orders.effects.evidence import attach_entry
from domain.orders.inputs import Draft, PlannedInvoiceEntry
from domain.orders.model import CompletionRule, Order, OrderStatus, PlannedInvoice
from domain.orders.repetition import expand, is_repeated, require_whole_period

NEXT_NUMBER = """UPDATE members SET last_order_number = last_order_number + 1 WHERE id = $1
    RETURNING number, last_order_number"""
SELECT_COLLABORATION = "SELECT 1 FROM collaborations WHERE member_id = $1 AND customer_id = $2"
SELECT_CONTACT = "SELECT 1 FROM contacts WHERE id = $1 AND customer_id = $2 AND status = 'KNOWN'"
# A customer that was merged leads to the one it was merged into.
SELECT_CURRENT = "SELECT coalesce(merged_into_id, id) AS id FROM customers WHERE id = $1"
SELECT_LANGUAGE = """SELECT k.language FROM customers c JOIN contacts k ON k.id = c.default_contact_id
    WHERE c.id = $1"""
BILLING_PLAN = "planned_invoices"
# Entries with rows of their own.
NO_COLUMNS = {BILLING_PLAN, "evidence"}


async def create(move: TransitionContext) -> Order:
    """A new draft of the acting member, with what proves that its customer has agreed."""
    order = await create_draft(move, move.input)
    for row, entry in enumerate(move.input.evidence):
        await attach_entry(move, order.id, entry, "evidence", str(row))
    return order


async def create_draft(move: TransitionContext, draft: Draft, *, order_template_id: UUID | None = None) -> Order:
    """A new order of the acting member with its number, and its billing plan."""
    member_id = _acting_member(move.context.actor)
    order = Order(
        member_id=member_id, created_at=move.now, status=OrderStatus.DRAFT, order_template_id=order_template_id
    )
    await _set_facts(move, order, given_values(draft))
    return await insert(move, order, draft.planned_invoices)


async def amend(move: TransitionContext) -> None:
    """Change the given facts of the draft; a given billing plan replaces the present one."""
    values = given_values(move.input)
    await _set_facts(move, move.row, values)
    entries = values.get(BILLING_PLAN)
    if entries is None and "completion_rule" in values:
        # The rule decides whether planned invoices have a date.
        entries = await plan_entries(move, move.row.id)
    if entries is not None:
        await PlannedInvoice.filter(order_id=move.row.id).using_db(move.connection).delete()
        await _write_billing_plan(move, move.row, entries)


def _acting_member(actor: Actor) -> UUID:
    if actor.role is not Role.MEMBER or actor.member_id is None:
        raise Refused(invalid("account_is_no_member"))
    return actor.member_id


async def insert(move: TransitionContext, order: Order, entries: Sequence[PlannedInvoiceEntry]) -> Order:
    """Write a new order of a member with the next of its numbers, and its billing plan."""
    order.number = await _next_number(move, order.member_id)
    order.created_by_id = move.context.actor.account_id
    await order.save(using_db=move.connection)
    await _write_billing_plan(move, order, entries)
    await order.save(using_db=move.connection)
    return order


async def _next_number(move: TransitionContext, member_id: UUID) -> str:
    (row,) = await move.connection.execute_query_dict(NEXT_NUMBER, [member_id])
    return f"{move.context.settings.order_prefix}-{row['number']:05}-{row['last_order_number']:04}"


async def _set_facts(move: TransitionContext, order: Order, values: Mapping[str, Any]) -> None:
    """Set the given facts of an order, except those with rows of their own."""
    for name, value in values.items():
        if name not in NO_COLUMNS:
            setattr(order, name, value)
    order.project = order.project.strip()
    order.tags = [*dict.fromkeys(tag.strip() for tag in order.tags if tag.strip())]
    if not values.keys().isdisjoint({"customer_id", "contact_id"}):
        await _require_own_customer(move.connection, order)


async def _require_own_customer(connection: BaseDBAsyncClient, order: Order) -> None:
    """Refuse customers and contacts that the member does not work with; they look like absent ones."""
    if order.customer_id is None:
        if order.contact_id is not None:
            raise Refused(invalid("contact_without_customer", "contact_id"))
        return
    found = await connection.execute_query_dict(SELECT_CURRENT, [order.customer_id])
    order.customer_id = found[0]["id"] if found else order.customer_id
    if not await connection.execute_query_dict(SELECT_COLLABORATION, [order.member_id, order.customer_id]):
        raise Refused(invalid("customer_unknown", "customer_id"))
    values = [order.contact_id, order.customer_id]
    if order.contact_id and not await connection.execute_query_dict(SELECT_CONTACT, values):
        raise Refused(invalid("contact_unknown", "contact_id"))


async def _write_billing_plan(move: TransitionContext, order: Order, entries: Iterable[PlannedInvoiceEntry]) -> None:
    """Write the billing plan and the order's sums."""
    plan = await _expanded(move, order, [*entries])
    rows = [planned_invoice(move.context, order, entry, position) for position, entry in enumerate(plan, start=1)]
    await PlannedInvoice.bulk_create(rows, using_db=move.connection)
    set_sums(order, rows, move.context.settings.fee_percent)


def set_sums(order: Order, rows: Sequence[PlannedInvoice], fee_percent: Decimal) -> None:
    """The order's sums in cents: net, VAT per invoice, budget inflow per invoice."""
    order.net_cents = sum(row.net_cents for row in rows)
    order.vat_cents = sum(row.vat_cents for row in rows)
    order.budget_inflow_cents = budget_inflow_cents([row.net_cents for row in rows], fee_percent)


async def _expanded(
    move: TransitionContext, order: Order, entries: Sequence[PlannedInvoiceEntry]
) -> Sequence[PlannedInvoiceEntry]:
    """The plan with a row for each invoice of a repeated entry, in the language of the customer's invoices."""
    repeated = [position for position, entry in enumerate(entries) if is_repeated(entry)]
    if not repeated:
        return entries
    if order.completion_rule == CompletionRule.ON_ACCEPTANCE:
        raise Refused(invalid("repetition_on_acceptance", BILLING_PLAN, str(repeated[0]), "repeats"))
    rows = await move.connection.execute_query_dict(SELECT_LANGUAGE, [order.customer_id])
    language = rows[0]["language"] if rows else move.context.settings.language
    return expand(entries, language, (order.service_from, order.service_to))


def planned_invoice(
    context: EvaluationContext, order: Order, entry: PlannedInvoiceEntry, position: int
) -> PlannedInvoice:
    """The row of one entry of a billing plan, not yet written; `Refused` for amounts beyond all measure."""
    path = ("planned_invoices", str(position - 1))
    unit_price_cents = price_cents_of(entry.unit_price, *path, "unit_price")
    quantity = valid_quantity(entry.quantity, *path, "quantity")
    net = net_of(quantity, unit_price_cents, *path, "quantity")
    require_whole_period(entry, path)
    category = context.settings.vat_category(entry.vat_category)
    rate = vat_rate(category, entry.invoice_on or context.today)
    return PlannedInvoice(
        order_id=order.id,
        position=position,
        invoice_on=entry.invoice_on if order.completion_rule != CompletionRule.ON_ACCEPTANCE else None,
        service_from=entry.service_from,
        service_to=entry.service_to,
        text=entry.text.strip(),
        quantity=quantity,
        unit_price_cents=unit_price_cents,
        vat_category=category,
        vat_rate=rate,
        net_cents=net,
        vat_cents=vat_cents(net, rate),
    )


async def plan_entries(move: TransitionContext, order_id: UUID) -> list[PlannedInvoiceEntry]:
    """The billing plan of an order as it would be entered anew."""
    rows = await PlannedInvoice.filter(order_id=order_id).using_db(move.connection).order_by("position")
    return [_entry_of(row) for row in rows]


def _entry_of(entry: PlannedInvoice) -> PlannedInvoiceEntry:
    return PlannedInvoiceEntry(
        invoice_on=entry.invoice_on,
        service_from=entry.service_from,
        service_to=entry.service_to,
        text=entry.text,
        quantity=entry.quantity,
        unit_price=entry.unit_price_cents / 100,
        vat_category=entry.vat_category,
    )
