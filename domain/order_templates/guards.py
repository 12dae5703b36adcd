"""Claims that must hold before an order template is saved, retired or restored."""

from typing import Any

from domain.client_status.model import Visibility
from domain.engine.context import EvaluationContext
from domain.engine.lifecycle import Validator
from domain.kernel.amendments import amended_value, given_values
from domain.kernel.errors import Refusal, guard_failed, invalid
from domain.order_templates.facts import OrderTemplateFacts
from domain.order_templates.inputs import TemplateInvoiceEntry
from domain.orders.repetition import IN_BRACES, PLACEHOLDERS, Repetition
from domain.status_templates.placeholders import placeholders_in

TEXTS = ("name", "project", "description", "internal_notes")


def template_is_unused(template: OrderTemplateFacts, context: EvaluationContext) -> Refusal | None:
    return guard_failed("order_template_in_use", users=template.used_by) if template.used_by else None


def name_is_unique(template: OrderTemplateFacts, context: EvaluationContext) -> Refusal | None:
    return guard_failed("order_template_name_taken_meanwhile") if template.has_namesake else None


def references_are_active(template: OrderTemplateFacts, context: EvaluationContext) -> Refusal | None:
    """An order cannot enter a stage of a retired pipeline, nor be given a retired status template."""
    if template.stage_is_in_use and template.status_template_is_in_use:
        return None
    return guard_failed("order_template_uses_retired")


def shown_status_has_template(
    template: OrderTemplateFacts | None, entry: Any, context: EvaluationContext
) -> Refusal | None:
    visibility = amended_value(entry, "status_visibility", template and template.status_visibility)
    status_template_id = amended_value(entry, "status_template_id", template and template.status_template_id)
    if visibility is Visibility.SHOWN and status_template_id is None:
        return invalid("shown_without_template", "status_template_id")
    return None


def has_no_placeholders(text: str) -> Validator:
    """Placeholders are filled in client statuses only; the texts of an order would show them unfilled."""

    def guard(template: OrderTemplateFacts | None, entry: Any, context: EvaluationContext) -> Refusal | None:
        used = sorted(placeholders_in(given_values(entry).get(text, "")))
        return invalid("placeholder_not_filled_here", text, placeholder=f"{{{used[0]}}}") if used else None

    guard.__name__ = f"{text}_has_no_placeholders"
    return guard


def repeated_invoices_are_complete(
    template: OrderTemplateFacts | None, entry: Any, context: EvaluationContext
) -> Refusal | None:
    """What an order created from the template would be refused for is refused here."""
    for place, invoice in enumerate(given_values(entry).get("invoices", ())):
        refusal = _incomplete_repetition(invoice, ("invoices", str(place)))
        if refusal is not None:
            return refusal
    return None


def invoices_have_no_placeholders(
    template: OrderTemplateFacts | None, entry: Any, context: EvaluationContext
) -> Refusal | None:
    """A repeated invoice has placeholders of its own, which are filled for each of its dates."""
    for place, invoice in enumerate(given_values(entry).get("invoices", ())):
        if invoice.repeats is not None:
            continue
        for name in sorted(placeholders_in(invoice.text)):
            path = ("invoices", str(place), "text")
            return invalid("placeholder_not_filled_here", *path, placeholder=f"{{{name}}}")
    return None


def _incomplete_repetition(invoice: TemplateInvoiceEntry, path: tuple[str, ...]) -> Refusal | None:
    if invoice.repeats is None:
        chosen = invoice.repeat_months is None and invoice.repeat_count is None
        return None if chosen else invalid("repetition_not_chosen", *path, "repeats")
    if invoice.invoice_days is None:
        return invalid("repetition_without_first_date", *path, "invoice_days")
    if (invoice.repeats is Repetition.EVERY_N_MONTHS) is not (invoice.repeat_months is not None):
        return invalid("repetition_without_months", *path, "repeat_months")
    if invoice.repeat_count is None:
        return invalid("repetition_without_one_end", *path, "repeat_count")
    unknown = [name for name in IN_BRACES.findall(invoice.text) if name not in PLACEHOLDERS]
    return invalid("plan_placeholder_unknown", *path, "text", placeholder=f"{{{unknown[0]}}}") if unknown else None
