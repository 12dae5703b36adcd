"""SQL of the ledger's export."""

from domain.receivables.model import CHARGES, WRITE_OFFS
from domain.receivables.opening_balances import CUSTOMER_ID, NUMBER

CHARGE_KINDS = ", ".join(f"'{kind}'" for kind in sorted(CHARGES))
WRITE_OFF_KINDS = ", ".join(f"'{kind}'" for kind in sorted(WRITE_OFFS))


def _written_off_at(entry: str) -> str:
    """What of the receivable of entry `e` was written off with this entry, and of what: as JSON.

    Charges are those of reminders, and groups what was left of the invoice by rate of tax, the largest first; both as
    they were when the entry was written.
    """
    return f"""json_build_object(
        'cents', (SELECT coalesce(-sum(w.amount_cents), 0)::bigint FROM receivable_entries w
            WHERE w.receivable_id = e.receivable_id AND w.id <= {entry} AND w.kind IN ({WRITE_OFF_KINDS})),
        'charges_cents', (SELECT coalesce(sum(c.amount_cents), 0)::bigint FROM receivable_entries c
            WHERE c.receivable_id = e.receivable_id AND c.id < {entry} AND c.kind IN ({CHARGE_KINDS})),
        'groups', (SELECT json_agg(json_build_object('category', g.category, 'rate', g.rate,
                'gross_cents', g.gross_cents) ORDER BY g.gross_cents DESC, g.category, g.rate)
            FROM (SELECT v ->> 'category' AS category, v ->> 'rate' AS rate,
                    sum((v ->> 'net_cents')::bigint + (v ->> 'vat_cents')::bigint) AS gross_cents
                FROM invoices d, jsonb_array_elements(d.snapshot -> 'vat_groups') v
                WHERE d.id = ANY(ARRAY(SELECT i.id UNION ALL SELECT c.document_id FROM receivable_entries c
                    WHERE c.receivable_id = e.receivable_id AND c.id < {entry} AND c.kind = 'CANCELLATION'))
                GROUP BY 1, 2 HAVING sum((v ->> 'net_cents')::bigint + (v ->> 'vat_cents')::bigint) > 0) g))"""


# What was written off before and after an entry that changes it; the `previous` one is the last before it.
WRITTEN_OFF = f"""json_build_object('after', {_written_off_at("e.id")},
    'before', CASE WHEN previous.id IS NOT NULL THEN {_written_off_at("previous.id")} END)::text"""
WRITE_OFF_BEFORE = f"""LEFT JOIN LATERAL (SELECT b.id FROM receivable_entries b
    WHERE e.kind IN ({WRITE_OFF_KINDS}) AND b.receivable_id = e.receivable_id AND b.kind IN ({WRITE_OFF_KINDS})
        AND b.id < e.id ORDER BY b.id DESC LIMIT 1) previous ON TRUE"""
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
        NULL AS written_off
    FROM invoices i LEFT JOIN invoices o ON o.id = i.reverses_id
    WHERE i.status = 'POSTED' AND i.issued_on BETWEEN $1 AND $2
    UNION ALL
    SELECT 2, e.id, e.kind, e.booked_on, {NUMBER}, {NUMBER}, NULL, {CUSTOMER_ID},
        coalesce(i.snapshot #>> '{{buyer,legal_name}}', k.legal_name), i.snapshot #>> '{{buyer,vat_id}}', FALSE,
        e.amount_cents, r.currency, i.exchange_rate, e.note, NULL,
        CASE WHEN e.kind IN ({WRITE_OFF_KINDS}) THEN {WRITTEN_OFF} END
    FROM receivable_entries e JOIN receivables r ON r.id = e.receivable_id
        LEFT JOIN invoices i ON i.id = r.invoice_id LEFT JOIN customers k ON k.id = r.customer_id
        {WRITE_OFF_BEFORE}
    WHERE e.kind <> 'CANCELLATION' AND e.booked_on BETWEEN $1 AND $2
) p JOIN customer_accounts a ON a.customer_id = p.customer_id
ORDER BY p.booked_on, p.place, p.id"""
