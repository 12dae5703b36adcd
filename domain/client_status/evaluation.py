"""Evaluation of many client statuses for one change, by the guards of open actions and the template's needs."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from uuid import UUID

from domain.client_status.change import HIDE, REVEAL, ExpectedDateMode, StatusChange
from domain.client_status.facts import SharedStatusFacts
from domain.client_status.model import KeptUntil, Visibility
from domain.engine import evaluation
from domain.engine.context import EvaluationContext
from domain.engine.lifecycle import Lifecycle
from domain.kernel.availability import Availability
from domain.kernel.errors import Refusal, guard_failed, invalid
from domain.status_templates.model import StatusTemplate
from domain.status_templates.placeholders import placeholders_in


@dataclass(kw_only=True)
class Evaluation:
    """The orders by what the change would do; nothing is written yet. `postponed` ones wait out a quiet period."""

    at_once: list[UUID] = field(default_factory=list)
    postponed: list[UUID] = field(default_factory=list)
    unchanged: list[UUID] = field(default_factory=list)
    held: list[UUID] = field(default_factory=list)
    refused: dict[UUID, tuple[Refusal, ...]] = field(default_factory=dict)


def evaluate(
    lifecycle: Lifecycle,
    change: StatusChange,
    template: StatusTemplate | None,
    order_ids_by_facts: Mapping[SharedStatusFacts, Sequence[UUID]],
    context: EvaluationContext,
    *,
    is_quiet: bool,
) -> Evaluation:
    """Sort the orders. The refusals are those of the context's actor: the system for an automation, else the person."""
    result, transition = Evaluation(), lifecycle.moves[change.transition_name]
    placeholders = _placeholders_of(template)
    for status, ids in order_ids_by_facts.items():
        if change.visibility is Visibility.HIDDEN and _is_hidden(status):
            result.unchanged += ids
            continue
        refusals = (
            evaluation.refusals(lifecycle, transition, status, context) if not _discards_pending(status, change) else ()
        )
        refusals = refusals or tuple(_input_errors(change, template, placeholders, status))
        if refusals:
            result.refused |= dict.fromkeys(ids, refusals)
        elif is_held(status, change, context):
            result.held += ids
        elif is_quiet and _is_visible_change(status, change):
            result.postponed += ids
        else:
            result.at_once += ids
    return result


def is_held(status: SharedStatusFacts, change: StatusChange, context: EvaluationContext) -> bool:
    """Whether a text written by hand wins over this automation now (decision 0017)."""
    if change.automation_id is None or not change.changes_content:
        return False
    text = status.intended
    if text.kept_until is KeptUntil.DATE:
        return text.kept_until_on is not None and context.today <= text.kept_until_on
    return text.kept_until is not None


def _is_visible_change(status: SharedStatusFacts, change: StatusChange) -> bool:
    if change.event in (HIDE, REVEAL) or not status.order.may_be_seen:
        return False
    was_meant = status.status is Visibility.SHOWN or status.pending is not None
    return change.visibility is Visibility.SHOWN or was_meant


def _is_hidden(status: SharedStatusFacts) -> bool:
    return status.status is Visibility.HIDDEN and status.pending is None


def _discards_pending(status: SharedStatusFacts, change: StatusChange) -> bool:
    """Hiding a hidden status that has a pending show changes no state, so it needs no transition."""
    return change.visibility is Visibility.HIDDEN and status.status is Visibility.HIDDEN


def _placeholders_of(template: StatusTemplate | None) -> frozenset[str]:
    if template is None:
        return frozenset()
    texts = (template.label_de, template.label_en, template.description_de, template.description_en)
    return placeholders_in(*texts)


def _input_errors(
    change: StatusChange, template: StatusTemplate | None, placeholders: frozenset[str], status: SharedStatusFacts
) -> list[Refusal]:
    if template and template.state is Availability.RETIRED:
        return [invalid("template_retired", "template_id")]
    if not template and change.visibility is Visibility.SHOWN and not (change.label or status.intended.has_label):
        return [invalid("label_missing", "label")]
    if change.expects is ExpectedDateMode.DELIVERY_DUE and not status.order.has_delivery_day:
        return [guard_failed("no_delivery_day")]
    missing = [
        name
        for name, is_there in _available_placeholders(change, status).items()
        if name in placeholders and not is_there
    ]
    return [guard_failed("placeholder_without_value", placeholder=name) for name in missing]


def _available_placeholders(change: StatusChange, status: SharedStatusFacts) -> Mapping[str, bool]:
    """Whether there is a value for each of the placeholders that may have none."""
    expected = {
        ExpectedDateMode.AS_BEFORE: status.intended.has_expected_day,
        ExpectedDateMode.GIVEN_DATE: change.expected_on is not None,
        ExpectedDateMode.DELIVERY_DUE: status.order.has_delivery_day,
    }
    return {"due": status.order.has_delivery_day, "expected": expected[change.expects], "customer": status.has_customer}
