"""Statements that write many client statuses at once: the row, its history, its event and its message."""

from domain.client_status.change_plan import CONTENT_COLUMNS, ORIGIN_COLUMNS, VISIBLE_COLUMNS
from domain.client_status.notices.digest_schedule import NEXT_DIGEST
from domain.database.ddl import APPENDING
from domain.database.parameters import Parameters
from domain.engine.after_commit import MAX_PUBLISHED
from domain.engine.context import EvaluationContext
from domain.engine.lifecycle import ALL_BUT_CUSTOMERS

# Rows are written in the order of their ids, so that neighbours share pages of the indexes of history and events. A
# change, its event and its message are rows of three tables with one id.
CHANGED_CTE = """changed AS MATERIALIZED (
    SELECT p.id, {names}, p.requested_notification, p.customer_id, p.contact_id,
        p.was_visibility, p.was_shown_since, p.was_changed_at,
        p.was_visibility = 'SHOWN' AND p.may_be_seen AS was_seen, p.visibility = 'SHOWN' AND p.may_be_seen AS is_seen,
        {forced} OR ({visible_new}) IS DISTINCT FROM ({visible_old}) AS is_notified, uuidv7() AS change_id
    FROM proposed p{join} WHERE {forced} OR ({content_new}) IS DISTINCT FROM ({content_old}){or_discarded}
    ORDER BY p.id)"""
JOIN_BASE = " JOIN base ON base.id = p.id"
OR_HAS_PENDING = " OR EXISTS (SELECT 1 FROM pending_statuses q WHERE q.id = p.id)"
UPDATE_STATUSES = """written AS (UPDATE client_statuses s SET {content}, origin = c.origin,
    automation_id = c.automation_id,
    notification = CASE WHEN NOT c.is_seen THEN c.requested_notification END, version = s.version + {counts},
    changed_at = CASE WHEN c.is_notified THEN {now} ELSE c.was_changed_at END,
    shown_since = CASE WHEN c.visibility = 'HIDDEN' THEN NULL
        WHEN c.is_seen THEN coalesce(CASE WHEN c.was_seen THEN c.was_shown_since END, {now})
        WHEN NOT c.is_notified THEN c.was_shown_since END
    FROM changed c WHERE s.id = c.id)"""
DELETE_PENDING = "settled AS (DELETE FROM pending_statuses WHERE id = ANY({ids}))"
INSERT_HISTORY = """history AS (INSERT INTO client_status_changes (id, order_id, customer_id, event, seen, {visible},
        template_id, automation_id, bulk_operation_id, origin, account_id, actor_name, changed_at)
    SELECT c.change_id, c.id, c.customer_id, c.event, c.is_seen AND c.is_notified, {visible_c}, c.template_id,
        c.automation_id, c.bulk_operation_id, c.origin, c.account_id, c.actor_name, {now} FROM changed c)"""
INSERT_MESSAGES = """messages AS (INSERT INTO outbox (id, name, recipient_role, contact_id, subject_kind, subject_id,
        order_id, event_id, state, attempts, next_attempt_at, created_at, operation_id, digest_at)
    SELECT c.change_id, c.event, 'CUSTOMER', c.contact_id, 'clientStatus', c.id, c.id, c.change_id, 'PENDING', 0,
        clock_timestamp(), {now}, c.bulk_operation_id,
        CASE WHEN c.notification = 'DAILY_DIGEST' OR k.status_mails = 'DAILY' THEN {next_digest} END
    FROM changed c JOIN contacts k ON k.id = c.contact_id
    WHERE c.is_notified AND c.is_seen AND c.notification <> 'NONE' AND k.status_mails <> 'NONE' RETURNING id)"""
SELECT_EVENTS = """SELECT c.change_id, 'clientStatus'::text, c.id, c.id, {event}, {now}, NULL::timestamptz, {role},
    c.account_id, {link}, c.actor_name, {audience}, {body} FROM changed c"""
EVENT_BODY = """jsonb_build_object('from', c.was_visibility, 'to', c.visibility,
    'seen', c.is_notified AND (c.was_seen OR c.is_seen))"""
# Of messages that are too many to be published their number is enough.
SELECT_WRITTEN = f"""SELECT (SELECT array_agg(c.id) FROM changed c) AS ids,
    (SELECT array_agg(f.id) FROM (SELECT m.id FROM messages m LIMIT {MAX_PUBLISHED + 1}) f) AS messages"""

UPSERT_PENDING = """postponed AS (INSERT INTO pending_statuses (id, {names}, created_at, visible_from)
    SELECT c.id, {names_c}, {now}, {visible_from} FROM changed c
    ON CONFLICT (id) DO UPDATE SET {renewed}, created_at = excluded.created_at, visible_from = excluded.visible_from,
        attempts = 0, next_attempt_at = NULL)"""
INCREMENT_VERSION = "counted AS (UPDATE client_statuses s SET version = s.version + 1 FROM changed c WHERE s.id = c.id)"
PENDING_EVENT_BODY = """jsonb_build_object('from', c.was_visibility, 'to', c.visibility, 'seen', FALSE,
    'visible_from', {visible_from})"""
SELECT_POSTPONED = "SELECT (SELECT array_agg(c.id) FROM changed c) AS ids"


def _column_list(names: tuple[str, ...], form: str) -> str:
    return ", ".join(form.format(name) for name in names)


def write_statement(
    plan: str,
    context: EvaluationContext,
    bind: Parameters,
    *,
    pending_ids: str | None = None,
    force: bool = False,
    discards_pending: bool = False,
    event: str | None = None,
) -> str:
    """One statement that writes the proposed statuses at once.

    `pending_ids` is the parameter of the orders whose pending changes are deleted, where any has one. With `force` an
    unchanged status is written and notified too; with `discards_pending` it is written where a pending change is
    dropped. `event` is the event's name where it is not that of the change.
    """
    now = bind(context.now, "timestamptz")
    parts = [
        plan,
        _changed_cte("p.was_{}", forced=force, or_discarded=OR_HAS_PENDING if discards_pending else ""),
        UPDATE_STATUSES.format(content=_column_list(CONTENT_COLUMNS, "{0} = c.{0}"), now=now, counts=0 if event else 1),
        *([DELETE_PENDING.format(ids=pending_ids)] if pending_ids else []),
        INSERT_HISTORY.format(
            visible=_column_list(VISIBLE_COLUMNS, "{}"), visible_c=_column_list(VISIBLE_COLUMNS, "c.{}"), now=now
        ),
        INSERT_MESSAGES.format(now=now, next_digest=NEXT_DIGEST),
        _event_cte(context, bind, now, EVENT_BODY, bind(event, "text") if event else "c.event"),
    ]
    return f"WITH {', '.join(parts)} {SELECT_WRITTEN}"


def postpone_statement(plan: str, context: EvaluationContext, visible_from: object, bind: Parameters) -> str:
    """One statement that stores the proposed statuses as pending; clients read the present ones."""
    now, visible_at = bind(context.now, "timestamptz"), bind(visible_from, "timestamptz")
    names = (*CONTENT_COLUMNS, *ORIGIN_COLUMNS)
    parts = [
        plan,
        _changed_cte("base.{}", join=JOIN_BASE),
        UPSERT_PENDING.format(
            names=_column_list(names, "{}"),
            names_c=_column_list(names, "c.{}"),
            renewed=_column_list(names, "{0} = excluded.{0}"),
            now=now,
            visible_from=visible_at,
        ),
        INCREMENT_VERSION,
        _event_cte(context, bind, now, PENDING_EVENT_BODY.format(visible_from=visible_at), "c.event"),
    ]
    return f"WITH {', '.join(parts)} {SELECT_POSTPONED}"


def _changed_cte(compared_with: str, *, join: str = "", forced: bool = False, or_discarded: str = "") -> str:
    """The statuses that change; `compared_with` is the form of the columns they are compared with."""
    return CHANGED_CTE.format(
        names=_column_list((*CONTENT_COLUMNS, *ORIGIN_COLUMNS), "p.{}"),
        forced="TRUE" if forced else "FALSE",
        join=join,
        or_discarded=or_discarded,
        visible_new=_column_list(VISIBLE_COLUMNS, "p.{}"),
        visible_old=_column_list(VISIBLE_COLUMNS, compared_with),
        content_new=_column_list(CONTENT_COLUMNS, "p.{}"),
        content_old=_column_list(CONTENT_COLUMNS, compared_with),
    )


def _event_cte(context: EvaluationContext, bind: Parameters, now: str, body: str, event: str) -> str:
    actor = context.actor
    given = SELECT_EVENTS.format(
        event=event,
        now=now,
        role=bind(actor.role, "text"),
        link=bind(actor.link_id, "uuid"),
        audience=bind(sorted(ALL_BUT_CUSTOMERS), "text[]"),
        body=body,
    )
    return f"recorded AS ({APPENDING.format(given=given)})"
