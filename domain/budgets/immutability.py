"""SQL that gives each member a budget, keeps its entries final and both in agreement; and the removal of that SQL."""

from domain.billing.immutability import immutable_trigger, no_truncate_trigger
from domain.budgets.shares import SHARES
from domain.database import ddl

SUMS_ARE_POSSIBLE = ddl.check(
    "member_budgets", "member_budgets_sums_are_possible", "reserved_cents >= 0 AND paid_cents >= 0"
)
SIGNS = ddl.check(
    "budget_entries",
    "budget_entries_signs",
    """CASE WHEN kind IN ('CLAIM_RESERVED', 'CLAIM_PAID') THEN amount_cents < 0
        WHEN kind IN ('CLAIM_RELEASED', 'CLAIM_RETURNED') THEN amount_cents > 0 ELSE amount_cents <> 0 END
    AND (kind IN ('INFLOW', 'GUARANTEE', 'REVERSAL', 'CLAWBACK')) = (invoice_id IS NOT NULL)""",
)
OPEN_BUDGET = (
    """CREATE FUNCTION open_member_budget() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        INSERT INTO member_budgets (id, member_id) VALUES (uuidv7(), NEW.id);
        RETURN NULL;
    END $$""",
    "DROP FUNCTION open_member_budget()",
)
WITH_MEMBER = (
    """CREATE TRIGGER members_open_budget AFTER INSERT ON members
    FOR EACH ROW EXECUTE FUNCTION open_member_budget()""",
    "DROP TRIGGER members_open_budget ON members",
)
KEEP_BUDGET = (
    """CREATE FUNCTION keep_member_budget() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        IF TG_OP = 'DELETE' OR (OLD.id, OLD.member_id) IS DISTINCT FROM (NEW.id, NEW.member_id) THEN
            RAISE EXCEPTION 'the budget of a member stays' USING ERRCODE = 'restrict_violation';
        END IF;
        RETURN NEW;
    END $$""",
    "DROP FUNCTION keep_member_budget()",
)
COMPARE_SUMS = (
    """CREATE FUNCTION compare_budget_sums() RETURNS trigger LANGUAGE plpgsql AS $$
    DECLARE budget uuid := CASE TG_TABLE_NAME WHEN 'member_budgets' THEN NEW.id
        ELSE (to_jsonb(NEW)->>'budget_id')::uuid END;
    BEGIN
        PERFORM 1 FROM member_budgets b LEFT JOIN budget_entries e ON e.budget_id = b.id
        WHERE b.id = budget GROUP BY b.id
        HAVING (b.received_cents, b.reserved_cents, b.paid_cents) IS DISTINCT FROM
            (coalesce(sum(e.amount_cents) FILTER (WHERE e.kind NOT LIKE 'CLAIM_%'), 0)::bigint,
             coalesce(-sum(e.amount_cents) FILTER (WHERE e.kind IN ('CLAIM_RESERVED', 'CLAIM_RELEASED')), 0)::bigint,
             coalesce(-sum(e.amount_cents) FILTER (WHERE e.kind IN ('CLAIM_PAID', 'CLAIM_RETURNED')), 0)::bigint);
        IF FOUND THEN
            RAISE EXCEPTION 'a budget and its entries disagree' USING ERRCODE = 'check_violation';
        END IF;
        RETURN NULL;
    END $$""",
    "DROP FUNCTION compare_budget_sums()",
)
NOTHING = "SELECT 1"
OF_KNOWN_MEMBERS = (
    "INSERT INTO member_budgets (id, member_id) SELECT uuidv7(), m.id FROM members m ORDER BY m.id",
    NOTHING,
)
# What was paid before there were budgets comes in with one entry for each invoice and order.
OF_KNOWN_PAYMENTS = (
    f"""INSERT INTO budget_entries (id, budget_id, kind, amount_cents, booked_on, note, invoice_id, order_id,
        created_at)
    SELECT uuidv7(), x.budget_id, 'INFLOW', x.amount, x.day, x.number, x.invoice_id, x.order_id, x.at
    FROM (SELECT b.id AS budget_id, i.id AS invoice_id, i.number, s.order_id, paid.day, paid.at,
            CASE WHEN r.paid_cents >= r.amount_cents - r.canceled_cents THEN s.share_cents
            ELSE round(s.share_cents::numeric * r.paid_cents
                / (r.amount_cents - r.canceled_cents))::bigint END AS amount
        FROM receivables r JOIN invoices i ON i.id = r.invoice_id JOIN member_budgets b ON b.member_id = i.member_id
        CROSS JOIN LATERAL {SHARES} s
        CROSS JOIN LATERAL (SELECT max(e.booked_on) AS day, max(e.created_at) AS at FROM receivable_entries e
            WHERE e.receivable_id = r.id AND e.kind = 'PAYMENT') paid
        WHERE r.paid_cents > 0) x WHERE x.amount <> 0""",
    NOTHING,
)
SUM_KNOWN_PAYMENTS = (
    """UPDATE member_budgets b SET received_cents =
        (SELECT coalesce(sum(e.amount_cents), 0) FROM budget_entries e WHERE e.budget_id = b.id)""",
    NOTHING,
)


def _compared(table: str) -> tuple[str, str]:
    return (
        f"""CREATE CONSTRAINT TRIGGER {table}_agree AFTER INSERT OR UPDATE ON {table} DEFERRABLE INITIALLY DEFERRED
        FOR EACH ROW EXECUTE FUNCTION compare_budget_sums()""",
        f"DROP TRIGGER {table}_agree ON {table}",
    )


STATEMENTS = (
    OF_KNOWN_MEMBERS,
    OF_KNOWN_PAYMENTS,
    SUM_KNOWN_PAYMENTS,
    SUMS_ARE_POSSIBLE,
    SIGNS,
    OPEN_BUDGET,
    WITH_MEMBER,
    KEEP_BUDGET,
    COMPARE_SUMS,
    immutable_trigger("member_budgets", "keep_member_budget", "UPDATE OR DELETE"),
    _compared("member_budgets"),
    _compared("budget_entries"),
    no_truncate_trigger("member_budgets"),
    ddl.insert_only("budget_entries"),
    no_truncate_trigger("budget_entries"),
)
