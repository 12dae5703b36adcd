"""SQL that keeps claims as they were submitted and payment files as they were written; and the removal of that SQL."""

from domain.billing.immutability import immutable_trigger, no_truncate_trigger
from domain.database import ddl

AMOUNTS = ddl.check("claims", "claims_amounts", "amount_cents > 0")
IN_ONE_FILE = ddl.check(
    "claims", "claims_in_one_file", "(status IN ('IN_PAYMENT', 'PAID')) = (payment_file_id IS NOT NULL)"
)
KEEP_CLAIM = (
    """CREATE FUNCTION keep_claim() RETURNS trigger LANGUAGE plpgsql AS $$
    DECLARE free text[] := ARRAY['status', 'version', 'payee_name', 'payee_iban', 'payment_file_id',
        'decision_reason', 'submitted_at', 'decided_at', 'paid_on'];
    BEGIN
        IF TG_OP = 'DELETE' OR (OLD.status <> 'DRAFT' AND to_jsonb(OLD) - free IS DISTINCT FROM to_jsonb(NEW) - free)
        THEN
            RAISE EXCEPTION 'what a member has claimed never changes' USING ERRCODE = 'restrict_violation';
        END IF;
        RETURN NEW;
    END $$""",
    "DROP FUNCTION keep_claim()",
)
# Since two people agree to large claims.
_BEFORE = KEEP_CLAIM[0].replace("CREATE FUNCTION", "CREATE OR REPLACE FUNCTION")
KEEP_ENDORSED_CLAIM = (_BEFORE.replace("'decided_at'", "'decided_at', 'endorsed_at', 'endorsed_by_id'"), _BEFORE)
KEEP_PARTS = (
    """CREATE FUNCTION keep_claim_parts() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        PERFORM 1 FROM claims c WHERE c.id = coalesce(OLD.claim_id, NEW.claim_id) AND c.status <> 'DRAFT';
        IF FOUND THEN
            RAISE EXCEPTION 'what a member has claimed never changes' USING ERRCODE = 'restrict_violation';
        END IF;
        RETURN coalesce(NEW, OLD);
    END $$""",
    "DROP FUNCTION keep_claim_parts()",
)
KEEP_PAYMENT_FILE = (
    """CREATE FUNCTION keep_payment_file() RETURNS trigger LANGUAGE plpgsql AS $$
    DECLARE free text[] := ARRAY['status', 'version', 'sent_at'];
    BEGIN
        IF TG_OP = 'DELETE' OR to_jsonb(OLD) - free IS DISTINCT FROM to_jsonb(NEW) - free THEN
            RAISE EXCEPTION 'a payment file never changes' USING ERRCODE = 'restrict_violation';
        END IF;
        RETURN NEW;
    END $$""",
    "DROP FUNCTION keep_payment_file()",
)
CLAIM_IS_NAMED = ddl.check(
    "budget_entries", "budget_entries_name_claims", "(kind LIKE 'CLAIM_%') = (claim_id IS NOT NULL)"
)

STATEMENTS = (
    AMOUNTS,
    IN_ONE_FILE,
    CLAIM_IS_NAMED,
    KEEP_CLAIM,
    KEEP_PARTS,
    KEEP_PAYMENT_FILE,
    immutable_trigger("claims", "keep_claim", "UPDATE OR DELETE"),
    immutable_trigger("claim_receipts", "keep_claim_parts", "INSERT OR UPDATE OR DELETE"),
    immutable_trigger("claim_files", "keep_claim_parts", "INSERT OR UPDATE OR DELETE"),
    immutable_trigger("payment_files", "keep_payment_file", "UPDATE OR DELETE"),
    no_truncate_trigger("claims"),
    no_truncate_trigger("payment_files"),
)
