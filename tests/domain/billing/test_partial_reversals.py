"""Parts of an invoice taken back one after the other: together they are the invoice, and none asks for money."""

from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from domain.billing.effects.reversal_sums import LeftOfInvoice, reversal_totals
from domain.billing.inputs import Reversal, ReversedItem
from domain.billing.model import Invoice, InvoiceItem, InvoiceKind, InvoiceStatus
from domain.commands import execute
from domain.engine.commands import Command
from domain.kernel.errors import Refused
from domain.kernel.money import VatCategory, VatGroup, totals, vat_cents
from domain.orders.model import OrderStatus
from domain.parties.model import Customer, Member
from domain.receivables.model import Receivable
from tests.makers.billing import a_manual_line, an_invoice, compose, print_now
from tests.makers.orders import an_order, planned
from tests.makers.parties import FINANCE
from tests.makers.time import berlin

KINDS = [(VatCategory.STANDARD, Decimal(19)), (VatCategory.REDUCED, Decimal(7)), (VatCategory.EXEMPT, Decimal(0))]


async def reverse(invoice: Any, *parts: tuple[InvoiceItem, str]) -> Any:
    items = tuple(ReversedItem(item_id=item.id, net=Decimal(net)) for item, net in parts)
    command = Command(
        noun="invoice", move="reverse", subject_id=invoice.id, input=Reversal(reason="Too much.", items=items)
    )
    return await Invoice.get(id=(await execute(command, FINANCE)).subject_id)


async def refusal_of(work: Any) -> str:
    with pytest.raises(Refused) as refused:
        await work
    return str(refused.value.refusals[0].reason)


@pytest.mark.frozen_clock(berlin(2026, 4, 1, 10))
@pytest.mark.usefixtures("operator")
@pytest.mark.parametrize(("part", "count"), [("33.33", 3), ("0.03", 12)])
async def test_parts_take_back_the_tax_of_their_original_and_close_what_is_owed(part: str, count: int) -> None:
    """Rounded one by one, thrice 33.33 has a cent of tax too little, and twelve times 0.03 five cents too much."""
    plan = (planned(str(Decimal(part) * count)),)
    billed = await an_invoice(InvoiceStatus.POSTED, case=await an_order(OrderStatus.ACTIVE, planned_invoices=plan))
    (item,) = await billed.items()

    reversals = [await reverse(billed.invoice, (item, part)) for _ in range(count)]

    receivable = await Receivable.get(invoice_id=billed.invoice.id)
    assert sum(each.vat_cents for each in reversals) == -billed.invoice.vat_cents
    assert all(each.snapshot["vat_groups"][0]["vat_cents"] == each.vat_cents for each in reversals)
    assert receivable.canceled_cents == receivable.amount_cents


@pytest.mark.frozen_clock(berlin(2026, 4, 1, 10))
@pytest.mark.usefixtures("operator")
async def test_a_discount_is_reversed_only_with_what_it_was_granted_on() -> None:
    first = await a_manual_line("100.00")
    member, customer = await Member.get(id=first.member_id), await Customer.get(id=first.customer_id)
    second = await a_manual_line("-10.00", member=member, customer=customer)
    invoice = await print_now(await compose(first.id, second.id))
    full, discount = await InvoiceItem.filter(invoice_id=invoice.id).order_by("position")

    assert await refusal_of(reverse(invoice, (discount, "-10.00"))) == "reversal_not_above_zero"
    assert await refusal_of(reverse(invoice, (full, "10.00"), (discount, "-10.00"))) == "reversal_not_above_zero"
    assert await refusal_of(reverse(invoice, (full, "90.01"))) == "reversal_above_rest"
    assert await Invoice.filter(kind=InvoiceKind.CANCELLATION).count() == 0

    assert (await reverse(invoice, (full, "90.00"))).net_cents == -9_000
    assert (await reverse(invoice)).net_cents == 0


@st.composite
def splits(draw: st.DrawFn) -> list[list[InvoiceItem]]:
    """The mirrored items of the documents that take back an invoice, part by part."""
    documents: list[list[InvoiceItem]] = [[] for _ in range(draw(st.integers(1, 6)))]
    for _ in range(draw(st.integers(1, 5))):
        category, rate = draw(st.sampled_from(KINDS))
        for document in documents:
            net = -draw(st.integers(0, 20_000))
            document.append(InvoiceItem(vat_category=category, vat_rate=rate, net_cents=net))
    return documents


@settings(max_examples=200, deadline=None)
@given(documents=splits())
def test_the_sums_of_any_split_are_those_of_the_invoice(documents: list[list[InvoiceItem]]) -> None:
    every = [(item.vat_category, item.vat_rate, -item.net_cents) for document in documents for item in document]
    original = totals(every)
    left = {(group.category, group.rate): group for group in original.groups}
    net = tax = 0

    for document in documents:
        total = reversal_totals(document, LeftOfInvoice(groups=left))
        net, tax = net + total.net_cents, tax + total.vat_cents
        for group in total.groups:
            assert abs(group.vat_cents - vat_cents(group.net_cents, group.rate)) <= 1
            before = left[group.category, group.rate]
            sums = (before.net_cents + group.net_cents, before.vat_cents + group.vat_cents)
            left[group.category, group.rate] = VatGroup(group.category, group.rate, *sums)

    assert (net, tax) == (-original.net_cents, -original.vat_cents)
