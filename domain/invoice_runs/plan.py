"""SQL that plans a run: which lines become which invoice, which are left out, and what needs attention.

A dry run reads what the start of a run stores, so that the two cannot differ.
"""

from domain.billing.guards.invoices import ENDING

MAX_LINES = 250
"""More lines of one kind become several invoices; a composition by hand takes no more either."""

GROUPING = """c.member_id, c.customer_id, c.currency, c.payment_days, c.invoice_on, c.vat_category = 'OUT_OF_SCOPE'"""
"""What the lines of an invoice have in common; what is outside the scope of the tax stands alone (BR-O-11)."""

PLAN = (
    f"""CREATE FUNCTION invoice_run_plan(run uuid)
    RETURNS TABLE (line_id uuid, group_id uuid, reason text) LANGUAGE sql STABLE ROWS 1000 AS $$
    WITH candidates AS MATERIALIZED (
        SELECT l.id, l.member_id, l.customer_id, l.currency, l.payment_days, l.invoice_on, l.vat_category, l.vat_rate,
            l.net_cents, CASE WHEN l.status = 'ON_HOLD' THEN 'line_not_confirmed'
                WHEN o.status IN ({", ".join(f"'{each}'" for each in sorted(ENDING))}) THEN 'order_is_being_canceled'
                WHEN l.invoice_on IS NULL AND l.planned_invoice_id IS NOT NULL THEN 'line_waits_for_acceptance'
            END AS reason
        FROM invoice_runs r JOIN billable_lines l ON l.invoice_id IS NULL AND l.status <> 'CANCELED'
            AND (l.invoice_on IS NULL OR l.invoice_on <= r.invoice_on_until)
            AND (r.customer_ids = '{{}}' OR l.customer_id = ANY (r.customer_ids))
            AND (r.member_ids = '{{}}' OR l.member_id = ANY (r.member_ids))
            AND (r.sources = '{{}}' OR l.source::text = ANY (r.sources))
            LEFT JOIN orders o ON o.id = l.order_id
        WHERE r.id = run),
    numbered AS (
        SELECT c.*, (row_number() OVER (PARTITION BY {GROUPING} ORDER BY c.id) - 1) / {MAX_LINES} AS part
        FROM candidates c WHERE c.reason IS NULL),
    grouped AS (
        SELECT c.*, first_value(c.id) OVER (PARTITION BY {GROUPING}, c.part ORDER BY c.id) AS group_id
        FROM numbered c),
    taxed AS (
        SELECT g.group_id, sum(g.net_cents) + round(sum(g.net_cents) * g.vat_rate / 100) AS gross_cents
        FROM grouped g GROUP BY g.group_id, g.vat_category, g.vat_rate),
    sums AS (SELECT t.group_id, sum(t.gross_cents) AS gross_cents FROM taxed t GROUP BY t.group_id)
    SELECT g.id, g.group_id, CASE WHEN s.gross_cents < 0 THEN 'total_below_zero' END
    FROM grouped g JOIN sums s ON s.group_id = g.group_id
    UNION ALL SELECT c.id, NULL, c.reason FROM candidates c WHERE c.reason IS NOT NULL $$""",
    "DROP FUNCTION invoice_run_plan(uuid)",
)
"""The lines that a run selects: each with the invoice it would be on, which has the id of its first line, or the reason
for which it is left out."""

PLANNED_INVOICES = (
    """CREATE VIEW invoice_run_plans AS
    SELECT p.group_id AS id, r.id AS run_id, p.line_ids, first.customer_id, first.member_id, first.currency,
        coalesce(first.invoice_on, (app_now() AT TIME ZONE s.zone)::date) AS invoice_on, c.legal_name AS customer_name,
        p.net_cents
    FROM invoice_runs r CROSS JOIN operator_settings s
        CROSS JOIN LATERAL (SELECT q.group_id, array_agg(l.id ORDER BY l.id) AS line_ids,
                sum(l.net_cents)::bigint AS net_cents
            FROM invoice_run_plan(r.id) q JOIN billable_lines l ON l.id = q.line_id
            WHERE q.reason IS NULL GROUP BY q.group_id) AS p
        JOIN billable_lines first ON first.id = p.group_id JOIN customers c ON c.id = first.customer_id
    WHERE r.status = 'ON_HOLD'""",
    "DROP VIEW invoice_run_plans",
)
"""The invoices that a run on hold would be composed into."""

STORED = "jsonb_build_array(jsonb_build_object('code', 'GUARD_FAILED', 'reason', {reason}, 'params', '{{}}'::jsonb, \
'path', '[]'::jsonb))"
"""A refusal without parameters, as `kernel/stored_refusals` keeps it."""

LINES_LEFT = f"""SELECT q.line_id AS id, r.id AS run_id, q.line_id, NULL::uuid AS invoice_id,
        c.legal_name AS customer_name,
        {STORED.format(reason="coalesce(q.reason, 'line_is_on_no_invoice')")} AS refusals,
        '[]'::jsonb AS rules
    FROM invoice_runs r CROSS JOIN LATERAL invoice_run_plan(r.id) q JOIN billable_lines l ON l.id = q.line_id
        JOIN customers c ON c.id = l.customer_id
    WHERE r.status = 'ON_HOLD' AND q.reason IS NOT NULL
        OR r.status IN ('COMPOSED', 'PRINTED') AND l.created_at <= r.composed_at"""
JOB_FAILED = (
    "EXISTS (SELECT 1 FROM document_jobs j WHERE j.invoice_id = i.id AND j.kind = '{kind}' AND j.state = 'FAILED')"
)
WHY_INVOICE_WAITS = f"""CASE i.status
            WHEN 'ON_HOLD' THEN CASE WHEN 'CANCELLATION' = ANY (i.hold_causes) THEN 'held_for_cancellation'
                ELSE 'run_invoice_held' END
            WHEN 'PENDING_APPROVAL' THEN 'run_invoice_pending'
            WHEN 'READY_TO_SUBMIT' THEN 'run_invoice_not_submitted'
            WHEN 'READY_TO_PRINT' THEN CASE WHEN {JOB_FAILED.format(kind="CHECK")} THEN 'run_check_failed' END
            WHEN 'PRINTED' THEN CASE WHEN {JOB_FAILED.format(kind="RENDERING")} THEN 'run_rendering_failed'
                WHEN i.sent_at IS NULL AND i.printed_at < app_now() - interval '24 hours'
                THEN 'sending_not_recorded' END
            END"""
INVOICES_LEFT = f"""SELECT i.id, g.run_id, NULL, i.id, c.legal_name,
        CASE WHEN why.reason IS NOT NULL THEN {STORED.format(reason="why.reason")}
            WHEN k.id IS NOT NULL THEN '[]' ELSE tried.refusals END,
        CASE WHEN why.reason IS NULL AND k.id IS NOT NULL
            THEN jsonb_path_query_array(k.findings, '$[*].rule') ELSE '[]' END
    FROM invoice_run_invoices g JOIN invoice_runs r ON r.id = g.run_id JOIN invoices i ON i.id = g.id
        JOIN customers c ON c.id = i.customer_id
        CROSS JOIN LATERAL (SELECT {WHY_INVOICE_WAITS} AS reason) AS why
        LEFT JOIN invoice_checks k ON k.invoice_id = i.id AND k.findings <> '[]' AND i.status = 'READY_TO_PRINT'
        LEFT JOIN LATERAL (SELECT b.refusals FROM bulk_operations o JOIN bulk_items b ON b.operation_id = o.id
            WHERE o.id = r.operation_id AND b.subject_id = i.id AND b.outcome = 'FAILED' AND o.kind = CASE i.status
                WHEN 'READY_TO_PRINT' THEN 'INVOICE_PRINT' WHEN 'PRINTED' THEN 'INVOICE_POST' END) AS tried ON TRUE
    WHERE why.reason IS NOT NULL OR k.id IS NOT NULL OR tried.refusals IS NOT NULL"""
EXCEPTIONS = (
    f"CREATE VIEW invoice_run_exceptions AS {LINES_LEFT} UNION ALL {INVOICES_LEFT}",
    "DROP VIEW invoice_run_exceptions",
)
"""Everything of a run that does not go on by itself, each line or invoice once: as stored refusals, or as the official
rules that a draft breaks."""

NUMBERS = ("CREATE SEQUENCE invoice_run_numbers AS integer", "DROP SEQUENCE invoice_run_numbers")
STATEMENTS = (NUMBERS, PLAN, PLANNED_INVOICES, EXCEPTIONS)
