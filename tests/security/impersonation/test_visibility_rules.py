"""Visibility rules: one is named exactly where the customer does not see something, for every combination."""

import json
from itertools import cycle, product
from typing import Any
from uuid import UUID

import pytest
from tortoise import connections

from domain import hidden_reasons
from domain.access.scoped_table import ScopedTable
from domain.billing.model import InvoiceStatus
from domain.billing.scope import INVOICES_SCOPE
from domain.client_status.scope import CLIENT_STATUSES_SCOPE
from domain.deliveries.model import DeliveryStatus
from domain.deliveries.scope import DELIVERIES_SCOPE
from domain.kernel.ids import new_id
from domain.operator.model import CustomerAccess, OperatorSettings
from domain.orders.model import Order, OrderStatus, RejectionCause
from domain.orders.scope import ORDERS_SCOPE
from tests.makers.billing import an_invoice, the_operator
from tests.makers.client_status import a_client_status
from tests.makers.deliveries import a_delivery
from tests.makers.orders import Case, an_order
from tests.support.people import FAR

pytestmark = pytest.mark.database
STANDS: list[Any] = [(status, None) for status in OrderStatus if status is not OrderStatus.REJECTED]
STANDS += [(OrderStatus.REJECTED, cause) for cause in RejectionCause]
DELIVERIES = list(product(DeliveryStatus, (0, 1)))
NOT_ISSUED = (InvoiceStatus.READY_TO_SUBMIT, InvoiceStatus.READY_TO_PRINT, InvoiceStatus.CANCELED)
ACCESSES = (None, *CustomerAccess)
COPY = """INSERT INTO {table} SELECT (jsonb_populate_record(t, each.value)).*
    FROM {table} t, jsonb_array_elements($2::text::jsonb) each WHERE t.id = $1"""
DISAGREEING = """SELECT t.id, ({scope}) AS seen, {rule} AS rule FROM {table} t
    WHERE coalesce({scope}, FALSE) <> (({rule}) IS NULL)"""
RULES = (
    (ORDERS_SCOPE, hidden_reasons.ORDER_HIDDEN_BY),
    (CLIENT_STATUSES_SCOPE, hidden_reasons.STATUS_HIDDEN_BY),
    (DELIVERIES_SCOPE, hidden_reasons.DELIVERY_HIDDEN_BY),
    (INVOICES_SCOPE, hidden_reasons.INVOICE_HIDDEN_BY),
)


async def copies(table: str, row_id: UUID, changes: list[dict[str, Any]]) -> None:
    """Copies of one row, each with other values in some columns."""
    text = json.dumps(changes, default=str)
    await connections.get("default").execute_query(COPY.format(table=table), [row_id, text])


async def a_grid() -> Case:
    """Orders in every status, access, archived or not, each with every delivery, and shown, hidden and deleted ones."""
    case = await an_order(OrderStatus.ACTIVE, offer_valid_until=FAR)
    await a_client_status(case)
    delivery, invoice = await a_delivery(around=case), (await an_invoice(case=case)).invoice
    below = cycle(product(("SHOWN", "HIDDEN"), (None, FAR), (*NOT_ISSUED, None)))
    cells = [(*cell, *next(below)) for cell in product(STANDS, ACCESSES, (None, FAR), DELIVERIES)]
    ids = [new_id() for _ in cells]
    await copies("orders", case.order.id, [an_order_like(*each) for each in zip(ids, cells, strict=True)])
    await copies("client_statuses", case.order.id, [a_status_like(*each) for each in zip(ids, cells, strict=True)])
    await copies("deliveries", delivery.id, [a_delivery_like(*each) for each in zip(ids, cells, strict=True)])
    invoices = [an_invoice_like(*each) for each in zip(ids, cells, strict=True) if each[1][-1]]
    await copies("invoices", invoice.id, invoices)
    return case


def an_order_like(order_id: UUID, cell: Any) -> dict[str, Any]:
    (status, cause), access, archived, _, _, deleted, _ = cell
    named = {"id": order_id, "number": f"X-{order_id}", "status": status, "rejection_cause": cause}
    return named | {"customer_access": access, "archived_at": archived, "deleted_at": deleted}


def a_status_like(order_id: UUID, cell: Any) -> dict[str, Any]:
    return {"id": order_id, "order_id": order_id, "visibility": cell[4]}


def a_delivery_like(order_id: UUID, cell: Any) -> dict[str, Any]:
    status, number = cell[3]
    return {"id": new_id(), "order_id": order_id, "status": status, "current_number": number}


def an_invoice_like(order_id: UUID, cell: Any) -> dict[str, Any]:
    return {"id": new_id(), "order_id": order_id, "provisional_number": f"X-{order_id}", "status": cell[6]}


async def disagreeing(case: Case, source: ScopedTable, rule: str) -> list[Any]:
    """Rows for which the customer's scope and the rule say different things."""
    scope, values = source.bound_predicate(case.by_customer, "t", first=1)
    statement = DISAGREEING.format(scope=scope, rule=rule.replace("{t}", "t"), table=source.table)
    found: list[Any] = await connections.get("default").execute_query_dict(statement, values)
    return found


@pytest.mark.parametrize("access", CustomerAccess)
async def test_a_rule_is_named_exactly_for_what_is_not_seen(database: str, access: CustomerAccess) -> None:
    await the_operator()
    case = await a_grid()
    other = await an_order(OrderStatus.ACTIVE, customer=case.customer, offer_valid_until=FAR)
    await an_invoice(InvoiceStatus.PRINTED, case=other)
    await OperatorSettings.all().update(customer_access=access)

    found = {source.name: await disagreeing(case, source, rule) for source, rule in RULES}

    assert found == {source.name: [] for source, _ in RULES}
    assert await Order.all().count() == 602
