"""Completion of orders: by their invoices, or by acceptance."""

from datetime import date, datetime
from typing import Any

import pytest

from domain.billing.model import InvoiceStatus
from domain.commands import fire_due_deadlines
from domain.deliveries.model import DeliveryStatus
from domain.orders.model import CompletionRule, OrderStatus
from tests.makers.billing import an_invoice, the_operator
from tests.makers.deliveries import a_delivery, an_active_order
from tests.makers.orders import Case, an_order, planned
from tests.makers.records import what_is_due
from tests.makers.time import berlin, the_clock_shows

pytestmark = pytest.mark.frozen_clock(berlin(2026, 4, 1, 10))

ACTIVE, COMPLETED = OrderStatus.ACTIVE, OrderStatus.COMPLETED
ON_ACCEPTANCE: dict[str, Any] = {
    "completion_rule": CompletionRule.ON_ACCEPTANCE,
    "planned_invoices": (planned(invoice_on=None),),
}


@pytest.fixture(autouse=True)
async def operator(database: str) -> None:
    await the_operator()


async def the_status_at(case: Case, instant: datetime) -> OrderStatus:
    await the_clock_shows(instant)
    await fire_due_deadlines()
    await case.order.refresh_from_db()
    return case.order.status


async def test_an_invoiced_order_is_complete_when_its_service_period_is_over() -> None:
    case = await an_order(ACTIVE, service_to=date(2026, 4, 30))

    await an_invoice(InvoiceStatus.PRINTED, case=case)

    assert await what_is_due("order.complete", case.order.id) == berlin(2026, 5, 1)
    assert await the_status_at(case, berlin(2026, 4, 30, 23, 59)) is ACTIVE
    assert await the_status_at(case, berlin(2026, 5, 1)) is COMPLETED


async def test_an_order_with_an_unissued_invoice_is_not_complete() -> None:
    case = await an_order(ACTIVE, planned_invoices=(planned(), planned(invoice_on=date(2026, 6, 10))))

    for instant in (berlin(2026, 5, 3), berlin(2026, 5, 10, 8), berlin(2026, 6, 3)):
        assert await the_status_at(case, instant) is ACTIVE
    assert await the_status_at(case, berlin(2026, 6, 10, 8)) is COMPLETED


async def test_an_invoiced_order_waits_for_the_deliveries_it_requires() -> None:
    case = await an_active_order(service_to=date(2026, 4, 30), required_deliveries=1)
    await an_invoice(InvoiceStatus.PRINTED, case=case)
    assert await the_status_at(case, berlin(2026, 5, 2)) is ACTIVE

    await a_delivery(DeliveryStatus.ACCEPTED, around=case)

    assert await the_status_at(case, berlin(2026, 5, 2)) is COMPLETED


async def test_an_order_complete_on_acceptance_needs_all_the_acceptances_it_requires() -> None:
    case = await an_active_order(required_deliveries=2, **ON_ACCEPTANCE)
    await a_delivery(DeliveryStatus.ACCEPTED, around=case, at=berlin(2026, 4, 2, 10))
    assert await the_status_at(case, berlin(2026, 4, 3, 10)) is ACTIVE

    await a_delivery(DeliveryStatus.ACCEPTED, around=case, at=berlin(2026, 4, 7, 10))

    assert await what_is_due("order.complete", case.order.id) == berlin(2026, 4, 7, 10)
    assert await the_status_at(case, berlin(2026, 4, 7, 10)) is COMPLETED
