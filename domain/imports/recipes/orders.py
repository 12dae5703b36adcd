"""Files of orders: one row for each planned invoice; the rows of an order follow each other and share its number."""

import asyncio
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from tortoise.backends.base.client import BaseDBAsyncClient

from domain.engine.context import EvaluationContext
from domain.imports import readers
from domain.imports.columns import Column, columns_of
from domain.imports.faults import fault, located
from domain.imports.recipe import Entry, Reading, ReadRow, Recipe
from domain.imports.recipes.parties_of_orders import PartiesOfOrders, read_parties
from domain.kernel.errors import Refusal, Refused
from domain.orders.effects.drafts import planned_invoice
from domain.orders.imported.facts import imported_facts
from domain.orders.imported.inputs import ImportedInvoiceEntry, ImportedOrder, OrderRecord
from domain.orders.imported.validators import IMPORTABLE
from domain.orders.model import Order, OrderStatus, PlannedInvoice

STATUSES = tuple(str(status) for status in OrderStatus if status in IMPORTABLE)
FACTS = tuple(
    replace(column, choices=STATUSES) if column.name == "status" else column
    for column in columns_of(OrderRecord, without={"planned_invoices"})
)
PARTIES = (
    Column(name="customer_vat_id", read=readers.text),
    Column(name="customer_name", read=readers.text),
    Column(name="customer_postcode", read=readers.text),
    Column(name="contact_email", read=readers.text),
)
REPEATED = {"repeats", "repeat_months", "repeat_count", "repeat_until", "service_from", "service_to"}
PLAN = tuple(replace(column, required=False) for column in columns_of(ImportedInvoiceEntry, without=REPEATED))
# The numbers of orders are given under the lock of their member.
LOCK_SERIES = "SELECT m.id FROM members m ORDER BY m.id FOR UPDATE"
SELECT_TAKEN = "SELECT o.number FROM orders o WHERE o.number = ANY($1::text[])"


async def compose(connection: BaseDBAsyncClient, rows: Sequence[ReadRow], context: EvaluationContext) -> Reading:
    """An order for each number; one that is taken, or whose rows do not follow each other, is a fault."""
    parties = await read_parties(connection, rows)
    numbers = sorted({row.values["number"] for row in rows})
    taken = {row["number"] for row in await connection.execute_query_dict(SELECT_TAKEN, [numbers])}
    return await asyncio.to_thread(_compose, rows, parties, taken, context)


def _compose(
    rows: Sequence[ReadRow], parties: PartiesOfOrders, taken: Collection[str], context: EvaluationContext
) -> Reading:
    reading, lines = Reading(), dict[str, int]()
    for number, group in groupby(rows, key=lambda row: str(row.values["number"])):
        of_order = _RowsOfOrder(rows=tuple(group), context=context)
        if number in taken:
            reading.faults.append(fault(of_order.line, "number", "import_order_exists", number=number))
        elif number in lines:
            reading.faults.append(fault(of_order.line, "number", "import_repeated", line=str(lines[number])))
        lines.setdefault(number, of_order.line)
        of_order.add_to(reading, parties)
    return reading


@dataclass(frozen=True, kw_only=True)
class _RowsOfOrder:
    """The rows of one order."""

    rows: Sequence[ReadRow]
    context: EvaluationContext

    @property
    def line(self) -> int:
        return self.rows[0].line

    def add_to(self, reading: Reading, parties: PartiesOfOrders) -> None:
        """Add the order, unless its parties are not known or its amounts cannot be."""
        known, faults = parties.of(self.rows[0])
        plan, faults_of_plan = self._plan()
        if known is None or faults or faults_of_plan:
            reading.faults += [*faults, *faults_of_plan]
            return
        record = OrderRecord(
            **self.rows[0].fields(FACTS),
            member_id=known.member_id,
            customer_id=known.customer_id,
            contact_id=known.contact_id,
            planned_invoices=tuple(entry for _, entry in plan),
        )
        planned, faults = self._planned_invoices(record, [line for line, _ in plan])
        reading.faults += faults
        if not faults:
            facts = imported_facts(record, known, planned, self.context)
            entry = ImportedOrder(**vars(record), facts=facts)
            reading.entries.append(Entry(lines=[line for line, _ in plan] or [self.line], input=entry))

    def _plan(self) -> tuple[list[tuple[int, ImportedInvoiceEntry]], list[Refusal]]:
        """The entries of the billing plan with their lines. A row without any of its values plans nothing."""
        plan, faults = [], []
        for row in self.rows:
            missing = [name for name in ("text", "unit_price") if row.values[name] in (None, "")]
            if len(missing) == 2 and not row.given & PLAN_NAMES:
                continue
            faults += [fault(row.line, name, "import_cell_empty") for name in missing]
            if not missing:
                plan.append((row.line, ImportedInvoiceEntry(**row.fields(PLAN))))
        return plan, faults

    def _planned_invoices(self, entry: OrderRecord, lines: Sequence[int]) -> tuple[list[PlannedInvoice], list[Refusal]]:
        order, planned, faults = Order(completion_rule=entry.completion_rule), list[PlannedInvoice](), list[Refusal]()
        for position, (line, each) in enumerate(zip(lines, entry.planned_invoices, strict=True), start=1):
            try:
                planned.append(planned_invoice(self.context, order, each, position))
            except Refused as refused:
                faults += [located(refusal, line, refusal.path[-1]) for refusal in refused.refusals]
        return planned, faults


PLAN_NAMES = frozenset(column.name for column in PLAN)
RECIPE = Recipe(
    noun="order",
    columns=(*FACTS, *PARTIES, *PLAN),
    compose=compose,
    lock=LOCK_SERIES,
    column_names={"customer_id": "customer_name", "contact_id": "contact_email"},
    shared_by="number",
    shared=frozenset(column.name for column in (*FACTS, *PARTIES)),
)
