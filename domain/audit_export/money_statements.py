"""SQL of open items and of what the bank stated. Each page goes on after the last row of the one before."""

from domain.receivables.opening_balances import NUMBER

# Those of documents of the period, and all that something changed in it.
RECEIVABLES = f"""SELECT r.id, {NUMBER} AS number, r.status, r.currency, r.amount_cents, r.canceled_cents, r.paid_cents,
    r.written_off_cents, r.due_on, r.disputed_at, r.dispute_reason, r.dispute_resolution, r.write_off_proposed_at,
    r.created_at
FROM receivables r LEFT JOIN invoices i ON i.id = r.invoice_id
WHERE r.id > $3 AND (coalesce(i.issued_on, r.opening_issued_on) BETWEEN $1 AND $2
    OR EXISTS (SELECT 1 FROM receivable_entries e WHERE e.receivable_id = r.id AND e.booked_on BETWEEN $1 AND $2))
ORDER BY r.id LIMIT $4"""
ENTRIES = f"""SELECT e.id, e.receivable_id, {NUMBER} AS number, e.kind, e.amount_cents, r.currency, e.booked_on, e.note,
    e.reverses_id, d.number AS document, e.bank_transaction_id, a.name AS entered_by, e.created_at
FROM receivable_entries e JOIN receivables r ON r.id = e.receivable_id
    LEFT JOIN invoices i ON i.id = r.invoice_id LEFT JOIN invoices d ON d.id = e.document_id
    LEFT JOIN accounts a ON a.id = e.entered_by_id
WHERE e.id > $3 AND e.booked_on BETWEEN $1 AND $2 ORDER BY e.id LIMIT $4"""
# The files that brought transactions of the period.
BANK_FILES = """SELECT f.id, f.file_name, f.sha256, f.format, f.account_count, f.transaction_count, f.known_count,
    a.name AS imported_by, f.created_at
FROM bank_files f LEFT JOIN accounts a ON a.id = f.created_by_id
WHERE f.id > $3 AND EXISTS (SELECT 1 FROM bank_transactions b
    WHERE b.file_id = f.id AND b.booked_on BETWEEN $1 AND $2)
ORDER BY f.id LIMIT $4"""
BANK_TRANSACTIONS = """SELECT b.id, b.file_id, b.position, b.status, b.account_iban, b.amount_cents, b.charges_cents,
    b.currency, b.booked_on, b.valued_on, b.counterparty_name, b.counterparty_iban, b.reference, b.end_to_end_id,
    b.bank_reference, b.note, b.created_at
FROM bank_transactions b WHERE b.id > $3 AND b.booked_on BETWEEN $1 AND $2 ORDER BY b.id LIMIT $4"""
