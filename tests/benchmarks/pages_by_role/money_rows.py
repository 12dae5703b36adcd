"""The money of a firm of some years: issued invoices, what is owed and paid, budgets, claims, bank transfers."""

import asyncpg

N = "substr({t}.provisional_number, 4)::int"
KEPT = (
    "number_series",
    "invoices",
    "billable_lines",
    "receivables",
    "receivable_entries",
    "member_budgets",
    "budget_entries",
    "claims",
    "bank_files",
    "bank_transactions",
)
# Six in ten invoices are posted, one is issued and not posted yet, the others are drafts. Of the posted ones, four in
# six are paid, one is paid in part.
STATEMENTS = (
    f"""UPDATE invoices i SET status = CASE {N.format(t="i")} % 10 WHEN 6 THEN 'PRINTED' ELSE 'POSTED' END,
            number = 'BM-2026-' || {N.format(t="i")}, issued_on = a.day, due_on = a.day + 14, printed_at = a.day,
            invoice_on = a.day, posted_at = CASE {N.format(t="i")} % 10 WHEN 6 THEN NULL ELSE a.day::timestamptz END,
            sent_at = CASE {N.format(t="i")} % 10 WHEN 6 THEN NULL ELSE a.day::timestamptz END,
            snapshot = (SELECT snapshot FROM invoices WHERE status = 'POSTED' AND order_id IS NOT NULL LIMIT 1)
        FROM invoices b CROSS JOIN LATERAL (SELECT current_date - 30 - {N.format(t="b")} % 700 AS day) a
        WHERE b.id = i.id AND i.provisional_number LIKE 'BM-%' AND {N.format(t="i")} % 10 < 7""",
    # Joins of so many rows are planned by what is known of them.
    "ANALYZE",
    """UPDATE billable_lines l SET consumed_at = i.posted_at FROM invoices i
        WHERE i.id = l.invoice_id AND i.posted_at IS NOT NULL AND i.number LIKE 'BM-2026-%'""",
    f"""INSERT INTO document_numbers (number, series, sequence, invoice_id, allocated_at)
        SELECT number, 'BM-2026', row_number() OVER (ORDER BY {N.format(t="i")}), id, printed_at
        FROM invoices i WHERE number LIKE 'BM-2026-%'""",
    """INSERT INTO number_series (key, last_sequence) SELECT series, max(sequence) FROM document_numbers
        WHERE series = 'BM-2026' GROUP BY series""",
    f"""INSERT INTO receivables (id, status, invoice_id, order_id, currency, amount_cents, paid_cents, due_on,
            created_at, version, canceled_cents, written_off_cents)
        SELECT uuidv7(), CASE WHEN paid = 0 THEN 'OPEN' WHEN paid = gross THEN 'PAID' ELSE 'PARTLY_PAID' END, i.id,
            i.order_id, i.currency, gross, paid, i.due_on, i.posted_at, 1, 0, 0
        FROM invoices i CROSS JOIN LATERAL (SELECT i.net_cents + i.vat_cents AS gross) g CROSS JOIN LATERAL
            (SELECT CASE {N.format(t="i")} % 10 WHEN 4 THEN gross / 2 WHEN 5 THEN 0 ELSE gross END AS paid) p
        WHERE i.number LIKE 'BM-2026-%' AND i.status = 'POSTED'""",
    """INSERT INTO receivable_entries (id, receivable_id, kind, amount_cents, booked_on, note, created_at)
        SELECT uuidv7(), r.id, 'PAYMENT', -r.paid_cents, r.due_on, i.number, r.due_on
        FROM receivables r JOIN invoices i ON i.id = r.invoice_id
        WHERE i.number LIKE 'BM-2026-%' AND r.paid_cents > 0""",
    """INSERT INTO budget_entries (id, budget_id, kind, amount_cents, booked_on, note, invoice_id, order_id, created_at)
        SELECT uuidv7(), b.id, 'INFLOW', r.paid_cents / 2, r.due_on, i.number, i.id, i.order_id, r.due_on
        FROM receivables r JOIN invoices i ON i.id = r.invoice_id JOIN member_budgets b ON b.member_id = i.member_id
        WHERE i.number LIKE 'BM-2026-%' AND r.paid_cents > 0""",
    """INSERT INTO claims SELECT made.* FROM claims first
        JOIN invoices i ON i.number LIKE 'BM-2026-%5' JOIN member_budgets b ON b.member_id = i.member_id
        CROSS JOIN LATERAL jsonb_populate_record(first, jsonb_build_object('id', uuidv7(), 'budget_id', b.id,
            'member_id', i.member_id, 'end_to_end_id', i.number, 'amount_cents', 100, 'created_at', i.printed_at,
            'submitted_at', i.printed_at)) AS made
        WHERE first.id = (SELECT id FROM claims WHERE kind = 'PAYOUT' AND status = 'PAID' ORDER BY id LIMIT 1)""",
    """UPDATE claims SET status = 'SUBMITTED', payment_file_id = NULL, decided_at = NULL, paid_on = NULL
        WHERE end_to_end_id LIKE 'BM-2026-%15'""",
    """UPDATE claims SET status = 'APPROVED', payment_file_id = NULL, paid_on = NULL
        WHERE end_to_end_id LIKE 'BM-2026-%25'""",
    """INSERT INTO budget_entries (id, budget_id, kind, amount_cents, booked_on, note, claim_id, created_at)
        SELECT uuidv7(), budget_id, CASE status WHEN 'PAID' THEN 'CLAIM_PAID' ELSE 'CLAIM_RESERVED' END, -amount_cents,
            created_at::date, '', id, created_at FROM claims WHERE end_to_end_id LIKE 'BM-2026-%'""",
    """UPDATE member_budgets b SET received_cents = s.received, reserved_cents = s.reserved, paid_cents = s.paid FROM
        (SELECT e.budget_id, coalesce(sum(e.amount_cents) FILTER (WHERE e.kind NOT LIKE 'CLAIM_%'), 0) AS received,
            coalesce(-sum(e.amount_cents) FILTER (WHERE e.kind IN ('CLAIM_RESERVED', 'CLAIM_RELEASED')), 0) AS reserved,
            coalesce(-sum(e.amount_cents) FILTER (WHERE e.kind IN ('CLAIM_PAID', 'CLAIM_RETURNED')), 0) AS paid
            FROM budget_entries e GROUP BY e.budget_id) s
        WHERE s.budget_id = b.id""",
    """INSERT INTO bank_files SELECT made.* FROM bank_files first CROSS JOIN generate_series(1, 100) AS n
        CROSS JOIN LATERAL jsonb_populate_record(first, jsonb_build_object('id', uuidv7(), 'file_name', 'BM-' || n,
            'sha256', md5(n::text))) AS made
        WHERE first.id = (SELECT id FROM bank_files ORDER BY id LIMIT 1)""",
    f"""INSERT INTO bank_transactions SELECT made.* FROM bank_transactions first
        JOIN invoices i ON i.number LIKE 'BM-2026-%'
        JOIN bank_files f ON f.file_name = 'BM-' || {N.format(t="i")} / 10 % 100 + 1
        CROSS JOIN LATERAL jsonb_populate_record(first, jsonb_build_object('id', uuidv7(), 'file_id', f.id, 'position',
            1000 + {N.format(t="i")}, 'reference', i.number, 'fingerprint', md5(i.number),
            'counterparty_iban', 'DE' || translate(left(i.customer_id::text, 20), '-', ''),
            'booked_on', i.due_on, 'valued_on', i.due_on, 'status', CASE {N.format(t="i")} % 10
                WHEN 4 THEN 'OPEN' WHEN 5 THEN 'SET_ASIDE' ELSE 'BOOKED' END)) AS made
        WHERE first.id = (SELECT id FROM bank_transactions ORDER BY id LIMIT 1)""",
)
# What triggers would have written meanwhile.
SEARCHED = tuple(f"SELECT write_{each}_search(ARRAY(SELECT id FROM {each}s))" for each in ("invoice", "receivable"))


async def fill_money(connection: asyncpg.Connection) -> None:
    """Bring the invoices of the many orders further, and what follows from them. The owner of the tables connects."""
    for statement in (*_each("DISABLE"), *STATEMENTS, *_each("ENABLE"), *SEARCHED):
        await connection.execute(statement)


def _each(change: str) -> list[str]:
    # What keeps final rows as they are also keeps copies of them out.
    return [f"ALTER TABLE {table} {change} TRIGGER USER" for table in KEPT]
