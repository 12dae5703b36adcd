"""Decimals: four of quantities and unit prices, and a net amount that is rounded to the cent once."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from domain.billing.inputs import LineChanges
from domain.billing.model import InvoiceItem
from domain.kernel.errors import Refused
from domain.orders.model import OrderStatus
from tests.makers.billing import a_manual_line, an_invoice, compose, lines_of, move_line, print_now
from tests.makers.orders import an_order, planned
from tests.makers.time import berlin

pytestmark = [pytest.mark.frozen_clock(berlin(2026, 4, 1, 10)), pytest.mark.usefixtures("operator")]


@pytest.mark.parametrize(
    ("quantity", "price", "net_cents"),
    [
        ("7.2525", "95.1075", 68_977),  # 689.7671... euros
        ("24310.75", "0.0125", 30_388),  # 303.884375
        ("0.0001", "0.5000", 0),
        ("1", "0.005", 1),  # half a cent goes up
        ("1", "-0.005", -1),  # and away from zero
    ],
)
async def test_a_line_is_rounded_to_the_cent_once(quantity: str, price: str, net_cents: int) -> None:
    line = await a_manual_line(price, quantity=Decimal(quantity))

    assert (line.quantity, line.unit_price_cents) == (Decimal(quantity), Decimal(price) * 100)
    assert line.net_cents == net_cents


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        (LineChanges(quantity=Decimal("1.00001")), "quantity_with_more_than_four_decimals"),
        (LineChanges(unit_price=Decimal("0.00001")), "price_with_more_than_four_decimals"),
        (LineChanges(unit_price=Decimal("1e11")), "amount_too_large"),
    ],
)
async def test_a_fifth_decimal_is_refused(changes: LineChanges, reason: str) -> None:
    line = await a_manual_line()

    with pytest.raises(Refused) as refused:
        await move_line(line, "amend", takes=changes)

    assert refused.value.refusals[0].reason == reason


async def test_an_order_plans_with_parts_of_a_cent_and_its_invoice_has_them() -> None:
    plan = (replace(planned("0.0125"), quantity=Decimal("24310.75")),)
    case = await an_order(OrderStatus.ACTIVE, planned_invoices=plan)
    (line,) = await lines_of(case)

    issued = await print_now(await compose(line.id))

    (item,) = await InvoiceItem.filter(invoice_id=issued.id)
    assert (item.unit_price_cents, item.quantity, item.net_cents) == (Decimal("1.25"), Decimal("24310.75"), 30_388)
    (frozen,) = issued.snapshot["items"]
    assert (frozen["unit_price_cents"], frozen["quantity"]) == ("1.25", "24310.75")
    assert (issued.net_cents, issued.vat_cents) == (30_388, 5_774)


async def test_tax_is_rounded_on_the_sum_of_the_document() -> None:
    first = await a_manual_line("0.0125", quantity=Decimal(3), invoice_on=date(2026, 4, 1))
    member, customer = await first.member, await first.customer
    more = [
        await a_manual_line("0.025", member=member, customer=customer, invoice_on=date(2026, 4, 1)) for _ in range(2)
    ]

    issued = await print_now(await compose(first.id, *(each.id for each in more)))

    assert (issued.net_cents, issued.vat_cents) == (10, 2)  # 4 + 3 + 3 cents; 19 % of 10 is 1.9


async def test_a_reversal_mirrors_parts_of_a_cent() -> None:
    billed = await an_invoice(case=await an_order(OrderStatus.ACTIVE, planned_invoices=(planned("0.0125"),)))

    assert billed.invoice.net_cents == 1
