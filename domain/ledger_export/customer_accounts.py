"""Accounts of customers in the ledger: each is numbered with its first posting, and keeps that number."""

TABLE = (
    """CREATE TABLE customer_accounts (customer_id uuid PRIMARY KEY REFERENCES customers (id) ON DELETE RESTRICT,
        number integer NOT NULL UNIQUE CHECK (number > 0))""",
    "DROP TABLE customer_accounts",
)

LOCK = "SELECT pg_advisory_xact_lock(hashtextextended('customer_accounts', 0))"
# Customers of posted documents and opening balances that have no number yet get the following ones.
NUMBER_CUSTOMERS = """INSERT INTO customer_accounts (customer_id, number)
    SELECT missing.customer_id, (SELECT coalesce(max(a.number), 0) FROM customer_accounts a)
        + row_number() OVER (ORDER BY missing.customer_id)
    FROM (SELECT i.customer_id FROM invoices i WHERE i.status = 'POSTED'
            UNION SELECT r.customer_id FROM receivables r WHERE r.customer_id IS NOT NULL) missing
    WHERE NOT EXISTS (SELECT 1 FROM customer_accounts a WHERE a.customer_id = missing.customer_id)"""
