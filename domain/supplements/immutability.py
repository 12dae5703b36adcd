"""SQL that keeps what was offered, and the answer, as they were; and the removal of that SQL."""

from domain.billing.immutability import immutable_trigger, no_truncate_trigger
from domain.database import ddl

ANSWER_IS_COMPLETE = ddl.check(
    "supplements",
    "supplements_answer_is_complete",
    """(status = 'OPEN') = (answered_at IS NULL) AND (status = 'CONFIRMED') <= (answered_by IS NOT NULL)""",
)
ONE_OPEN_OF_A_LINE = ddl.index("supplements_open_of_line", "supplements (line_id) WHERE status = 'OPEN'", unique=True)
OPEN_OF_ORDERS = ddl.index("supplements_open_of_order", "supplements (order_id) WHERE status = 'OPEN'")
KEEP_SUPPLEMENT = (
    """CREATE FUNCTION keep_supplement() RETURNS trigger LANGUAGE plpgsql AS $$
    DECLARE free text[] := ARRAY['status', 'version', 'valid_until', 'answered_at', 'answered_by', 'decline_reason'];
    BEGIN
        IF TG_OP = 'DELETE' THEN
            RAISE EXCEPTION 'a supplement is never deleted' USING ERRCODE = 'restrict_violation';
        END IF;
        IF OLD.answered_at IS NOT NULL OR to_jsonb(OLD) - free IS DISTINCT FROM to_jsonb(NEW) - free THEN
            RAISE EXCEPTION 'what was offered and answered never changes' USING ERRCODE = 'restrict_violation';
        END IF;
        RETURN NEW;
    END $$""",
    "DROP FUNCTION keep_supplement()",
)

STATEMENTS = (
    ANSWER_IS_COMPLETE,
    ONE_OPEN_OF_A_LINE,
    OPEN_OF_ORDERS,
    KEEP_SUPPLEMENT,
    immutable_trigger("supplements", "keep_supplement", "UPDATE OR DELETE"),
    no_truncate_trigger("supplements"),
)
