"""Composition of invoices from lines, and their decomposition, any number of invoices with the same statements."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from tortoise.backends.base.client import BaseDBAsyncClient

from domain.billing.document_numbers import provisional_numbers
from domain.billing.guards.invoices import ENDING
from domain.billing.inputs import Composition, ForeseenComposition
from domain.billing.items import items_from, load_lines_of, set_sums
from domain.billing.model import BillableLine, Invoice, InvoiceStatus, LineStatus
from domain.billing.totals import totals_of
from domain.database import row_writes
from domain.engine.context import EvaluationContext
from domain.engine.transition import TransitionContext
from domain.kernel.actors import Role
from domain.kernel.errors import Refusal, Refused, guard_failed, invalid
from domain.kernel.ids import new_id
from domain.kernel.money import vat_rate

SELECT_ORDERS = """SELECT DISTINCT order_id FROM billable_lines WHERE id = ANY($1::uuid[])
    AND order_id IS NOT NULL"""
WANTED_LINES = "t.id = ANY($1::uuid[]) ORDER BY t.id FOR UPDATE"
SELECT_ENDING_ORDERS = "SELECT id FROM orders WHERE id = ANY($1::uuid[]) AND status = ANY($2::text[])"
GROUPING_FIELDS = ["member_id", "customer_id", "currency", "payment_days", "invoice_on"]


@dataclass(frozen=True, kw_only=True)
class WantedLines:
    """Locked lines by id, and those of their orders that are being canceled."""

    lines: Mapping[UUID, BillableLine]
    ending_orders: frozenset[UUID]

    def of(self, line_ids: Sequence[UUID]) -> list[BillableLine]:
        """Those of the lines that exist, oldest first."""
        return [self.lines[line_id] for line_id in sorted(line_ids) if line_id in self.lines]


async def orders_of_lines(connection: BaseDBAsyncClient, input: Composition) -> list[UUID]:
    """The orders to lock before their lines are composed."""
    rows = await connection.execute_query_dict(SELECT_ORDERS, [list(input.line_ids)])
    return [row["order_id"] for row in rows]


async def lock_lines(connection: BaseDBAsyncClient, line_ids: Sequence[UUID]) -> WantedLines:
    """Lock lines, ascending, and read them; the caller holds the locks of their orders."""
    lines = await row_writes.load_rows(connection, BillableLine, WANTED_LINES, list(line_ids))
    orders = [line.order_id for line in lines if line.order_id]
    ending = await connection.execute_query_dict(SELECT_ENDING_ORDERS, [orders, sorted(ENDING)]) if orders else []
    return WantedLines(lines={line.id: line for line in lines}, ending_orders=frozenset(row["id"] for row in ending))


async def compose(moves: Sequence[TransitionContext]) -> None:
    """Compose an invoice of each move's lines: confirmed ones with the same member, customer, terms and date."""
    connection, context = moves[0].connection, moves[0].context
    wanted = await lock_lines(connection, [line_id for move in moves for line_id in move.input.line_ids])
    for move in moves:
        found = composition_refusals(wanted, move.input.line_ids, context)
        if found:
            raise Refused(*found)
    numbers = await provisional_numbers(connection, len(moves))
    for move, number in zip(moves, numbers, strict=True):
        await _compose(move, wanted.of(move.input.line_ids), number)
    # The readers of the messages that follow are found through the invoices.
    await moves[0].work.writes.flush()


def first_status(invoice: Any, context: EvaluationContext) -> InvoiceStatus:
    """The first status of an invoice: with the approval workflow ready to submit, without it ready to print."""
    if context.settings.approval_workflow:
        return InvoiceStatus.READY_TO_SUBMIT
    return InvoiceStatus.READY_TO_PRINT


def composition_refusals(wanted: WantedLines, line_ids: Sequence[UUID], context: EvaluationContext) -> list[Refusal]:
    """Why these lines do not become one invoice; nothing when they do."""
    if any(count > 1 for count in Counter(line_ids).values()):
        return [invalid("line_named_twice", "line_ids")]
    unknown = [
        invalid("line_unknown", "line_ids", str(position))
        for position, line_id in enumerate(line_ids)
        if line_id not in wanted.lines
    ]
    return unknown or [*_refusals(wanted.of(line_ids), wanted.ending_orders, context)]


async def decompose(moves: Sequence[TransitionContext]) -> None:
    """Free the lines of the invoices; from now on only finance composes them."""
    for line in await load_lines_of(moves[0].connection, [move.row.id for move in moves]):
        line.invoice_id = None
        line.composed_by_finance_only = True
        line.vat_rate = vat_rate(line.vat_category, line.invoice_on or moves[0].context.today)
        line.version += 1
        await row_writes.update(moves[0].work.writes, line)


def _refusals(
    lines: Sequence[BillableLine], ending_orders: frozenset[UUID], context: EvaluationContext
) -> Iterator[Refusal]:
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
    if any(line.order_id in ending_orders for line in lines):
        yield guard_failed("order_is_being_canceled")


async def _compose(move: TransitionContext, lines: Sequence[BillableLine], number: str) -> None:
    """Collect the invoice, its items, and the lines that now belong to it."""
    first: Any = lines[0]
    orders = {line.order_id for line in lines}
    status = first_status(None, move.context)
    invoice = Invoice(
        id=move.input.invoice_id if isinstance(move.input, ForeseenComposition) else new_id(),
        status=status,
        provisional_number=number,
        order_id=orders.pop() if len(orders) == 1 else None,
        composed_at=move.now,
        created_at=move.now,
        ready_at=move.now if status is InvoiceStatus.READY_TO_PRINT else None,
        **{name: getattr(first, name) for name in GROUPING_FIELDS}
        | {"invoice_on": first.invoice_on or move.context.today},
    )
    items = items_from(lines, invoice)
    set_sums(invoice, items)
    for row in (invoice, *items):
        move.insert(row)
    for line in lines:
        line.invoice_id = invoice.id
        line.version += 1
        await row_writes.update(move.work.writes, line)
    move.row = invoice
    move.event_body |= {"provisional_number": number, "lines": [line.id for line in lines]}
