"""SQL that keeps receivables as they arose, their entries final, and both in agreement; and the removal of that SQL."""

from domain.billing.immutability import immutable_trigger, no_truncate_trigger
from domain.database import ddl

SIGNS = ddl.check(
    "receivable_entries",
    "receivable_entries_signs",
    """CASE WHEN kind IN ('PAYMENT', 'WRITE_OFF') THEN amount_cents < 0
        WHEN kind IN ('PAYMENT_REVERSAL', 'REFUND') THEN amount_cents > 0 ELSE amount_cents <= 0 END
    AND (kind = 'PAYMENT_REVERSAL') = (reverses_id IS NOT NULL)
    AND (kind = 'CANCELLATION') = (document_id IS NOT NULL)""",
)
SUMS_ARE_POSSIBLE = ddl.check(
    "receivables",
    "receivables_sums_are_possible",
    """amount_cents >= 0 AND paid_cents >= 0 AND written_off_cents >= 0
    AND canceled_cents BETWEEN 0 AND amount_cents""",
)
STATUS_FOLLOWS_SUMS = ddl.check(
    "receivables",
    "receivables_status_follows_sums",
    """status = CASE
        WHEN paid_cents >= amount_cents - canceled_cents AND (paid_cents > 0 OR amount_cents = 0) THEN 'PAID'
        WHEN paid_cents > 0 THEN 'PARTLY_PAID' ELSE 'OPEN' END""",
)
FLAGS_ARE_COMPLETE = ddl.check(
    "receivables",
    "receivables_flags_are_complete",
    """(disputed_at IS NULL) = (dispute_reason IS NULL)
    AND (write_off_proposed_at IS NULL) = (write_off_reason IS NULL)""",
)
KEEP_RECEIVABLE = (
    """CREATE FUNCTION keep_receivable() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        IF TG_OP = 'DELETE' THEN
            RAISE EXCEPTION 'a receivable is never deleted' USING ERRCODE = 'restrict_violation';
        END IF;
        IF (OLD.id, OLD.invoice_id, OLD.order_id, OLD.currency, OLD.amount_cents, OLD.due_on, OLD.created_at)
            IS DISTINCT FROM
            (NEW.id, NEW.invoice_id, NEW.order_id, NEW.currency, NEW.amount_cents, NEW.due_on, NEW.created_at)
        THEN
            RAISE EXCEPTION 'what a posted invoice asks for never changes' USING ERRCODE = 'restrict_violation';
        END IF;
        RETURN NEW;
    END $$""",
    "DROP FUNCTION keep_receivable()",
)
COMPARE_SUMS = (
    """CREATE FUNCTION compare_receivable_sums() RETURNS trigger LANGUAGE plpgsql AS $$
    DECLARE receivable uuid := CASE TG_TABLE_NAME WHEN 'receivables' THEN NEW.id
        ELSE (to_jsonb(NEW)->>'receivable_id')::uuid END;
    BEGIN
        PERFORM 1 FROM receivables r LEFT JOIN receivable_entries e ON e.receivable_id = r.id
        WHERE r.id = receivable GROUP BY r.id
        HAVING (r.canceled_cents, r.written_off_cents, r.paid_cents) IS DISTINCT FROM
            (coalesce(-sum(e.amount_cents) FILTER (WHERE e.kind = 'CANCELLATION'), 0)::bigint,
             coalesce(-sum(e.amount_cents) FILTER (WHERE e.kind = 'WRITE_OFF'), 0)::bigint,
             coalesce(-sum(e.amount_cents) FILTER (WHERE e.kind NOT IN ('CANCELLATION', 'WRITE_OFF')), 0)::bigint);
        IF FOUND THEN
            RAISE EXCEPTION 'a receivable and its entries disagree' USING ERRCODE = 'check_violation';
        END IF;
        RETURN NULL;
    END $$""",
    "DROP FUNCTION compare_receivable_sums()",
)


def _compared(table: str) -> tuple[str, str]:
    return (
        f"""CREATE CONSTRAINT TRIGGER {table}_agree AFTER INSERT OR UPDATE ON {table} DEFERRABLE INITIALLY DEFERRED
        FOR EACH ROW EXECUTE FUNCTION compare_receivable_sums()""",
        f"DROP TRIGGER {table}_agree ON {table}",
    )


STATEMENTS = (
    SIGNS,
    SUMS_ARE_POSSIBLE,
    STATUS_FOLLOWS_SUMS,
    FLAGS_ARE_COMPLETE,
    KEEP_RECEIVABLE,
    COMPARE_SUMS,
    immutable_trigger("receivables", "keep_receivable", "UPDATE OR DELETE"),
    _compared("receivables"),
    _compared("receivable_entries"),
    no_truncate_trigger("receivables"),
    ddl.insert_only("receivable_entries"),
    no_truncate_trigger("receivable_entries"),
)
