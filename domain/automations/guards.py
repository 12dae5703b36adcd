"""Claims that must hold before an automation is saved or rehearsed, or a run is retried."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from domain.automations.facts import AutomationFacts, RunFacts
from domain.automations.inputs import RehearsalInput
from domain.automations.model import AutomationAction, AutomationState, ExpectedRule
from domain.automations.triggers import STAGE_ENTERED, TRIGGERS
from domain.engine.context import EvaluationContext
from domain.kernel.actors import ActorKind
from domain.kernel.amendments import amended_value
from domain.kernel.errors import Refusal, guard_failed, invalid

MAX_REHEARSAL_AGE = timedelta(days=365)
REQUIRED_FIELD: Mapping[AutomationAction, str] = {
    AutomationAction.SET_TEMPLATE: "template_id",
    AutomationAction.SET_EXPECTED: "expected_rule",
    AutomationAction.ENTER_STAGE: "target_stage_id",
}
ALLOWED_FIELDS: Mapping[AutomationAction, frozenset[str]] = {
    AutomationAction.SET_TEMPLATE: frozenset({"template_id", "visibility"}),
    AutomationAction.SHOW: frozenset(),
    AutomationAction.HIDE: frozenset(),
    AutomationAction.SET_EXPECTED: frozenset({"expected_rule", "expected_in_days"}),
    AutomationAction.ENTER_STAGE: frozenset({"target_stage_id"}),
}
ACTION_FIELDS = ("template_id", "visibility", "expected_rule", "expected_in_days", "target_stage_id")


def actor_sees_all_orders(facts: Any, context: EvaluationContext) -> Refusal | None:
    """An automation reaches every order, so an employee who sees assigned orders only may not write one."""
    return guard_failed("sees_assigned_orders_only") if context.actor.kind is ActorKind.STAFF_ASSIGNED else None


def author_sees_all_orders(facts: Any, entry: Any, context: EvaluationContext) -> Refusal | None:
    return actor_sees_all_orders(facts, context)


def trigger_exists(facts: Any, entry: Any, context: EvaluationContext) -> Refusal | None:
    trigger = _saved(facts, entry, "trigger")
    return None if trigger in TRIGGERS else invalid("trigger_unknown", "trigger", trigger=trigger)


def stage_matches_trigger(facts: Any, entry: Any, context: EvaluationContext) -> Refusal | None:
    follows_stage = _saved(facts, entry, "trigger") == STAGE_ENTERED
    has_stage = _saved(facts, entry, "stage_id") is not None
    if follows_stage and not has_stage:
        return invalid("trigger_needs_stage", "stage_id")
    if has_stage and not follows_stage:
        return invalid("trigger_enters_no_stage", "stage_id")
    return None


def action_has_required_fields(facts: Any, entry: Any, context: EvaluationContext) -> Refusal | None:
    needed = REQUIRED_FIELD.get(_saved(facts, entry, "action"))
    if needed and _saved(facts, entry, needed) is None:
        return invalid("action_needs_this", needed)
    counts_days = _saved(facts, entry, "expected_rule") is ExpectedRule.DAYS_AFTER
    if counts_days and _saved(facts, entry, "expected_in_days") is None:
        return invalid("action_needs_this", "expected_in_days")
    return None


def no_unused_action_fields(facts: Any, entry: Any, context: EvaluationContext) -> Refusal | None:
    used = ALLOWED_FIELDS[_saved(facts, entry, "action")]
    for name in ACTION_FIELDS:
        if _saved(facts, entry, name) is not None and name not in used:
            return invalid("action_does_not_use_this", name)
    counts_days = _saved(facts, entry, "expected_rule") is ExpectedRule.DAYS_AFTER
    if _saved(facts, entry, "expected_in_days") is not None and not counts_days:
        return invalid("action_does_not_use_this", "expected_in_days")
    return None


def target_stage_differs(facts: Any, entry: Any, context: EvaluationContext) -> Refusal | None:
    target = _saved(facts, entry, "target_stage_id")
    if target is not None and target == _saved(facts, entry, "stage_id"):
        return invalid("stage_leads_to_itself", "target_stage_id")
    return None


def rehearsal_starts_within_a_year(facts: Any, wanted: RehearsalInput, context: EvaluationContext) -> Refusal | None:
    earliest = context.today - MAX_REHEARSAL_AGE
    if earliest <= wanted.since <= context.today:
        return None
    return invalid("date_out_of_range", "since", earliest=earliest, latest=context.today)


def action_changes_client_status(automation: AutomationFacts, context: EvaluationContext) -> Refusal | None:
    """The past stage of an order is known from events, not from client statuses, so stage entries are not rehearsed."""
    return guard_failed("moves_cards_only") if automation.action is AutomationAction.ENTER_STAGE else None


def automation_is_not_retired(run: RunFacts, context: EvaluationContext) -> Refusal | None:
    return guard_failed("automation_is_retired") if run.automation_state is AutomationState.RETIRED else None


def _saved(automation: AutomationFacts | None, entry: Any, name: str) -> Any:
    """The value that this field of the automation has once the entry or the amendment is saved."""
    return amended_value(entry, name, getattr(automation, name, None))
