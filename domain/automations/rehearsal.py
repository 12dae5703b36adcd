"""Rehearsal of an automation over the past: the changes it would have made, event by event, without making them."""

from collections.abc import Mapping

from domain.automations.actions import status_change_for
from domain.automations.conditions import join_orders, order_conditions
from domain.automations.model import Automation
from domain.automations.triggers import STAGE_ENTERED
from domain.client_status.change import ExpectedDateMode, StatusChange
from domain.client_status.change_plan import TEXTS, VISIBLE_COLUMNS, filled_column_sql, filled_text_sql
from domain.client_status.model import Visibility
from domain.client_status.template_refresh import TEXT_HAS_EXPECTED_DATE
from domain.database.parameters import Parameters
from domain.engine.transition import TransitionContext
from domain.orders.scope import WAS_SUBMITTED
from domain.status_templates.model import StatusTemplate

MAX_CHANGES = 10_000
SET_STATEMENT_TIMEOUT = "SET LOCAL statement_timeout = '60s'"
DELETE_PREVIOUS = "DELETE FROM rehearsals WHERE automation_id = $1"
COMPARED_COLUMNS = tuple(name for name in VISIBLE_COLUMNS if name != "name")

# The past status is that of the last change before the event, or of a change that the same move made by hand.
INSERT_REHEARSALS = """
WITH base AS (
    SELECT h.id AS event_id, h.at, o.id AS order_id, o.archived_at, o.number, o.project, p.name AS provider,
        c.legal_name AS customer, (o.delivery_due_at AT TIME ZONE {zone})::date AS due_on,
        coalesce(w.visibility, 'HIDDEN') AS visibility, coalesce(w.label_de, '') AS label_de,
        coalesce(w.label_en, '') AS label_en, coalesce(w.description_de, '') AS description_de,
        coalesce(w.description_en, '') AS description_en, w.color, w.expected_on,
        {template_then}, (h.at AT TIME ZONE {zone})::date AS happened_on
    FROM events h {with_orders} JOIN orders o ON o.id = concerned.order_id JOIN members p ON p.id = o.member_id
        LEFT JOIN customers c ON c.id = o.customer_id
        LEFT JOIN LATERAL (SELECT s.* FROM client_status_changes s WHERE s.order_id = o.id
            AND (s.changed_at < h.at OR s.changed_at = h.at AND s.automation_id IS NULL)
            ORDER BY s.changed_at DESC, s.id DESC LIMIT 1) w ON TRUE
        LEFT JOIN status_templates m ON m.id = w.template_id AND {names_the_day}
    WHERE h.name = {trigger} AND h.at >= {since}::timestamp AT TIME ZONE {zone} AND o.deleted_at IS NULL
        AND {was_submitted} AND {conditions}),
expecting AS (SELECT base.*, {expected} AS expecting_on FROM base),
become AS (SELECT b.*, {becoming} FROM expecting b),
kept AS (INSERT INTO rehearsals (id, automation_id, event_id, order_id, at, was_visibility, was_label_de, was_label_en,
        was_expected_on, would_be_visibility, would_be_label_de, would_be_label_en, would_be_expected_on)
    SELECT uuidv7(), {automation}, r.event_id, r.order_id, r.at, r.visibility, r.label_de, r.label_en, r.expected_on,
        r.new_visibility, r.new_label_de, r.new_label_en, r.expecting_on
    FROM become r WHERE ({old_values}) IS DISTINCT FROM ({new_values}) AND {possible}
    ORDER BY r.at DESC, r.event_id DESC LIMIT {most} RETURNING id)
SELECT count(*) AS changes FROM kept"""


async def rehearse(move: TransitionContext) -> None:
    """Replace the automation's rehearsal by one since the given day: the newest ten thousand changes.

    Drafts that were never submitted are left out: they are not the operator's to see.
    """
    automation: Automation = move.row
    change = status_change_for(automation, move.context.today)
    template = await StatusTemplate.get(id=change.template_id, using_db=move.connection) if change.template_id else None
    bind = Parameters()
    statement = INSERT_REHEARSALS.format(**_statement_parts(move, change, template, bind))
    await move.connection.execute_query(DELETE_PREVIOUS, [automation.id])
    await move.connection.execute_script(SET_STATEMENT_TIMEOUT)
    (row,) = await move.connection.execute_query_dict(statement, bind.values)
    move.event_body |= {"since": move.input.since, "changes": row["changes"]}


def _statement_parts(
    move: TransitionContext, change: StatusChange, template: StatusTemplate | None, bind: Parameters
) -> Mapping[str, object]:
    automation: Automation = move.row
    return {
        "automation": bind(automation.id, "uuid"),
        "trigger": bind(automation.trigger, "text"),
        "since": bind(move.input.since, "date"),
        "zone": bind(move.context.settings.zone, "text"),
        "with_orders": join_orders(automation.trigger),
        "conditions": " AND ".join(_conditions(automation, bind)),
        "was_submitted": WAS_SUBMITTED.replace("{t}", "o"),
        "expected": _expected(automation, change, bind),
        "becoming": ", ".join(_new_columns(change, template, bind)),
        "template_then": ", ".join(f"m.{name} AS {_template_column(name)}" for name in TEXTS),
        "names_the_day": TEXT_HAS_EXPECTED_DATE,
        "old_values": ", ".join(f"r.{name}" for name in COMPARED_COLUMNS),
        "new_values": ", ".join(f"r.{_new_column(name)}" for name in COMPARED_COLUMNS),
        "possible": _applicable_condition(change),
        "most": MAX_CHANGES,
    }


def _conditions(automation: Automation, bind: Parameters) -> list[str]:
    """Conditions on orders are evaluated as of today; the template of the status is that of the event's time."""
    found = ["TRUE", *order_conditions(automation, bind)]
    if automation.trigger == STAGE_ENTERED:
        found.append(f"h.body->>'stage' = {bind(str(automation.stage_id), 'text')}")
    if automation.from_template_id:
        found.append(f"w.template_id = {bind(automation.from_template_id, 'uuid')}")
    return found


def _expected(automation: Automation, change: StatusChange, bind: Parameters) -> str:
    if automation.expected_in_days is not None:
        return f"base.happened_on + {bind(automation.expected_in_days, 'int')}"
    if change.expects is ExpectedDateMode.DELIVERY_DUE:
        return "base.due_on"
    return "base.expected_on" if change.expects is ExpectedDateMode.AS_BEFORE else "NULL::date"


def _new_columns(change: StatusChange, template: StatusTemplate | None, bind: Parameters) -> list[str]:
    visibility = "b.visibility" if change.visibility is None else bind(change.visibility, "text")
    texts = {name: f"b.{name}" for name in (*TEXTS, "color")}
    if template:
        texts = {name: filled_text_sql(getattr(template, name), name[-2:], bind) for name in TEXTS}
        texts["color"] = bind(template.color, "text")
    elif change.expects is not ExpectedDateMode.AS_BEFORE:
        texts |= _refreshed_texts()
    return [f"{visibility} AS new_visibility", *(f"{text} AS new_{name}" for name, text in texts.items())]


def _refreshed_texts() -> Mapping[str, str]:
    """A text that the template gave with the past day is filled again with the new day; other texts stay."""
    was = {name: filled_column_sql(f"b.{_template_column(name)}", name[-2:], expected="expected_on") for name in TEXTS}
    said = " AND ".join(f"{text} IS NOT DISTINCT FROM b.{name}" for name, text in was.items())
    becomes = {name: filled_column_sql(f"b.{_template_column(name)}", name[-2:]) for name in TEXTS}
    return {name: f"CASE WHEN {said} THEN {text} ELSE b.{name} END" for name, text in becomes.items()}


def _template_column(name: str) -> str:
    return f"template_{name}"


def _new_column(name: str) -> str:
    return "expecting_on" if name == "expected_on" else f"new_{name}"


def _applicable_condition(change: StatusChange) -> str:
    """SQL: the change would not have been refused for a placeholder or day without value, or for nothing to show."""
    has_texts = " AND ".join(f"r.new_{name} IS NOT NULL" for name in TEXTS)
    if change.expects is ExpectedDateMode.DELIVERY_DUE:
        return f"{has_texts} AND r.expecting_on IS NOT NULL"
    if change.visibility is not Visibility.SHOWN:
        return has_texts
    return f"{has_texts} AND r.new_label_de <> '' AND (r.archived_at IS NULL OR r.archived_at > r.at)"
