"""Views of what budgets expect, shares of lines not invoiced and of invoices not paid; and of the figures by order."""

from domain.budgets.shares import BOOKED, FEE_OF_DAY, SHARES

FEE_OF_LINE = FEE_OF_DAY.replace("{day}", "coalesce(l.invoice_on, l.created_at::date)")
IS_ISSUED = "i.status IN ('PRINTED', 'POSTED')"
# Lines in other currencies count once their invoice has a rate.
PLANNED = f"""SELECT b.id AS budget_id, b.member_id, l.order_id, NULL::uuid AS invoice_id, 'PLANNED' AS stage,
    l.net_cents - round(l.net_cents * coalesce(o.fee_percent, {FEE_OF_LINE}) / 100)::bigint AS amount_cents,
    l.invoice_on AS expected_on, l.text AS title, l.id AS position
    FROM member_budgets b JOIN billable_lines l ON l.member_id = b.member_id LEFT JOIN orders o ON o.id = l.order_id
    WHERE l.status <> 'CANCELED' AND l.consumed_at IS NULL AND l.currency = 'EUR'
    AND NOT EXISTS (SELECT 1 FROM invoices i WHERE i.id = l.invoice_id AND {IS_ISSUED})"""
AWAITED = f"""SELECT b.id, b.member_id, s.order_id, i.id, 'INVOICED', s.share_cents - {BOOKED}, i.due_on, i.number, i.id
    FROM member_budgets b JOIN invoices i ON i.member_id = b.member_id
    LEFT JOIN receivables r ON r.invoice_id = i.id CROSS JOIN LATERAL {SHARES} s
    WHERE i.kind = 'INVOICE' AND {IS_ISSUED} AND coalesce(r.status <> 'PAID' AND r.written_off_cents = 0, TRUE)"""
EXPECTATIONS, ORDER_BUDGETS = "budget_expectations", "order_budgets"
EXPECTATIONS_VIEW = (
    f"CREATE VIEW {EXPECTATIONS} AS SELECT * FROM ({PLANNED} UNION ALL {AWAITED}) x WHERE x.amount_cents <> 0",
    f"DROP VIEW {EXPECTATIONS}",
)

EXPECTED = """SELECT x.budget_id, x.member_id, x.order_id,
    CASE WHEN x.stage = 'PLANNED' THEN x.amount_cents ELSE 0 END AS planned_cents,
    CASE WHEN x.stage = 'INVOICED' THEN x.amount_cents ELSE 0 END AS invoiced_cents,
    0 AS received_cents, 0 AS reserved_cents, 0 AS paid_cents"""
BOOKED_KINDS = {
    "received_cents": "e.kind NOT LIKE 'CLAIM_%'",
    "reserved_cents": "e.kind IN ('CLAIM_RESERVED', 'CLAIM_RELEASED')",
    "paid_cents": "e.kind IN ('CLAIM_PAID', 'CLAIM_RETURNED')",
}
BOOKED_SUMS = ", ".join(
    f"CASE WHEN {condition} THEN {'' if name == 'received_cents' else '-'}e.amount_cents ELSE 0 END"
    for name, condition in BOOKED_KINDS.items()
)
# The figures of each order; what belongs to no order stands in a row without one.
ORDER_BUDGETS_VIEW = (
    f"""CREATE VIEW {ORDER_BUDGETS} AS SELECT g.budget_id, g.member_id, g.order_id,
    sum(g.planned_cents)::bigint AS planned_cents,
    sum(g.invoiced_cents)::bigint AS invoiced_cents, sum(g.received_cents)::bigint AS received_cents,
    sum(g.reserved_cents)::bigint AS reserved_cents, sum(g.paid_cents)::bigint AS paid_cents
    FROM ({EXPECTED} FROM {EXPECTATIONS} x
        UNION ALL SELECT e.budget_id, b.member_id, e.order_id, 0, 0, {BOOKED_SUMS}
        FROM budget_entries e JOIN member_budgets b ON b.id = e.budget_id) g
    GROUP BY g.budget_id, g.member_id, g.order_id""",
    f"DROP VIEW {ORDER_BUDGETS}",
)
STATEMENTS = (EXPECTATIONS_VIEW, ORDER_BUDGETS_VIEW)


def expected(stage: str) -> str:
    """SQL: the cents that the budget `{t}` expects at this stage."""
    return f"""(SELECT coalesce(sum(x.amount_cents), 0)::bigint FROM {EXPECTATIONS} x
        WHERE x.budget_id = {{t}}.id AND x.stage = '{stage}')"""
