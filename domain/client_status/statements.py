"""The statements that write client statuses, many at once: the row, its history, its event and the letter."""

from domain.client_status.digests import NEXT_DIGEST
from domain.client_status.parameters import Parameters
from domain.client_status.proposals import CARRIED, SIGNED, TOLD
from domain.database.ddl import APPENDING
from domain.engine.after_commit import MAX_PUBLISHED
from domain.engine.context import EvaluationContext
from domain.engine.lifecycle import ALL_BUT_CUSTOMERS

# In the order of their ids, so that neighbours meet in the indexes of history and events. A change, its event and its
# letter are rows of three tables with one id.
CHANGED = """changed AS MATERIALIZED (
    SELECT p.id, {names}, p.asked_notification, p.customer_id, p.contact_id,
        p.was_visibility, p.was_shown_since, p.was_changed_at,
        p.was_visibility = 'SHOWN' AND p.may_be_seen AS was_seen, p.visibility = 'SHOWN' AND p.may_be_seen AS is_seen,
        {always} OR ({told_new}) IS DISTINCT FROM ({told_old}) AS tells, uuidv7() AS change_id
    FROM proposed p{compared} WHERE {always} OR ({carried_new}) IS DISTINCT FROM ({carried_old}){dropped}
    ORDER BY p.id)"""
WITH_WHAT_IS_MEANT = " JOIN base ON base.id = p.id"
OR_DROPPED = " OR EXISTS (SELECT 1 FROM pending_statuses q WHERE q.id = p.id)"
WRITTEN = """written AS (UPDATE client_statuses s SET {carried}, origin = c.origin, automation_id = c.automation_id,
    notification = CASE WHEN NOT c.is_seen THEN c.asked_notification END, version = s.version + {counts},
    changed_at = CASE WHEN c.tells THEN {now} ELSE c.was_changed_at END,
    shown_since = CASE WHEN c.visibility = 'HIDDEN' THEN NULL
        WHEN c.is_seen THEN coalesce(CASE WHEN c.was_seen THEN c.was_shown_since END, {now})
        WHEN NOT c.tells THEN c.was_shown_since END
    FROM changed c WHERE s.id = c.id)"""
SETTLED = "settled AS (DELETE FROM pending_statuses WHERE id = ANY({ids}))"
HISTORY = """history AS (INSERT INTO client_status_changes (id, order_id, customer_id, event, seen, {told},
        template_id, automation_id, bulk_operation_id, origin, account_id, actor_name, changed_at)
    SELECT c.change_id, c.id, c.customer_id, c.event, c.is_seen AND c.tells, {told_c}, c.template_id, c.automation_id,
        c.bulk_operation_id, c.origin, c.account_id, c.actor_name, {now} FROM changed c)"""
LETTERS = """letters AS (INSERT INTO outbox (id, name, recipient_role, contact_id, subject_kind, subject_id, order_id,
        event_id, state, attempts, next_attempt_at, created_at, digest_at)
    SELECT c.change_id, c.event, 'CUSTOMER', c.contact_id, 'clientStatus', c.id, c.id, c.change_id, 'PENDING', 0,
        clock_timestamp(), {now},
        CASE WHEN c.notification = 'DAILY_DIGEST' OR k.status_mails = 'DAILY' THEN {next_digest} END
    FROM changed c JOIN contacts k ON k.id = c.contact_id
    WHERE c.tells AND c.is_seen AND c.notification <> 'NONE' AND k.status_mails <> 'NONE' RETURNING id)"""
EVENTS = """SELECT c.change_id, 'clientStatus'::text, c.id, c.id, {event}, {now}, NULL::timestamptz, {role},
    c.account_id, {link}, c.actor_name, {audience}, {body} FROM changed c"""
BODY = """jsonb_build_object('from', c.was_visibility, 'to', c.visibility,
    'seen', c.tells AND (c.was_seen OR c.is_seen))"""
# Of letters that are too many to be announced it is enough to know that.
WRITTEN_IDS = f"""SELECT (SELECT array_agg(c.id) FROM changed c) AS ids,
    (SELECT array_agg(few.id) FROM (SELECT l.id FROM letters l LIMIT {MAX_PUBLISHED + 1}) few) AS letters"""

POSTPONED = """postponed AS (INSERT INTO pending_statuses (id, {names}, created_at, visible_from)
    SELECT c.id, {names_c}, {now}, {visible_from} FROM changed c
    ON CONFLICT (id) DO UPDATE SET {renewed}, created_at = excluded.created_at, visible_from = excluded.visible_from,
        attempts = 0, next_attempt_at = NULL)"""
COUNTED = "counted AS (UPDATE client_statuses s SET version = s.version + 1 FROM changed c WHERE s.id = c.id)"
PENDING_BODY = """jsonb_build_object('from', c.was_visibility, 'to', c.visibility, 'seen', FALSE,
    'visible_from', {visible_from})"""
POSTPONED_IDS = "SELECT (SELECT array_agg(c.id) FROM changed c) AS ids"


def _each(names: tuple[str, ...], form: str) -> str:
    return ", ".join(form.format(name) for name in names)


def writing(
    proposals: str,
    moment: EvaluationContext,
    bind: Parameters,
    *,
    settled: str | None = None,
    always: bool = False,
    drops: bool = False,
    event: str | None = None,
) -> str:
    """One statement that makes the proposals true at once.

    `settled` is the parameter of those orders whose waiting change is over with it, where any has one. With `always`
    also what says the same as before is written and told, with `drops` it is written where something else waited to
    be said. `event` names the event where it is not that of the change itself.
    """
    now = bind(moment.now, "timestamptz")
    parts = [
        proposals,
        _changed("p.was_{}", always=always, dropped=OR_DROPPED if drops else ""),
        WRITTEN.format(carried=_each(CARRIED, "{0} = c.{0}"), now=now, counts=0 if event else 1),
        *([SETTLED.format(ids=settled)] if settled else []),
        HISTORY.format(told=_each(TOLD, "{}"), told_c=_each(TOLD, "c.{}"), now=now),
        LETTERS.format(now=now, next_digest=NEXT_DIGEST),
        _recorded(moment, bind, now, BODY, bind(event, "text") if event else "c.event"),
    ]
    return f"WITH {', '.join(parts)} {WRITTEN_IDS}"


def postponing(proposals: str, moment: EvaluationContext, visible_from: object, bind: Parameters) -> str:
    """One statement that lets the proposals wait; clients read what was there before."""
    now, later = bind(moment.now, "timestamptz"), bind(visible_from, "timestamptz")
    names = (*CARRIED, *SIGNED)
    parts = [
        proposals,
        _changed("base.{}", compared=WITH_WHAT_IS_MEANT),
        POSTPONED.format(
            names=_each(names, "{}"),
            names_c=_each(names, "c.{}"),
            renewed=_each(names, "{0} = excluded.{0}"),
            now=now,
            visible_from=later,
        ),
        COUNTED,
        _recorded(moment, bind, now, PENDING_BODY.format(visible_from=later), "c.event"),
    ]
    return f"WITH {', '.join(parts)} {POSTPONED_IDS}"


def _changed(standing: str, *, compared: str = "", always: bool = False, dropped: str = "") -> str:
    """`standing` is the form of what a proposal is compared with: what clients read, or what is meant already."""
    return CHANGED.format(
        names=_each((*CARRIED, *SIGNED), "p.{}"),
        always="TRUE" if always else "FALSE",
        compared=compared,
        dropped=dropped,
        told_new=_each(TOLD, "p.{}"),
        told_old=_each(TOLD, standing),
        carried_new=_each(CARRIED, "p.{}"),
        carried_old=_each(CARRIED, standing),
    )


def _recorded(moment: EvaluationContext, bind: Parameters, now: str, body: str, event: str) -> str:
    actor = moment.actor
    given = EVENTS.format(
        event=event,
        now=now,
        role=bind(actor.role, "text"),
        link=bind(actor.link_id, "uuid"),
        audience=bind(sorted(ALL_BUT_CUSTOMERS), "text[]"),
        body=body,
    )
    return f"recorded AS ({APPENDING.format(given=given)})"
