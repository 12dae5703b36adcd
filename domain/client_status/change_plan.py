"""The plan of a change as SQL: the client status that each order would have, with templates filled."""

from collections.abc import Mapping
from dataclasses import dataclass

from domain.client_status.change import REVEAL, ExpectedDateMode, StatusChange
from domain.client_status.model import StatusOrigin, Visibility
from domain.client_status.reads import intended
from domain.client_status.scope import ORDER_IS_VISIBLE
from domain.database.parameters import Parameters
from domain.engine.context import EvaluationContext
from domain.status_templates.model import StatusTemplate
from domain.status_templates.placeholders import placeholders_in

TEXTS = ("label_de", "label_en", "description_de", "description_en")
VISIBLE_COLUMNS = ("visibility", "name", *TEXTS, "color", "expected_on")
CONTENT_COLUMNS = (
    *VISIBLE_COLUMNS,
    "kind",
    "template_id",
    "template_edition",
    "edited_by_hand",
    "kept_until",
    "kept_until_on",
)
ORIGIN_COLUMNS = ("event", "origin", "automation_id", "bulk_operation_id", "account_id", "actor_name", "notification")

# The bulk operation in whose transaction an automation makes its change: its mails are the operation's.
CURRENT_OPERATION = "nullif(current_setting('werkstand.operation_id', TRUE), '')::uuid"
DATE_FORMAT = {"de": "to_char({day}, 'DD.MM.YYYY')", "en": "to_char({day}, 'FMDD Mon YYYY')"}
PREVIOUS_COLUMNS = (*CONTENT_COLUMNS, "notification", "shown_since", "changed_at")
CONTEXT_COLUMNS = ("customer_id", "contact_id", "may_be_seen", *(f"was_{name}" for name in PREVIOUS_COLUMNS))
# Each status before the change, with its customer and contact; `s` is its row and `o` its order.
PREVIOUS_SELECT = f"""s.customer_id, o.contact_id, {ORDER_IS_VISIBLE.replace("{t}", "o")} AS may_be_seen,
    {", ".join(f"s.{name} AS was_{name}" for name in PREVIOUS_COLUMNS)}"""
BASE_CTE = """base AS (
    SELECT s.id, {before}, {intended_columns}, o.project, o.number, m.name AS provider, c.legal_name AS customer,
        (o.delivery_due_at AT TIME ZONE {zone})::date AS due_on
    FROM client_statuses s JOIN orders o ON o.id = s.id LEFT JOIN members m ON m.id = o.member_id
        LEFT JOIN customers c ON c.id = o.customer_id{join_pending}
    WHERE s.id = ANY({ids}))"""
JOIN_PENDING = " LEFT JOIN pending_statuses q ON q.id = s.id"
EXPECTED_CTE = "expecting AS (SELECT base.*, {expected} AS expecting_on FROM base)"
TEMPLATE_TEXT_CTE = "given AS (SELECT b.*, {present_text} FROM expecting b)"
FINAL_TEXT_CTE = "final_texts AS (SELECT g.*, {final_texts} FROM given g)"
PLAN_CTE = """proposed AS (SELECT t.id, {visibility} AS visibility, {name} AS name, {texts}, t.new_color AS color,
    {kind} AS kind, t.expecting_on AS expected_on, {template_id} AS template_id, {template_edition} AS template_edition,
    {edited_now} OR {edited_before} AS edited_by_hand, {kept_until} AS kept_until, {kept_until_on} AS kept_until_on,
    {origin_columns}, {requested} AS requested_notification, {context_columns} FROM final_texts t)"""
PENDING_COLUMNS = ", ".join(f"q.{name}" for name in (*CONTENT_COLUMNS, *ORIGIN_COLUMNS))
PENDING_PLAN_CTE = f"""proposed AS (SELECT q.id, {PENDING_COLUMNS},
    q.notification AS requested_notification, {PREVIOUS_SELECT}
    FROM pending_statuses q JOIN client_statuses s ON s.id = q.id JOIN orders o ON o.id = q.id
    WHERE q.id = ANY({{ids}}))"""

TEMPLATE_NOTIFICATION = """coalesce((SELECT n.notification FROM status_templates n
        WHERE n.id = t.template_id AND NOT t.edited_by_hand AND NOT {edited_now}), 'AT_ONCE')"""


@dataclass(frozen=True, kw_only=True)
class PlannedChange:
    """A change with all that its statement depends on.

    `has_pending` says whether any of the statuses has a change that waits out a quiet period.
    """

    change: StatusChange
    template: StatusTemplate | None
    context: EvaluationContext
    has_pending: bool


def plan_change(planned: PlannedChange, ids: str, bind: Parameters) -> str:
    """CTEs that end in `proposed`: one row per order with all content, origin and context columns.

    `ids` is the parameter with the ids of the orders.
    """
    change, template = planned.change, planned.template
    return ", ".join(
        (
            _base_cte(planned, ids, bind),
            EXPECTED_CTE.format(expected=_expected_date(change, bind)),
            TEMPLATE_TEXT_CTE.format(present_text=_template_texts(template, bind)),
            FINAL_TEXT_CTE.format(final_texts=_final_texts(change, bind)),
            _plan_cte(change, template, planned.context, bind),
        )
    )


def plan_pending(ids: str) -> str:
    """The CTE `proposed` of pending changes whose quiet period is over; `ids` is the same kind of parameter."""
    return PENDING_PLAN_CTE.format(ids=ids)


def filled_text_sql(
    text: str, language: str, bind: Parameters, *, alias: str = "b", expected: str = "expecting_on"
) -> str:
    """SQL for a template's text with the placeholders of one order filled; null where one has no value."""
    if not placeholders_in(text):
        return bind(text, "text")
    return filled_column_sql(bind(text, "text"), language, alias=alias, expected=expected)


def filled_column_sql(text: str, language: str, *, alias: str = "b", expected: str = "expecting_on") -> str:
    """The same for a text that is SQL itself."""
    due = DATE_FORMAT[language].format(day=f"{alias}.due_on")
    day = DATE_FORMAT[language].format(day=f"{alias}.{expected}")
    values = ", ".join(f"{alias}.{name}" for name in ("number", "provider", "customer", "project"))
    return f"fill_placeholders({text}, {due}, {day}, {values})"


def _base_cte(planned: PlannedChange, ids: str, bind: Parameters) -> str:
    """Each status as it is intended: a pending change counts, unless the change hides the status."""
    pending_counts = planned.has_pending and planned.change.visibility is not Visibility.HIDDEN
    columns = [f"{intended(name)} AS {name}" if pending_counts else f"s.{name}" for name in CONTENT_COLUMNS]
    return BASE_CTE.format(
        before=PREVIOUS_SELECT,
        intended_columns=", ".join(columns),
        zone=bind(planned.context.settings.zone, "text"),
        join_pending=JOIN_PENDING if pending_counts else "",
        ids=ids,
    )


def _expected_date(change: StatusChange, bind: Parameters) -> str:
    match change.expects:
        case ExpectedDateMode.GIVEN_DATE:
            return bind(change.expected_on, "date")
        case ExpectedDateMode.DELIVERY_DUE:
            return "base.due_on"
    return "base.expected_on"


def _template_texts(template: StatusTemplate | None, bind: Parameters) -> str:
    """The texts of the template, or the present ones."""
    if template is None:
        return ", ".join(f"b.{name} AS given_{name}" for name in (*TEXTS, "color"))
    texts = [f"{filled_text_sql(getattr(template, name), name[-2:], bind)} AS given_{name}" for name in TEXTS]
    return ", ".join([*texts, f"{bind(template.color, 'text')} AS given_color"])


def _final_texts(change: StatusChange, bind: Parameters) -> str:
    """A text written by hand is the same in both languages, unless it repeats the present text of one of them."""
    columns: list[str] = []
    for kind, text in (("label", change.label), ("description", change.description)):
        for language in ("de", "en"):
            present_text = f"g.given_{kind}_{language}"
            if text is not None:
                by_hand = bind(text, "text")
                present = f"(g.given_{kind}_de, g.given_{kind}_en)"
                present_text = f"CASE WHEN {by_hand} IN {present} THEN {present_text} ELSE {by_hand} END"
            columns.append(f"{present_text} AS new_{kind}_{language}")
    color = "g.given_color" if change.color is None else bind(change.color, "text")
    return ", ".join([*columns, f"{color} AS new_color"])


def _plan_cte(
    change: StatusChange, template: StatusTemplate | None, context: EvaluationContext, bind: Parameters
) -> str:
    changed = [f"t.new_{name}" for name in (*TEXTS, "color")], [f"t.given_{name}" for name in (*TEXTS, "color")]
    edited_now = f"(({', '.join(changed[0])}) IS DISTINCT FROM ({', '.join(changed[1])}))"
    values = {
        "visibility": "t.visibility" if change.visibility is None else bind(change.visibility, "text"),
        "name": _name(change, bind),
        "texts": ", ".join(f"t.new_{name} AS {name}" for name in TEXTS),
        "kind": _kind(change, template, bind),
        "template_id": bind(template.id, "uuid") if template else "t.template_id",
        "template_edition": bind(template.edition, "int") if template else "t.template_edition",
        "edited_now": edited_now,
        "edited_before": "FALSE" if template else "t.edited_by_hand",
        **_hold_columns(change, template, edited_now, bind),
    }
    origin_columns = _origin_columns(change, context, bind) | {
        "notification": _notification(change, template, edited_now, bind)
    }
    values["requested"] = bind(change.notification, "text")
    values["context_columns"] = ", ".join(f"t.{name}" for name in CONTEXT_COLUMNS)
    values["origin_columns"] = ", ".join(f"{value} AS {name}" for name, value in origin_columns.items())
    return PLAN_CTE.format(**values)


def _kind(change: StatusChange, template: StatusTemplate | None, bind: Parameters) -> str:
    """The kind as given, else the template's; a new label that is written by hand claims nothing."""
    if change.kind or template:
        return bind(change.kind or (template and template.kind), "text")
    has_new_label = "(t.new_label_de, t.new_label_en) IS DISTINCT FROM (t.given_label_de, t.given_label_en)"
    return f"CASE WHEN {has_new_label} THEN NULL ELSE t.kind END"


def _name(change: StatusChange, bind: Parameters) -> str:
    """The given name, else the present one, else the project; hiding sets no name."""
    if change.visibility is Visibility.HIDDEN:
        return "t.name"
    return f"coalesce(nullif({bind(change.name or '', 'text')}, ''), nullif(t.name, ''), t.project)"


def _hold_columns(
    change: StatusChange, template: StatusTemplate | None, edited_now: str, bind: Parameters
) -> Mapping[str, str]:
    """The hold of the text over automations: as given, else until it is cleared for a text written by hand.

    Hiding the status ends it.
    """
    if change.visibility is Visibility.HIDDEN:
        return {"kept_until": "NULL::text", "kept_until_on": "NULL::date"}
    if change.kept_until is not None:
        return {
            "kept_until": bind(change.kept_until, "text"),
            "kept_until_on": bind(change.kept_until_on, "date"),
        }
    before, by_hand = ("NULL", "NULL") if template else ("t.kept_until", "t.kept_until_on"), "'CLEARED'"
    if change.origin is StatusOrigin.AUTOMATION:
        return {"kept_until": f"{before[0]}::text", "kept_until_on": f"{before[1]}::date"}
    return {
        "kept_until": f"CASE WHEN {edited_now} THEN {by_hand} ELSE {before[0]} END",
        "kept_until_on": f"CASE WHEN {edited_now} THEN NULL ELSE {before[1]} END::date",
    }


def _notification(change: StatusChange, template: StatusTemplate | None, edited_now: str, bind: Parameters) -> str:
    """The notification as given, else that of the template of the texts, else at once.

    A status that is revealed is notified as its change was meant to be.
    """
    if change.notification or template:
        return bind(change.notification or (template and template.notification), "text")
    of_its_template = TEMPLATE_NOTIFICATION.format(edited_now=edited_now)
    return f"coalesce(t.was_notification, {of_its_template})" if change.event == REVEAL else of_its_template


def _origin_columns(change: StatusChange, context: EvaluationContext, bind: Parameters) -> dict[str, str]:
    actor = context.actor
    return {
        "event": bind(change.event, "text"),
        "origin": bind(change.origin, "text"),
        "automation_id": bind(change.automation_id, "uuid"),
        "bulk_operation_id": f"coalesce({bind(change.bulk_operation_id, 'uuid')}, {CURRENT_OPERATION})",
        "account_id": bind(actor.account_id, "uuid"),
        "actor_name": bind(change.actor_name or actor.name, "text"),
    }
