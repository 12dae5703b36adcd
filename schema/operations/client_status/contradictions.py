"""Contradictions of client statuses with the facts, and the rules by which they are found."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import strawberry

from domain.client_status.contradictions.rules import FITTING_TEMPLATE_ID, RULES, of_own_order
from domain.engine.context import EvaluationContext
from domain.kernel.i18n import translate
from domain.orders.phase import PHASE, Phase
from domain.status_templates.kinds import StatusKind
from domain.status_templates.scope import STATUS_TEMPLATES_SCOPE
from schema.declarations.fields import column, to_one
from schema.operations.client_status.templates import StatusTemplate
from schema.shared.translated_fields import translated

OWN_PHASE = of_own_order(PHASE)


@strawberry.type(description="Why a client status no longer fits, and what would.")
class Contradiction:
    """The contradiction of a client status with the facts."""

    kind: StatusKind = column(description="What the status claims.")
    kind_label: str = translated("status.statusKind", "{t}.kind", description="That in the viewer's language.")
    phase: Phase = column(OWN_PHASE, description="How far the work of its order is.")
    phase_label: str = translated("status.phase", OWN_PHASE, description="That in the viewer's language.")
    explanation: str = translated("phase", OWN_PHASE, description="That in a sentence.")
    template: StatusTemplate | None = to_one(
        STATUS_TEMPLATES_SCOPE,
        on=f"{{t}}.id = {of_own_order(FITTING_TEMPLATE_ID).replace('{t}', '{p}')}",
        description="The template to show instead; null where none fits, so that the status is to be hidden.",
    )


@strawberry.type(description="Which kinds of client statuses fit one phase of an order.")
class ContradictionRule:
    """One rule by which contradictions are found."""

    phase: Phase = strawberry.field(description="How far the work is.")
    phase_label: str = strawberry.field(description="That in the viewer's language.")
    explanation: str = strawberry.field(description="That in a sentence.")
    fits: list[StatusKind] = strawberry.field(description="The kinds that fit; all others contradict the facts.")
    fitting_kind: StatusKind | None = strawberry.field(
        description="The kind whose first template is offered instead; null where the status is to be hidden."
    )


@dataclass(frozen=True, kw_only=True)
class _Rule:
    phase: Phase
    phase_label: str
    explanation: str
    fits: list[StatusKind]
    fitting_kind: StatusKind | None


def contradiction_rules(_facts: None, _arguments: Mapping[str, Any], context: EvaluationContext) -> list[_Rule]:
    """Every phase with the kinds that fit it."""
    language = context.actor.language
    return [
        _Rule(
            phase=phase,
            phase_label=translate(language, f"status.phase.{phase}"),
            explanation=translate(language, f"phase.{phase}"),
            fits=[kind for kind in StatusKind if kind in rule.fits],
            fitting_kind=rule.fitting_kind,
        )
        for phase, rule in RULES.items()
    ]
