"""Composition of an invoice from lines, and its decomposition."""

from collections.abc import Iterator, Sequence
from typing import Any
from uuid import UUID

from tortoise.backends.base.client import BaseDBAsyncClient

from domain.billing.document_numbers import provisional_number
from domain.billing.guards.invoices import ENDING
from domain.billing.inputs import Composition
from domain.billing.items import load_lines, rewrite_items
from domain.billing.model import BillableLine, Invoice, InvoiceStatus, LineStatus
from domain.billing.totals import totals_of
from domain.engine.context import EvaluationContext
from domain.engine.transition import TransitionContext
from domain.kernel.actors import Role
from domain.kernel.errors import Refusal, Refused, guard_failed, invalid
from domain.kernel.money import vat_rate

SELECT_ORDERS = """SELECT DISTINCT order_id FROM billable_lines WHERE id = ANY($1::uuid[])
    AND order_id IS NOT NULL"""
LOCK_LINES = "SELECT id FROM billable_lines WHERE id = ANY($1::uuid[]) ORDER BY id FOR UPDATE"
SELECT_ORDER_STATUSES = "SELECT status FROM orders WHERE id = ANY($1::uuid[])"
GROUPING_FIELDS = ["member_id", "customer_id", "currency", "payment_days", "invoice_on"]


async def orders_of_lines(connection: BaseDBAsyncClient, input: Composition) -> list[UUID]:
    """The orders to lock before their lines are composed."""
    rows = await connection.execute_query_dict(SELECT_ORDERS, [list(input.line_ids)])
    return [row["order_id"] for row in rows]


async def compose(move: TransitionContext) -> Invoice:
    """Compose one invoice of confirmed lines with the same member, customer, currency, terms and invoice date."""
    lines = await _lines(move)
    await _require_groupable(move, lines)
    first: Any = lines[0]
    orders = {line.order_id for line in lines}
    invoice = Invoice(
        status=first_status(None, move.context),
        provisional_number=await provisional_number(move.connection),
        order_id=orders.pop() if len(orders) == 1 else None,
        composed_at=move.now,
        created_at=move.now,
        **{name: getattr(first, name) for name in GROUPING_FIELDS}
        | {"invoice_on": first.invoice_on or move.context.today},
    )
    invoice.ready_at = move.now if invoice.status is InvoiceStatus.READY_TO_PRINT else None
    await invoice.save(using_db=move.connection)
    await rewrite_items(move.connection, invoice, lines)
    await invoice.save(using_db=move.connection)
    await _attach(move, lines, invoice)
    move.event_body |= {"provisional_number": invoice.provisional_number, "lines": [line.id for line in lines]}
    return invoice


def first_status(invoice: Any, context: EvaluationContext) -> InvoiceStatus:
    """The first status of an invoice: with the approval workflow ready to submit, without it ready to print."""
    if context.settings.approval_workflow:
        return InvoiceStatus.READY_TO_SUBMIT
    return InvoiceStatus.READY_TO_PRINT


async def decompose(move: TransitionContext) -> None:
    """Free the lines of the invoice; from now on only finance composes them."""
    for line in await load_lines(move.connection, move.row.id):
        line.invoice_id = None
        line.composed_by_finance_only = True
        line.vat_rate = vat_rate(line.vat_category, line.invoice_on or move.context.today)
        line.version += 1
        await line.save(using_db=move.connection)


async def _lines(move: TransitionContext) -> list[BillableLine]:
    """The wanted lines, locked, oldest first."""
    line_ids = list(move.input.line_ids)
    if len(set(line_ids)) != len(line_ids):
        raise Refused(invalid("line_named_twice", "line_ids"))
    await move.connection.execute_query(LOCK_LINES, [line_ids])
    lines = await BillableLine.filter(id__in=line_ids).using_db(move.connection).order_by("id")
    known_ids = {line.id for line in lines}
    unknown = [
        invalid("line_unknown", "line_ids", str(position))
        for position, line_id in enumerate(line_ids)
        if line_id not in known_ids
    ]
    if unknown:
        raise Refused(*unknown)
    return lines


async def _require_groupable(move: TransitionContext, lines: Sequence[BillableLine]) -> None:
    found = [*_refusals(lines, move.context)]
    orders = [line.order_id for line in lines if line.order_id]
    statuses = await move.connection.execute_query_dict(SELECT_ORDER_STATUSES, [orders])
    if any(row["status"] in ENDING for row in statuses):
        found.append(guard_failed("order_is_being_canceled"))
    if found:
        raise Refused(*found)


def _refusals(lines: Sequence[BillableLine], context: EvaluationContext) -> Iterator[Refusal]:
    if any(line.status is not LineStatus.CONFIRMED for line in lines):
        yield guard_failed("line_not_confirmed")
    if any(line.invoice_id is not None for line in lines):
        yield guard_failed("line_is_on_an_invoice")
    if context.actor.role is Role.CLOCK and any(line.composed_by_finance_only for line in lines):
        yield guard_failed("line_for_finance_only")
    if totals_of(lines).gross_cents < 0:
        yield guard_failed("total_below_zero")
    for name in GROUPING_FIELDS:
        if len({getattr(line, name) for line in lines}) > 1:
            yield guard_failed(f"lines_differ_in_{name.removesuffix('_id')}")


async def _attach(move: TransitionContext, lines: Sequence[BillableLine], invoice: Invoice) -> None:
    for line in lines:
        line.invoice_id = invoice.id
        line.version += 1
        await line.save(using_db=move.connection)
