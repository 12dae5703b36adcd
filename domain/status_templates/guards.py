"""Claims that must hold before a status template is saved, retired or restored."""

from domain.engine.context import EvaluationContext
from domain.engine.lifecycle import Validator
from domain.kernel.colors import color_error
from domain.kernel.errors import Refusal, guard_failed, invalid
from domain.status_templates.facts import StatusTemplateFacts
from domain.status_templates.inputs import StatusTemplateInput
from domain.status_templates.placeholders import unknown_placeholder


def template_is_unused(template: StatusTemplateFacts, context: EvaluationContext) -> Refusal | None:
    return guard_failed("template_in_use", users=template.used_by) if template.used_by else None


def labels_are_unique(template: StatusTemplateFacts, context: EvaluationContext) -> Refusal | None:
    return guard_failed("label_taken_meanwhile") if template.has_namesake else None


def color_is_valid(
    template: StatusTemplateFacts | None, entry: StatusTemplateInput, context: EvaluationContext
) -> Refusal | None:
    return color_error(entry.color, "color")


def placeholders_are_known(text: str) -> Validator:
    """Each text in braces is a placeholder that is filled for each order, so orders must have it."""

    def guard(
        template: StatusTemplateFacts | None, entry: StatusTemplateInput, context: EvaluationContext
    ) -> Refusal | None:
        unknown = unknown_placeholder(getattr(entry, text))
        return invalid("placeholder_unknown", text, placeholder=unknown) if unknown else None

    guard.__name__ = f"placeholders_of_{text}_are_known"
    return guard
