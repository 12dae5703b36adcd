"""SQL of the ledger's export."""

from domain.receivables.model import CHARGES
from domain.receivables.opening_balances import CUSTOMER_ID, NUMBER

CHARGE_KINDS = ", ".join(f"'{kind}'" for kind in sorted(CHARGES))
# What remains of a posted invoice by rate of tax on a day, for what is written off then.
GROUPS_LEFT = """(SELECT json_agg(json_build_object('category', g.category, 'rate', g.rate,
        'gross_cents', g.gross_cents) ORDER BY g.gross_cents DESC, g.category, g.rate)::text
    FROM (SELECT v ->> 'category' AS category, v ->> 'rate' AS rate,
            sum((v ->> 'net_cents')::bigint + (v ->> 'vat_cents')::bigint) AS gross_cents
        FROM invoices d, jsonb_array_elements(d.snapshot -> 'vat_groups') v
        WHERE (d.id = i.id OR d.reverses_id = i.id AND d.number IS NOT NULL AND d.issued_on <= e.booked_on)
        GROUP BY 1, 2 HAVING sum((v ->> 'net_cents')::bigint + (v ->> 'vat_cents')::bigint) > 0) g)"""
# What reminders had charged when it was written off; what is waived later belongs to a posting of its own.
CHARGES_LEFT = f"""(SELECT coalesce(sum(c.amount_cents), 0)::bigint FROM receivable_entries c
    WHERE c.receivable_id = e.receivable_id AND c.id < e.id AND c.kind IN ({CHARGE_KINDS}))"""
GROUPS = """(SELECT json_agg(json_build_object('category', v ->> 'category', 'rate', v ->> 'rate',
        'gross_cents', (v ->> 'net_cents')::bigint + (v ->> 'vat_cents')::bigint) ORDER BY place)::text
    FROM jsonb_array_elements(i.snapshot -> 'vat_groups') WITH ORDINALITY AS t (v, place))"""
CUSTOMER = """i.snapshot #>> '{buyer,legal_name}' AS customer, i.snapshot #>> '{buyer,vat_id}' AS customer_vat_id,
    (i.snapshot #>> '{seller,tax_regime}') IS NOT DISTINCT FROM 'SMALL_BUSINESS' AS is_small_business"""
# An invoice that is posted while customers get their numbers is left to the next export.
POSTINGS = f"""SELECT p.*, a.number AS customer_number FROM (
    SELECT CASE i.kind WHEN 'CANCELLATION' THEN 1 ELSE 0 END AS place, i.id, i.kind, i.issued_on AS booked_on,
        coalesce(o.number, i.number) AS number, i.number AS document, i.due_on, i.customer_id, {CUSTOMER},
        i.net_cents + i.vat_cents AS amount_cents, i.currency, i.exchange_rate, '' AS note, {GROUPS} AS tax_groups,
        0 AS charges_cents
    FROM invoices i LEFT JOIN invoices o ON o.id = i.reverses_id
    WHERE i.status = 'POSTED' AND i.issued_on BETWEEN $1 AND $2
    UNION ALL
    SELECT 2, e.id, e.kind, e.booked_on, {NUMBER}, {NUMBER}, NULL, {CUSTOMER_ID},
        coalesce(i.snapshot #>> '{{buyer,legal_name}}', k.legal_name), i.snapshot #>> '{{buyer,vat_id}}', FALSE,
        e.amount_cents, r.currency, i.exchange_rate, e.note,
        CASE e.kind WHEN 'WRITE_OFF' THEN {GROUPS_LEFT} END,
        CASE e.kind WHEN 'WRITE_OFF' THEN greatest(e.amount_cents, -{CHARGES_LEFT}) ELSE 0 END
    FROM receivable_entries e JOIN receivables r ON r.id = e.receivable_id
        LEFT JOIN invoices i ON i.id = r.invoice_id LEFT JOIN customers k ON k.id = r.customer_id
    WHERE e.kind <> 'CANCELLATION' AND e.booked_on BETWEEN $1 AND $2
) p JOIN customer_accounts a ON a.customer_id = p.customer_id
ORDER BY p.booked_on, p.place, p.id"""
