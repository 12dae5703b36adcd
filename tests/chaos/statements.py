"""What a chaos run asks the database: rows that must not be there, and counts."""

from collections.abc import Mapping

# What people did, by event and subject; an order that was created by its project, for its client knew no id.
TRACES = """
    SELECT name AS kind, coalesce(order_id, subject_id)::text AS what, count(*) AS rows FROM events
        WHERE name = 'delivery.create' GROUP BY 1, 2
    UNION ALL SELECT name, subject_id::text, count(*) FROM events
        WHERE due_at IS NULL AND name <> 'delivery.create' GROUP BY 1, 2
    UNION ALL SELECT 'project', project, count(*) FROM orders GROUP BY 1, 2
    UNION ALL SELECT 'comment', text, count(*) FROM comments GROUP BY 1, 2
    UNION ALL SELECT 'clientStatus', label_en, count(*) FROM client_status_changes GROUP BY 1, 2"""
KEYS = "SELECT key FROM idempotency_records WHERE subject_id IS NOT NULL"
SENT_MAILS = """SELECT id::text, operation_id, digest_at, coalesce(account_id, contact_id, customer_id) AS reader
    FROM outbox WHERE state = 'SENT'"""
EVERY_MAIL = "SELECT id::text FROM outbox"

# What is due and waits for nothing. A move that was refused sleeps until a related move wakes it.
OVERDUE = """SELECT kind, subject_id::text, due_at, attempts, last_error FROM deadlines
    WHERE state = 'PENDING' AND due_at <= app_now() AND refusals = '[]'"""
# A mail that is sent at the very end makes a deadline due at once; what waits for a moment was not missed.
A_MOMENT = "interval '3 seconds'"
MISSED = f"{OVERDUE} AND due_at <= app_now() - {A_MOMENT}"
WAITING_MAILS = f"""SELECT id::text, name, attempts, last_error FROM outbox
    WHERE state = 'PENDING' AND digest_at IS NULL AND next_attempt_at <= clock_timestamp() - {A_MOMENT}"""
# One that a killed process had begun is continued when its lease has ended.
RUNNING_OPERATIONS = "SELECT id::text, state FROM bulk_operations WHERE state = 'RUNNING'"
WAITING = f"""SELECT (SELECT count(*) FROM ({OVERDUE}) d) + (SELECT count(*) FROM ({WAITING_MAILS}) m)
    + (SELECT count(*) FROM ({RUNNING_OPERATIONS}) r)"""
# Held by a process that was killed, until its lease ends, or put off after an error.
MAILS_HELD = "SELECT count(*) FROM outbox WHERE state = 'PENDING' AND digest_at IS NULL"
ERRORS_OF_MAILS = """SELECT DISTINCT name, last_error FROM outbox
    WHERE state = 'PENDING' AND digest_at IS NULL AND last_error IS NOT NULL"""

_LAST_BEFORE = """(SELECT p.name FROM events p WHERE p.subject_kind = e.subject_kind AND p.subject_id = e.subject_id
    AND p.sequence < e.sequence AND p.name = ANY({names}) ORDER BY p.sequence DESC LIMIT 1)"""
_OF_DELIVERY = """'{delivery.submit,delivery.resubmit,delivery.accept,delivery.autoAccept,delivery.requestRevision,
    delivery.cancel}'"""
_OF_OFFER = """'{order.approve,order.confirm,order.decline,order.expire,order.requestChanges,order.withdraw,
    order.reject}'"""

PROMISES: Mapping[str, str] = {
    "deadlines early": "SELECT name, subject_id::text, at, due_at FROM events WHERE due_at IS NOT NULL AND at < due_at",
    "deadlines fired twice": """SELECT name, subject_id::text, due_at, count(*) FROM events WHERE due_at IS NOT NULL
        GROUP BY name, subject_id, due_at HAVING count(*) > 1""",
    "deadlines missed": MISSED,
    "deadlines given up": "SELECT kind, subject_id::text, last_error FROM deadlines WHERE state = 'FAILED'",
    "moves by the clock over a person's": f"""SELECT e.name, e.subject_id::text, e.sequence FROM events e
        WHERE e.name = 'delivery.autoAccept'
            AND {_LAST_BEFORE.format(names=_OF_DELIVERY)} NOT IN ('delivery.submit', 'delivery.resubmit')
        UNION ALL SELECT e.name, e.subject_id::text, e.sequence FROM events e
        WHERE e.name = 'order.expire' AND {_LAST_BEFORE.format(names=_OF_OFFER)} <> 'order.approve'""",
    "acceptances before an extended review had ended": """SELECT e.subject_id::text, e.at FROM events e
        JOIN deliveries d ON d.id = e.subject_id WHERE e.name = 'delivery.autoAccept' AND e.at < d.review_ends_at""",
    "moves after the end": """SELECT e.name, e.subject_id::text FROM events e
        WHERE e.name IN ('delivery.accept', 'delivery.requestRevision', 'delivery.extendReview') AND EXISTS (
            SELECT 1 FROM events p WHERE p.subject_id = e.subject_id AND p.sequence < e.sequence
                AND p.name IN ('delivery.accept', 'delivery.autoAccept'))""",
    "mails not sent": WAITING_MAILS,
    "mails given up": "SELECT id::text, name, last_error FROM outbox WHERE state = 'FAILED'",
    "gaps and repetitions in invoice numbers": """SELECT number, before FROM (
            SELECT number, counted, lag(counted) OVER (PARTITION BY series ORDER BY counted) AS before
            FROM (SELECT number, regexp_replace(number, '\\d+$', '') AS series,
                    substring(number FROM '\\d+$')::bigint AS counted FROM invoices WHERE number IS NOT NULL) n) m
        WHERE counted <> coalesce(before + 1, counted)""",
    "bulk operations that never ended": RUNNING_OPERATIONS,
    "rows of bulk operations with two results": """SELECT operation_id::text, subject_id::text FROM bulk_results
        GROUP BY operation_id, subject_id HAVING count(*) > 1""",
}
COUNTS: Mapping[str, str] = {
    "moves by people": "SELECT count(*) FROM events WHERE due_at IS NULL",
    "moves by the clock": "SELECT count(*) FROM events WHERE due_at IS NOT NULL",
    "acceptances by silence": "SELECT count(*) FROM events WHERE name = 'delivery.autoAccept'",
    "offers expired": "SELECT count(*) FROM events WHERE name = 'order.expire'",
    "invoices issued": "SELECT count(*) FROM invoices WHERE number IS NOT NULL",
    "mails still held by a lease": MAILS_HELD,
}
# The identifier of a deadline tells when it was armed.
PUNCTUALITY = """SELECT kind, attempts, due_at, fired_at, uuid_extract_timestamp(id) AS armed_at FROM deadlines
    WHERE state = 'FIRED' AND refusals = '[]'"""
