"""Claims that must hold before a status template is saved, retired or restored."""

from typing import Any

from domain.engine.context import EvaluationContext
from domain.engine.lifecycle import Validator
from domain.kernel.amendments import given_values
from domain.kernel.colors import color_error
from domain.kernel.errors import Refusal, guard_failed, invalid
from domain.status_templates.facts import StatusTemplateFacts
from domain.status_templates.placeholders import unknown_placeholder


def template_is_unused(template: StatusTemplateFacts, context: EvaluationContext) -> Refusal | None:
    return guard_failed("template_in_use", users=template.used_by) if template.used_by else None


def labels_are_unique(template: StatusTemplateFacts, context: EvaluationContext) -> Refusal | None:
    return guard_failed("label_taken_meanwhile") if template.has_namesake else None


def color_is_valid(template: StatusTemplateFacts | None, entry: Any, context: EvaluationContext) -> Refusal | None:
    given = given_values(entry)
    return color_error(given["color"], "color") if "color" in given else None


def placeholders_are_known(text: str) -> Validator:
    """Each text in braces is a placeholder that is filled for each order, so orders must have it."""

    def guard(template: StatusTemplateFacts | None, entry: Any, context: EvaluationContext) -> Refusal | None:
        unknown = unknown_placeholder(given_values(entry).get(text, ""))
        return invalid("placeholder_unknown", text, placeholder=unknown) if unknown else None

    guard.__name__ = f"placeholders_of_{text}_are_known"
    return guard
