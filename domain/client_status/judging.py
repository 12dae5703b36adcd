"""Which of many client statuses a change fits: by the same guards as the menu, and by what the template needs."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from uuid import UUID

from domain.client_status.change import HIDE, REVEAL, Change, Expects
from domain.client_status.facts import Situation
from domain.client_status.model import KeptUntil, Visibility
from domain.engine import evaluation
from domain.engine.context import EvaluationContext
from domain.engine.lifecycle import Lifecycle
from domain.kernel.availability import Availability
from domain.kernel.errors import Refusal, guard_failed, invalid
from domain.status_templates.model import StatusTemplate
from domain.status_templates.placeholders import used_in


@dataclass(kw_only=True)
class Judged:
    """The orders by what may become of them; nothing is written yet. What is `waiting` fits after a quiet period."""

    at_once: list[UUID] = field(default_factory=list)
    waiting: list[UUID] = field(default_factory=list)
    unchanged: list[UUID] = field(default_factory=list)
    kept: list[UUID] = field(default_factory=list)
    refused: dict[UUID, tuple[Refusal, ...]] = field(default_factory=dict)


def judged(
    lifecycle: Lifecycle,
    change: Change,
    template: StatusTemplate | None,
    found: Mapping[Situation, Sequence[UUID]],
    moment: EvaluationContext,
    *,
    is_quiet: bool,
) -> Judged:
    """Sort the orders; an automation's refusals are found as the system, a person's as that person."""
    verdict, transition = Judged(), lifecycle.moves[change.move]
    needs = _needs(template)
    for status, ids in found.items():
        if change.visibility is Visibility.HIDDEN and _is_hidden(status):
            verdict.unchanged += ids
            continue
        refusals = (
            evaluation.refusals(lifecycle, transition, status, moment) if not _drops_pending(status, change) else ()
        )
        refusals = refusals or tuple(_flaws(change, template, needs, status))
        if refusals:
            verdict.refused |= dict.fromkeys(ids, refusals)
        elif is_kept(status, change, moment):
            verdict.kept += ids
        elif is_quiet and _would_be_noticed(status, change):
            verdict.waiting += ids
        else:
            verdict.at_once += ids
    return verdict


def is_kept(status: Situation, change: Change, moment: EvaluationContext) -> bool:
    """Whether a text written by hand wins over this automation now (decision 0017)."""
    if change.automation_id is None or not change.says_something_else:
        return False
    text = status.meant
    if text.kept_until is KeptUntil.DATE:
        return text.kept_until_on is not None and moment.today <= text.kept_until_on
    return text.kept_until is not None


def _would_be_noticed(status: Situation, change: Change) -> bool:
    if change.event in (HIDE, REVEAL) or not status.order.may_be_seen:
        return False
    was_meant = status.status is Visibility.SHOWN or status.waiting is not None
    return change.visibility is Visibility.SHOWN or was_meant


def _is_hidden(status: Situation) -> bool:
    return status.status is Visibility.HIDDEN and status.waiting is None


def _drops_pending(status: Situation, change: Change) -> bool:
    """Hiding what is hidden still, but waits to be shown, is no move of its states."""
    return change.visibility is Visibility.HIDDEN and status.status is Visibility.HIDDEN


def _needs(template: StatusTemplate | None) -> frozenset[str]:
    if template is None:
        return frozenset()
    texts = (template.label_de, template.label_en, template.description_de, template.description_en)
    return used_in(*texts)


def _flaws(change: Change, template: StatusTemplate | None, needs: frozenset[str], status: Situation) -> list[Refusal]:
    if template and template.state is Availability.RETIRED:
        return [invalid("template_retired", "template_id")]
    if not template and change.visibility is Visibility.SHOWN and not (change.label or status.meant.has_label):
        return [invalid("label_missing", "label")]
    if change.expects is Expects.DELIVERY_DUE and not status.order.has_delivery_day:
        return [guard_failed("no_delivery_day")]
    without = [name for name, is_there in _values(change, status).items() if name in needs and not is_there]
    return [guard_failed("placeholder_without_value", placeholder=name) for name in without]


def _values(change: Change, status: Situation) -> Mapping[str, bool]:
    """Whether there is a value for those placeholders that may have none."""
    expected = {
        Expects.AS_BEFORE: status.meant.has_expected_day,
        Expects.THE_DAY: change.expected_on is not None,
        Expects.DELIVERY_DUE: status.order.has_delivery_day,
    }
    return {"due": status.order.has_delivery_day, "expected": expected[change.expects], "customer": status.has_customer}
