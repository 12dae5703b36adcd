"""The description of an automation in one sentence of the reader's language."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from domain.automations.model import AutomationAction
from domain.engine.context import EvaluationContext
from domain.engine.facts import fact
from domain.kernel.actors import ActorKind
from domain.kernel.i18n import translate

STAGE_NAMES_SQL = "(SELECT ARRAY[s.name_de, s.name_en] FROM stages s WHERE s.id = {{t}}.{key})"
PIPELINE_NAMES_SQL = """(SELECT ARRAY[p.name_de, p.name_en] FROM stages s JOIN pipelines p ON p.id = s.pipeline_id
    WHERE s.id = {{t}}.{key})"""
OWN_PIPELINE_NAMES_SQL = "(SELECT ARRAY[p.name_de, p.name_en] FROM pipelines p WHERE p.id = {t}.pipeline_id)"
TEMPLATE_LABELS_SQL = "(SELECT ARRAY[s.label_de, s.label_en] FROM status_templates s WHERE s.id = {{t}}.{key})"


@dataclass(frozen=True)
class SentenceFacts:
    """An automation with the names of everything it refers to, in German and English where they have both."""

    trigger: str = fact("{t}.trigger")
    stage: tuple[str, ...] = fact(STAGE_NAMES_SQL.format(key="stage_id"))
    pipeline_of_stage: tuple[str, ...] = fact(PIPELINE_NAMES_SQL.format(key="stage_id"))
    tags: tuple[str, ...] = fact("{t}.tags")
    customer: str | None = fact("(SELECT c.legal_name FROM customers c WHERE c.id = {t}.customer_id)")
    member: str | None = fact("(SELECT m.name FROM members m WHERE m.id = {t}.member_id)")
    pipeline: tuple[str, ...] = fact(OWN_PIPELINE_NAMES_SQL)
    order_template: str | None = fact("(SELECT o.name FROM order_templates o WHERE o.id = {t}.order_template_id)")
    from_template: tuple[str, ...] = fact(TEMPLATE_LABELS_SQL.format(key="from_template_id"))
    action: AutomationAction = fact("{t}.action")
    template: tuple[str, ...] = fact(TEMPLATE_LABELS_SQL.format(key="template_id"))
    visibility: str | None = fact("{t}.visibility")
    expected_rule: str | None = fact("{t}.expected_rule")
    expected_in_days: int | None = fact("{t}.expected_in_days")
    target_stage: tuple[str, ...] = fact(STAGE_NAMES_SQL.format(key="target_stage_id"))
    target_pipeline: tuple[str, ...] = fact(PIPELINE_NAMES_SQL.format(key="target_stage_id"))


def sentence(facts: SentenceFacts, arguments: Mapping[str, Any], context: EvaluationContext) -> str:
    """`After “Delivered”, for orders tagged web: show “In review”.`"""
    language = context.actor.language
    conditions = tuple(_conditions(facts, context))
    orders = translate(language, "automation.orders", conditions=conditions) if conditions else ""
    return translate(
        language,
        "automation.sentence",
        event=_event(facts, language),
        conditions=orders,
        action=_action(facts, language),
    )


def _event(facts: SentenceFacts, language: str) -> str:
    event = translate(language, f"happened.{facts.trigger}")
    if not facts.stage:
        return event
    return translate(
        language,
        "automation.stage_entered",
        event=event,
        stage=_in_language(language, facts.stage),
        pipeline=_in_language(language, facts.pipeline_of_stage),
    )


def _conditions(facts: SentenceFacts, context: EvaluationContext) -> Iterator[str]:
    """A customer is named only to readers who see every customer."""
    language, sees_all = context.actor.language, context.actor.kind is not ActorKind.STAFF_ASSIGNED
    if facts.tags:
        yield translate(language, "automation.tags", tags=facts.tags)
    if facts.customer:
        named = "customer" if sees_all else "customer_not_named"
        yield translate(language, f"automation.{named}", customer=facts.customer)
    if facts.member:
        yield translate(language, "automation.member", member=facts.member)
    if facts.pipeline:
        yield translate(language, "automation.pipeline", pipeline=_in_language(language, facts.pipeline))
    if facts.order_template:
        yield translate(language, "automation.order_template", template=facts.order_template)
    if facts.from_template:
        yield translate(language, "automation.from_template", template=_in_language(language, facts.from_template))


def _action(facts: SentenceFacts, language: str) -> str:
    key: str = facts.action
    match facts.action:
        case AutomationAction.SET_TEMPLATE if facts.visibility:
            key = f"{facts.action}_{facts.visibility}"
        case AutomationAction.SET_EXPECTED:
            key = _expected_rule_key(facts)
    return translate(
        language,
        f"automation.does.{key}",
        template=_in_language(language, facts.template),
        days=facts.expected_in_days,
        stage=_in_language(language, facts.target_stage),
        pipeline=_in_language(language, facts.target_pipeline),
    )


def _expected_rule_key(facts: SentenceFacts) -> str:
    if facts.expected_in_days in (0, 1):
        return f"{facts.expected_rule}_{facts.expected_in_days}"
    return str(facts.expected_rule)


def _in_language(language: str, names: tuple[str, ...]) -> str:
    return dict(zip(("de", "en"), names, strict=False)).get(language, "")
