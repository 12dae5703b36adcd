"""SQL that makes issued documents immutable in the database: triggers and checks, and their removal."""

PROVISIONAL_NUMBERS = (
    "CREATE SEQUENCE provisional_numbers AS bigint",
    "DROP SEQUENCE provisional_numbers",
)

ISSUED_IS_COMPLETE = (
    """ALTER TABLE invoices ADD CONSTRAINT invoices_issued_is_complete CHECK (CASE
        WHEN status IN ('PRINTED', 'POSTED')
        THEN num_nulls(number, snapshot, issued_on, due_on, printed_at) = 0
        ELSE num_nonnulls(number, snapshot, issued_on, due_on, printed_at) = 0 END)""",
    "ALTER TABLE invoices DROP CONSTRAINT invoices_issued_is_complete",
)

DUE_WHERE_MONEY_IS_ASKED_FOR = (
    """ALTER TABLE invoices DROP CONSTRAINT invoices_issued_is_complete,
        ADD CONSTRAINT invoices_issued_is_complete CHECK (CASE
        WHEN status IN ('PRINTED', 'POSTED')
        THEN num_nulls(number, snapshot, issued_on, printed_at) = 0
            AND (due_on IS NOT NULL OR kind = 'CANCELLATION' OR net_cents + vat_cents = 0)
        ELSE num_nonnulls(number, snapshot, issued_on, due_on, printed_at) = 0 END)""",
    f"ALTER TABLE invoices DROP CONSTRAINT invoices_issued_is_complete; {ISSUED_IS_COMPLETE[0]}",
)

CANCELLATION_NAMES_ITS_ORIGINAL = (
    """ALTER TABLE invoices ADD CONSTRAINT invoices_cancellation_names_its_original
        CHECK ((kind = 'CANCELLATION') = (reverses_id IS NOT NULL))""",
    "ALTER TABLE invoices DROP CONSTRAINT invoices_cancellation_names_its_original",
)

HELD_FOR_A_CAUSE = (
    """ALTER TABLE invoices ADD CONSTRAINT invoices_held_for_a_cause
        CHECK ((status = 'ON_HOLD') = (cardinality(hold_causes) > 0))""",
    "ALTER TABLE invoices DROP CONSTRAINT invoices_held_for_a_cause",
)

IS_ISSUED = (
    """CREATE FUNCTION is_issued(invoice uuid) RETURNS boolean LANGUAGE plpgsql AS $$
    DECLARE given_number text;
    BEGIN
        SELECT i.number INTO given_number FROM invoices i WHERE i.id = invoice FOR SHARE;
        RETURN given_number IS NOT NULL;
    END $$""",
    "DROP FUNCTION is_issued(uuid)",
)
"""Waits for a transaction that prints the invoice, so that no change slips in beside the print."""

KEEP_INVOICE = (
    """CREATE FUNCTION keep_issued_invoice() RETURNS trigger LANGUAGE plpgsql AS $$
    DECLARE free text[] := ARRAY['status', 'version', 'sent_at', 'sent_reason', 'posted_at'];
    BEGIN
        IF TG_OP = 'DELETE' THEN
            RAISE EXCEPTION 'an invoice is never deleted' USING ERRCODE = 'restrict_violation';
        END IF;
        IF OLD.number IS NULL THEN RETURN NEW; END IF;
        IF to_jsonb(OLD) - free IS DISTINCT FROM to_jsonb(NEW) - free
            OR NEW.status <> OLD.status AND (OLD.status, NEW.status) IS DISTINCT FROM ('PRINTED', 'POSTED')
            OR NEW.version < OLD.version
            OR OLD.sent_at IS NOT NULL AND (OLD.sent_at, OLD.sent_reason)
                IS DISTINCT FROM (NEW.sent_at, NEW.sent_reason)
            OR OLD.posted_at IS NOT NULL AND OLD.posted_at IS DISTINCT FROM NEW.posted_at
        THEN
            RAISE EXCEPTION 'invoice % is issued and never changes', OLD.number USING ERRCODE = 'restrict_violation';
        END IF;
        RETURN NEW;
    END $$""",
    "DROP FUNCTION keep_issued_invoice()",
)

KEEP_ITEMS = (
    """CREATE FUNCTION keep_issued_items() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        IF TG_OP <> 'INSERT' AND is_issued(OLD.invoice_id) OR TG_OP <> 'DELETE' AND is_issued(NEW.invoice_id) THEN
            RAISE EXCEPTION 'the items of an issued invoice never change' USING ERRCODE = 'restrict_violation';
        END IF;
        RETURN coalesce(NEW, OLD);
    END $$""",
    "DROP FUNCTION keep_issued_items()",
)

KEEP_LINES = (
    """CREATE FUNCTION keep_issued_lines() RETURNS trigger LANGUAGE plpgsql AS $$
    DECLARE free text[] := ARRAY['version', 'consumed_at'];
    BEGIN
        IF TG_OP = 'DELETE' THEN
            RAISE EXCEPTION 'a billable line is never deleted' USING ERRCODE = 'restrict_violation';
        END IF;
        IF TG_OP = 'INSERT' THEN
            IF NEW.invoice_id IS NULL OR NOT is_issued(NEW.invoice_id) THEN RETURN NEW; END IF;
        ELSIF OLD.invoice_id IS NOT NULL AND is_issued(OLD.invoice_id) THEN
            IF to_jsonb(OLD) - free = to_jsonb(NEW) - free
                AND (OLD.consumed_at IS NULL OR OLD.consumed_at = NEW.consumed_at) THEN RETURN NEW; END IF;
        ELSIF NEW.invoice_id IS NOT DISTINCT FROM OLD.invoice_id OR NEW.invoice_id IS NULL
            OR NOT is_issued(NEW.invoice_id) THEN RETURN NEW;
        END IF;
        RAISE EXCEPTION 'the lines of an issued invoice never change' USING ERRCODE = 'restrict_violation';
    END $$""",
    "DROP FUNCTION keep_issued_lines()",
)

SAME_CUSTOMER = (
    """CREATE FUNCTION is_same_customer(earlier uuid, later uuid) RETURNS boolean LANGUAGE sql STABLE AS $$
    SELECT earlier = later
        OR EXISTS (SELECT 1 FROM customers c WHERE c.id = earlier AND c.merged_into_id = later) $$""",
    "DROP FUNCTION is_same_customer(uuid, uuid)",
)
"""An issued document keeps its snapshot; the row of the customer it points to may be merged into another one."""

KEEP_INVOICE_OF_MERGED = (
    KEEP_INVOICE[0]
    .replace("CREATE FUNCTION", "CREATE OR REPLACE FUNCTION")
    .replace("'posted_at'];", "'posted_at', 'customer_id'];")
    .replace(
        "OR NEW.version < OLD.version",
        "OR NEW.version < OLD.version OR NOT is_same_customer(OLD.customer_id, NEW.customer_id)",
    ),
    KEEP_INVOICE[0].replace("CREATE FUNCTION", "CREATE OR REPLACE FUNCTION"),
)

KEEP_LINES_OF_MERGED = (
    KEEP_LINES[0]
    .replace("CREATE FUNCTION", "CREATE OR REPLACE FUNCTION")
    .replace("'consumed_at'];", "'consumed_at', 'customer_id'];")
    .replace(
        "IF to_jsonb(OLD) - free = to_jsonb(NEW) - free",
        """IF to_jsonb(OLD) - free = to_jsonb(NEW) - free
                AND is_same_customer(OLD.customer_id, NEW.customer_id)""",
    ),
    KEEP_LINES[0].replace("CREATE FUNCTION", "CREATE OR REPLACE FUNCTION"),
)

KEEP_SERIES = (
    """CREATE FUNCTION keep_number_series() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        IF TG_OP = 'INSERT' AND NEW.last_sequence = 1 THEN RETURN NEW; END IF;
        IF TG_OP = 'UPDATE' AND NEW.key = OLD.key AND NEW.last_sequence = OLD.last_sequence + 1 THEN RETURN NEW; END IF;
        RAISE EXCEPTION 'a number series only counts on' USING ERRCODE = 'restrict_violation';
    END $$""",
    "DROP FUNCTION keep_number_series()",
)


def immutable_trigger(table: str, function: str, events: str) -> tuple[str, str]:
    """A trigger that calls the function before each of these events on each row of the table."""
    return (
        f"CREATE TRIGGER {table}_keep BEFORE {events} ON {table} FOR EACH ROW EXECUTE FUNCTION {function}()",
        f"DROP TRIGGER {table}_keep ON {table}",
    )


def no_truncate_trigger(table: str) -> tuple[str, str]:
    """A trigger that refuses to truncate the table."""
    return (
        f"CREATE TRIGGER {table}_never_emptied BEFORE TRUNCATE ON {table} EXECUTE FUNCTION refuse_change()",
        f"DROP TRIGGER {table}_never_emptied ON {table}",
    )


STATEMENTS = (
    PROVISIONAL_NUMBERS,
    ISSUED_IS_COMPLETE,
    CANCELLATION_NAMES_ITS_ORIGINAL,
    HELD_FOR_A_CAUSE,
    IS_ISSUED,
    KEEP_INVOICE,
    KEEP_ITEMS,
    KEEP_LINES,
    KEEP_SERIES,
    immutable_trigger("invoices", "keep_issued_invoice", "UPDATE OR DELETE"),
    immutable_trigger("invoice_items", "keep_issued_items", "INSERT OR UPDATE OR DELETE"),
    immutable_trigger("billable_lines", "keep_issued_lines", "INSERT OR UPDATE OR DELETE"),
    immutable_trigger("number_series", "keep_number_series", "INSERT OR UPDATE OR DELETE"),
    no_truncate_trigger("invoices"),
    no_truncate_trigger("invoice_items"),
    no_truncate_trigger("billable_lines"),
    no_truncate_trigger("number_series"),
    no_truncate_trigger("document_numbers"),
)
