"""Shares of members in invoices: net less the operator's fee, line by line, as SQL; and what of a share has come in."""

from dataclasses import dataclass
from decimal import Decimal
from uuid import UUID

from domain.kernel.money import round_half_up

# A line without an order has the rate of the day on which its invoice is dated.
FEE_OF_DAY = """coalesce((SELECT f.percent FROM fee_rates f WHERE f.holds_from <= {day}
        ORDER BY f.holds_from DESC LIMIT 1),
    (SELECT f.percent FROM fee_rates f ORDER BY f.holds_from LIMIT 1), 0)"""
FEE_OF_INVOICE = FEE_OF_DAY.replace("{day}", "coalesce(i.issued_on, i.invoice_on)")
# For the invoice `i`: one row for each order, in cents of a euro, less what cancellation invoices took back of a line.
SHARES = f"""(SELECT n.order_id, round(sum(n.share) / coalesce(i.exchange_rate, 1))::bigint AS share_cents FROM (
    SELECT l.order_id, sum(x.net_cents) - round(sum(x.net_cents) * coalesce(o.fee_percent, {FEE_OF_INVOICE}) / 100)
        AS share
    FROM invoice_items x LEFT JOIN billable_lines l ON l.id = x.line_id LEFT JOIN orders o ON o.id = l.order_id
    WHERE x.invoice_id = ANY(ARRAY(SELECT i.id UNION ALL SELECT c.id FROM invoices c WHERE c.reverses_id = i.id))
    GROUP BY x.line_id, l.order_id, o.fee_percent) n GROUP BY n.order_id)"""
# For the invoice `i` and the order of its share `s`.
BOOKED = """coalesce((SELECT sum(e.amount_cents) FROM budget_entries e
    WHERE e.invoice_id = i.id AND e.order_id IS NOT DISTINCT FROM s.order_id), 0)::bigint"""
IS_GUARANTEED = """EXISTS (SELECT 1 FROM budget_entries e WHERE e.invoice_id = i.id AND e.kind = 'GUARANTEE'
    AND e.order_id IS NOT DISTINCT FROM s.order_id)"""


@dataclass(frozen=True, kw_only=True)
class InvoiceShare:
    """A member's share in one posted invoice for one order, what the customer owes and paid, and what is booked."""

    budget_id: UUID
    invoice_id: UUID
    number: str
    order_id: UUID | None
    share_cents: int
    owed_cents: int
    paid_cents: int
    written_off_cents: int
    is_guaranteed: bool
    booked_cents: int


def due_cents(share: InvoiceShare) -> int:
    """What of the share belongs to the budget now: all of it under guarantee until the rest is written off."""
    if share.is_guaranteed and not share.written_off_cents:
        return share.share_cents
    return earned_cents(share.share_cents, share.paid_cents, share.owed_cents)


def earned_cents(share_cents: int, paid_cents: int, owed_cents: int) -> int:
    """Pro rata of what is paid, half up; the payment that completes the invoice takes what rounding left."""
    if paid_cents >= owed_cents:
        return share_cents
    return round_half_up(Decimal(share_cents) * paid_cents / owed_cents)
