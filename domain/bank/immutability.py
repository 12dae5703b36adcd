"""SQL that keeps what the bank stated as it was, and the removal of that SQL."""

from domain.billing.immutability import immutable_trigger, no_truncate_trigger
from domain.database import ddl

KEEP_TRANSACTION = (
    """CREATE FUNCTION keep_bank_transaction() RETURNS trigger LANGUAGE plpgsql AS $$
    DECLARE free text[] := ARRAY['status', 'version', 'note'];
    BEGIN
        IF TG_OP = 'DELETE' OR to_jsonb(OLD) - free IS DISTINCT FROM to_jsonb(NEW) - free THEN
            RAISE EXCEPTION 'what the bank stated never changes' USING ERRCODE = 'restrict_violation';
        END IF;
        RETURN NEW;
    END $$""",
    "DROP FUNCTION keep_bank_transaction()",
)
KEEP_FILE = (
    """CREATE FUNCTION keep_bank_file() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        IF TG_OP = 'DELETE' OR to_jsonb(OLD) - 'version' IS DISTINCT FROM to_jsonb(NEW) - 'version' THEN
            RAISE EXCEPTION 'what the bank stated never changes' USING ERRCODE = 'restrict_violation';
        END IF;
        RETURN NEW;
    END $$""",
    "DROP FUNCTION keep_bank_file()",
)
ONLY_INCOME_IS_BOOKED = ddl.check(
    "bank_transactions", "bank_transactions_income", "amount_cents > 0 OR status = 'SET_ASIDE'"
)

STATEMENTS = (
    ONLY_INCOME_IS_BOOKED,
    KEEP_TRANSACTION,
    KEEP_FILE,
    immutable_trigger("bank_transactions", "keep_bank_transaction", "UPDATE OR DELETE"),
    immutable_trigger("bank_files", "keep_bank_file", "UPDATE OR DELETE"),
    no_truncate_trigger("bank_transactions"),
    no_truncate_trigger("bank_files"),
)
