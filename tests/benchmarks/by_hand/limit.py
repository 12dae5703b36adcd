"""The limit of a move: one statement locks and checks, one writes everything. Rows are those that the product leaves.

Parameters of both: $1 is the row, $2 the account and $3 the name of the person who makes the move; more follow. What
the product decides by settings that the benchmark does not use (quiet periods, digests, reviews in working days) is
left out.
"""

from dataclasses import dataclass

from tests.benchmarks.by_hand.fragments import (
    ARM,
    ENQUEUE,
    EVERYONE,
    STAFF_AND_MEMBER,
    STATUS_EVENT,
    STATUS_HISTORY,
    STATUS_MESSAGE,
)

LOCK_ORDER = "SELECT o.id FROM orders o WHERE o.id = $1 AND o.deleted_at IS NULL AND {checked} FOR UPDATE"
LOCAL_MIDNIGHT = "(({day})::timestamp AT TIME ZONE n.zone)"
NOW = (
    "n AS MATERIALIZED (SELECT app_now() AS at, uuidv7() AS event_id, s.zone, s.payment_days FROM operator_settings s)"
)

COMMENT = f"""WITH {NOW},
commented AS (INSERT INTO comments (id, order_id, visibility, author_role, author_name, text, created_at)
    SELECT uuidv7(), $1, $5, 'STAFF', $3, $4, n.at FROM n)
SELECT append_event(n.event_id, 'order', $1, $1, 'order.comment', n.at, NULL, 'STAFF', $2, NULL, $3,
    ARRAY['ADMIN', 'FINANCE', 'STAFF'], '{{}}') FROM n"""

OFFER_IS_OPEN = """o.archived_at IS NULL AND o.status = 'AWAITING_CUSTOMER' AND o.offer_revision = $3
    AND o.customer_id IN (SELECT k.customer_id FROM contacts k WHERE k.account_id = $2)
    AND app_now() < ((o.offer_valid_until + 1)::timestamp AT TIME ZONE (SELECT s.zone FROM operator_settings s))"""
CONFIRM_ARMED = ARM.format(
    armed=f"""SELECT 'order.deliveryDue', 'order', o.id, o.id, o.delivery_due_at, 'delivery_due_at' FROM moved o
        UNION ALL SELECT 'invoice.compose', 'line', l.id, $1, {LOCAL_MIDNIGHT.format(day="l.invoice_on - 7")},
            'invoice_on' FROM lines l, n"""
)
CONFIRM_MESSAGE = ENQUEUE.format(
    messages="""SELECT 'order.confirm', 'MEMBER', m.account_id, NULL::uuid, 'order', o.id, o.id, n.event_id,
        NULL::uuid, n.at FROM n, moved o JOIN members m ON m.id = o.member_id"""
)
CONFIRM = f"""WITH {NOW},
moved AS (UPDATE orders o SET status = 'ACTIVE', version = o.version + 1, confirmed_at = n.at, activated_at = n.at,
    confirmed_by = $4, confirmed_revision = $5 FROM n WHERE o.id = $1 RETURNING o.*),
used AS (UPDATE links SET ended_at = clock_timestamp(), "end" = 'USED'
    WHERE order_id = $1 AND purpose = 'OFFER' AND ended_at IS NULL),
disarmed AS (UPDATE deadlines SET state = 'DISARMED' WHERE subject_kind = 'order' AND subject_id = $1
    AND state = 'PENDING' AND kind IN ('order.expire', 'order.offerHalfTime', 'order.offerLastDay')),
lines AS (INSERT INTO billable_lines (id, status, version, source, order_id, planned_invoice_id, member_id, customer_id,
        currency, payment_days, invoice_on, service_from, service_to, text, quantity, unit_price_cents, vat_category,
        vat_rate, net_cents, composed_by_finance_only, created_at)
    SELECT uuidv7(), 'CONFIRMED', 1, 'PLANNED_INVOICE', o.id, p.id, o.member_id, o.customer_id, o.currency,
        n.payment_days, p.invoice_on, o.service_from, o.service_to, p.text, p.quantity, p.unit_price_cents,
        p.vat_category, p.vat_rate, p.net_cents, FALSE, n.at
    FROM n, moved o JOIN planned_invoices p ON p.order_id = o.id RETURNING id, invoice_on),
armed AS ({CONFIRM_ARMED}),
notified AS ({CONFIRM_MESSAGE}),
shown AS (UPDATE client_statuses s SET visibility = 'SHOWN', version = s.version + 1,
        name = coalesce(nullif(s.name, ''), o.project), label_de = t.label_de, label_en = t.label_en,
        description_de = t.description_de, description_en = t.description_en, color = t.color, template_id = t.id,
        template_edition = t.edition, edited_by_hand = FALSE, origin = 'AUTOMATION', automation_id = a.id,
        changed_at = n.at, shown_since = coalesce(s.shown_since, n.at)
    FROM n, moved o, automations a JOIN status_templates t ON t.id = a.template_id AND t.state = 'ACTIVE'
    WHERE s.id = $1 AND s.kept_until IS NULL AND a.trigger = 'order.confirm' AND a.state = 'ACTIVE'
    RETURNING s.*, old.visibility AS was, a.name AS automation, uuidv7() AS change_id),
run AS (INSERT INTO automation_runs (id, automation_id, event_id, order_id, outcome, reasons, at, version)
    SELECT uuidv7(), s.automation_id, n.event_id, s.id, 'APPLIED', '[]', n.at, 1 FROM shown s, n),
history AS ({STATUS_HISTORY.format(account="NULL", actor="s.automation")}),
status_notified AS ({STATUS_MESSAGE}),
recorded AS (
    SELECT append_event(n.event_id, 'order', $1, $1, 'order.confirm', n.at, NULL, 'CUSTOMER', $2, NULL, $3, {EVERYONE},
        jsonb_build_object('from', 'AWAITING_CUSTOMER', 'to', 'ACTIVE', 'name', $4::text, 'revision', $5::int)) FROM n
    UNION ALL SELECT append_event(uuidv7(), 'line', l.id, $1, 'line.arise', n.at, NULL, 'CLOCK', NULL, NULL,
        'Werkstand', {STAFF_AND_MEMBER}, '{{}}') FROM lines l, n
    UNION ALL SELECT {STATUS_EVENT.format(role="'CLOCK'", account="NULL", actor="s.automation")} FROM shown s)
SELECT count(append_event) FROM recorded"""

SHOW = f"""WITH {NOW},
shown AS (UPDATE client_statuses s SET visibility = 'SHOWN', version = s.version + 1,
        name = coalesce(nullif(s.name, ''), o.project), label_de = $4, label_en = $4, description_de = $5,
        description_en = $5, edited_by_hand = TRUE, kept_until = 'CLEARED', kept_until_on = NULL, origin = 'MANUAL',
        automation_id = NULL, expected_on = NULL, changed_at = n.at, shown_since = coalesce(s.shown_since, n.at)
    FROM n, orders o WHERE s.id = $1 AND o.id = $1 RETURNING s.*, old.visibility AS was, n.event_id AS change_id),
history AS ({STATUS_HISTORY.format(account="$2", actor="$3")}),
notified AS ({STATUS_MESSAGE})
SELECT {STATUS_EVENT.format(role="'STAFF'", account="$2", actor="$3")} FROM shown s"""

LOCK_DELIVERY = """SELECT d.id FROM deliveries d JOIN orders o ON o.id = d.order_id JOIN members m ON m.id = o.member_id
    WHERE d.id = $1 AND d.status = 'DRAFT' AND d.draft_description <> '' AND o.status = 'ACTIVE'
        AND o.deleted_at IS NULL AND o.archived_at IS NULL AND m.account_id = $2 FOR UPDATE OF o, d"""
SUBMIT_ARMED = ARM.format(
    armed="""SELECT 'delivery.autoAccept', 'delivery', d.id, d.order_id, d.review_ends_at, 'review_ends_at'
        FROM moved d UNION ALL SELECT 'delivery.reviewReminder', 'delivery', d.id, d.order_id,
            d.review_ends_at - interval '1 day', 'review_ends_at' FROM moved d
            WHERE d.review_ends_at - interval '1 day' > d.delivered_at"""
)
SUBMIT_MESSAGE = ENQUEUE.format(
    messages="""SELECT 'delivery.submit', 'CUSTOMER', NULL::uuid, l.contact_id, 'delivery', d.id, d.order_id,
        n.event_id, l.id, n.at FROM n, moved d, linked l"""
)
SUBMIT = f"""WITH {NOW},
moved AS (UPDATE deliveries d SET status = 'DELIVERED', version = d.version + 1,
        current_number = d.current_number + 1, draft_description = '', draft_link = NULL, delivered_at = n.at,
        extensions = 0, review_ends_at =
            (n.at AT TIME ZONE n.zone + make_interval(days => o.review_length)) AT TIME ZONE n.zone
    FROM n, orders o WHERE d.id = $1 AND o.id = d.order_id
    RETURNING d.*, old.draft_description AS text, old.draft_link AS place, o.contact_id),
versioned AS (INSERT INTO delivery_versions (id, delivery_id, number, description, link, submitted_at)
    SELECT uuidv7(), d.id, d.current_number, d.text, d.place, d.delivered_at FROM moved d),
superseded AS (UPDATE links l SET ended_at = coalesce(l.ended_at, clock_timestamp()), "end" = 'SUPERSEDED'
    FROM moved d WHERE l.order_id = d.order_id AND l.purpose = 'REVIEW'
    AND (l."end" IS NULL OR l."end" IN ('USED', 'CHANGES_REQUESTED', 'OFFER_EXPIRED'))),
linked AS (INSERT INTO links (id, purpose, order_id, delivery_id, contact_id, created_at, expires_at)
    SELECT uuidv7(), 'REVIEW', d.order_id, d.id, d.contact_id, clock_timestamp(), clock_timestamp() + interval '90 days'
    FROM moved d WHERE d.contact_id IS NOT NULL RETURNING id, contact_id),
disarmed AS (UPDATE deadlines x SET state = 'DISARMED' FROM moved d WHERE x.subject_kind = 'order'
    AND x.subject_id = d.order_id AND x.state = 'PENDING' AND x.kind = 'order.deliveryDue'),
armed AS ({SUBMIT_ARMED}),
notified AS ({SUBMIT_MESSAGE})
SELECT append_event(n.event_id, 'delivery', d.id, d.order_id, 'delivery.submit', n.at, NULL, 'MEMBER', $2, NULL, $3,
    {EVERYONE}, jsonb_build_object('from', 'DRAFT', 'to', 'DELIVERED', 'number', d.current_number, 'review_ends_at',
        d.review_ends_at)) FROM n, moved d"""


@dataclass(frozen=True)
class HandWritten:
    """The two statements of a move, and the names of the input's fields that each takes, in order."""

    lock: str
    lock_takes: tuple[str, ...]
    write: str
    write_takes: tuple[str, ...]


MOVES = {
    "orderComment": HandWritten(
        LOCK_ORDER.format(checked="TRUE"), ("id",), COMMENT, ("id", "account", "actor", "text", "visibility")
    ),
    "orderConfirm": HandWritten(
        LOCK_ORDER.format(checked=OFFER_IS_OPEN),
        ("id", "account", "revision"),
        CONFIRM,
        ("id", "account", "actor", "name", "revision"),
    ),
    "clientStatusShow": HandWritten(
        LOCK_ORDER.format(checked="o.archived_at IS NULL"),
        ("id",),
        SHOW,
        ("id", "account", "actor", "label", "description"),
    ),
    "deliverySubmit": HandWritten(LOCK_DELIVERY, ("id", "account"), SUBMIT, ("id", "account", "actor")),
}
