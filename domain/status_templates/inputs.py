"""Inputs of the moves of status templates."""

from dataclasses import dataclass

from domain.engine.inputs import input_field
from domain.kernel.amendments import amendment_of
from domain.status_templates.kinds import StatusKind
from domain.status_templates.model import Notification

PLACEHOLDER_HINT = "may hold {project}, {number}, {due}, {expected}, {provider} and {customer}"


@dataclass(frozen=True, kw_only=True)
class StatusTemplateInput:
    """All facts of a status template."""

    position: int = input_field("Its place among the templates.", least=1, most=10_000)
    color: str = input_field("Colour of the status, like #2563eb.", default="#64748b", shortest=7, longest=7)
    label_de: str = input_field(f"The status in a word or two of German; {PLACEHOLDER_HINT}.", shortest=1, longest=60)
    label_en: str = input_field(f"The status in a word or two of English; {PLACEHOLDER_HINT}.", shortest=1, longest=60)
    description_de: str = input_field(f"A sentence or two in German; {PLACEHOLDER_HINT}.", default="", longest=2000)
    description_en: str = input_field(f"A sentence or two in English; {PLACEHOLDER_HINT}.", default="", longest=2000)
    kind: StatusKind | None = input_field(
        "What it claims about the work; empty: nothing that could contradict the facts.", default=None
    )
    notification: Notification = input_field(
        "Whether clients are mailed when it is shown, and when.", default=Notification.AT_ONCE
    )


StatusTemplateAmendment = amendment_of(StatusTemplateInput, "StatusTemplateAmendment")
