"""What becomes due, written by hand: one statement locks and checks, one writes everything.

Parameters of both: $1 is the row, $2 the instant at which it was due.
"""

from collections.abc import Mapping

from tests.benchmarks.by_hand.fragments import ARM, ENQUEUE, EVERYONE

NOW = "n AS MATERIALIZED (SELECT app_now() AS at, uuidv7() AS event_id, s.zone FROM operator_settings s)"
MESSAGES = """SELECT '{name}', 'MEMBER', m.account_id, NULL::uuid, '{kind}', {subject}, o.id, n.event_id, NULL::uuid,
        n.at FROM n, {order} JOIN members m ON m.id = o.member_id
    UNION ALL SELECT '{name}', 'CUSTOMER', NULL::uuid, o.contact_id, '{kind}', {subject}, o.id, n.event_id, NULL::uuid,
        n.at FROM n, {order}"""

LOCK_OFFER = """SELECT o.id FROM orders o WHERE o.id = $1 AND o.status = 'AWAITING_CUSTOMER' AND $2 <= app_now()
    AND app_now() >= ((o.offer_valid_until + 1)::timestamp AT TIME ZONE (SELECT s.zone FROM operator_settings s))
    FOR UPDATE"""
EXPIRY_MESSAGES = ENQUEUE.format(
    messages=MESSAGES.format(name="order.expire", kind="order", subject="o.id", order="moved o")
)
EXPIRE = f"""WITH {NOW},
moved AS (UPDATE orders o SET status = 'REJECTED', version = o.version + 1, rejected_at = n.at,
    rejection_cause = 'OFFER_EXPIRED', rejection_reason = NULL FROM n WHERE o.id = $1 RETURNING o.*),
ended AS (UPDATE links SET ended_at = clock_timestamp(), "end" = 'OFFER_EXPIRED'
    WHERE order_id = $1 AND purpose = 'OFFER' AND ended_at IS NULL),
disarmed AS (UPDATE deadlines SET state = 'DISARMED' WHERE subject_kind = 'order' AND subject_id = $1
    AND state = 'PENDING' AND kind IN ('order.offerHalfTime', 'order.offerLastDay')),
notified AS ({EXPIRY_MESSAGES})
SELECT append_event(n.event_id, 'order', $1, $1, 'order.expire', n.at, $2, 'CLOCK', NULL, NULL, 'Werkstand', {EVERYONE},
    '{{"from": "AWAITING_CUSTOMER", "to": "REJECTED", "cause": "OFFER_EXPIRED", "reason": null}}') FROM n"""

LOCK_DELIVERY = """SELECT d.id FROM deliveries d JOIN orders o ON o.id = d.order_id
    WHERE d.id = $1 AND d.status = 'DELIVERED' AND d.review_ends_at <= app_now() AND $2 <= app_now()
        AND o.status <> 'CANCELLATION_REVIEW' FOR UPDATE OF o, d"""
ACCEPTANCE_MESSAGES = ENQUEUE.format(
    messages=MESSAGES.format(
        name="delivery.autoAccept", kind="delivery", subject="d.id", order="moved d JOIN orders o ON o.id = d.order_id"
    )
)
# An order without a plan is complete with its service period, once what it requires is accepted.
COMPLETION = ARM.format(
    armed="""SELECT 'order.complete', 'order', o.id, o.id,
        greatest((o.service_to + 1)::timestamp AT TIME ZONE n.zone, o.activated_at), 'completion_rule'
    FROM n, moved d JOIN orders o ON o.id = d.order_id
    WHERE o.status = 'ACTIVE' AND o.completion_rule = 'FULLY_INVOICED' AND o.required_deliveries <= 1 + (
            SELECT count(*) FROM deliveries x WHERE x.order_id = o.id AND x.status = 'ACCEPTED' AND x.id <> d.id)
        AND NOT EXISTS (SELECT 1 FROM planned_invoices p WHERE p.order_id = o.id)"""
)
ACCEPT = f"""WITH {NOW},
moved AS (UPDATE deliveries d SET status = 'ACCEPTED', version = d.version + 1, accepted_at = n.at,
    accepted_by = 'SILENCE', review_awaits_mail = FALSE FROM n WHERE d.id = $1 RETURNING d.*),
ended AS (UPDATE links l SET ended_at = clock_timestamp(), "end" = 'USED' FROM moved d
    WHERE l.order_id = d.order_id AND l.purpose = 'REVIEW' AND l.ended_at IS NULL),
armed AS ({COMPLETION}),
notified AS ({ACCEPTANCE_MESSAGES})
SELECT append_event(n.event_id, 'delivery', d.id, d.order_id, 'delivery.autoAccept', n.at, $2, 'CLOCK', NULL, NULL,
    'Werkstand', {EVERYONE}, jsonb_build_object('from', 'DELIVERED', 'to', 'ACCEPTED', 'number', d.current_number))
FROM n, moved d"""

# Of each kind the statement that locks and the one that writes.
STATEMENTS: Mapping[str, tuple[str, str]] = {
    "order.expire": (LOCK_OFFER, EXPIRE),
    "delivery.autoAccept": (LOCK_DELIVERY, ACCEPT),
}
