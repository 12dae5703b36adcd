"""Sums of cancellation invoices: the tax of each follows from what it leaves of the original, to the cent."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from uuid import UUID

from tortoise.backends.base.client import BaseDBAsyncClient

from domain.billing.totals import BilledLine, totals_of
from domain.kernel.money import Totals, VatCategory, VatGroup, euro_cents, vat_cents

SELECT_LEFT = """SELECT v ->> 'category' AS category, v ->> 'rate' AS rate,
        sum((v ->> 'net_cents')::bigint)::bigint AS net_cents, sum((v ->> 'vat_cents')::bigint)::bigint AS vat_cents
    FROM invoices i, jsonb_array_elements(i.snapshot -> 'vat_groups') v
    WHERE i.id = $1 OR i.reverses_id = $1 GROUP BY 1, 2"""
SELECT_EURO_LEFT = """SELECT sum((i.snapshot ->> 'vat_euro_cents')::bigint)::bigint AS cents FROM invoices i
    WHERE i.id = $1 OR i.reverses_id = $1"""
GroupKey = tuple[VatCategory, Decimal]


@dataclass(frozen=True, kw_only=True)
class LeftOfInvoice:
    """What earlier cancellation invoices left: each tax group, and the tax in euros of one in another currency."""

    groups: Mapping[GroupKey, VatGroup]
    vat_euro_cents: int | None = None

    @property
    def vat_cents(self) -> int:
        return sum(group.vat_cents for group in self.groups.values())

    @property
    def gross_cents(self) -> int:
        return sum(group.net_cents + group.vat_cents for group in self.groups.values())


async def left_of(connection: BaseDBAsyncClient, invoice_id: UUID) -> LeftOfInvoice:
    """What is left of an issued invoice, by the frozen sums of it and of its cancellation invoices."""
    rows = await connection.execute_query_dict(SELECT_LEFT, [invoice_id])
    (euro,) = await connection.execute_query_dict(SELECT_EURO_LEFT, [invoice_id])
    groups = [
        VatGroup(VatCategory(row["category"]), Decimal(row["rate"]), row["net_cents"], row["vat_cents"]) for row in rows
    ]
    by_key = {(group.category, group.rate): group for group in groups}
    return LeftOfInvoice(groups=by_key, vat_euro_cents=euro["cents"])


def reversal_totals(items: Iterable[BilledLine], left: LeftOfInvoice) -> Totals:
    """The sums of a cancellation invoice with these items.

    What is left afterwards has the tax that an invoice over it alone would have. So each document is at most a cent
    from the tax on its own sum, and the one that takes the rest of a group takes all that is left of its tax.
    """
    plain = totals_of(items)
    groups = tuple(_taken_from(left, group) for group in plain.groups)
    return Totals(plain.net_cents, sum(group.vat_cents for group in groups), groups)


def euro_tax_taken(total: Totals, left: LeftOfInvoice, exchange_rate: Decimal | None) -> int | None:
    """The tax in euros that the document takes back, by the same rule; None where there is nothing to state."""
    if exchange_rate is None or left.vat_euro_cents is None or total.vat_cents == 0:
        return None
    return euro_cents(left.vat_cents + total.vat_cents, exchange_rate) - left.vat_euro_cents


def _taken_from(left: LeftOfInvoice, group: VatGroup) -> VatGroup:
    before = left.groups[group.category, group.rate]
    tax_after = vat_cents(before.net_cents + group.net_cents, group.rate)
    return replace(group, vat_cents=tax_after - before.vat_cents)
