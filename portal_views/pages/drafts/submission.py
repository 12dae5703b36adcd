"""Submission of a draft: what it still needs, and saving, proving and submitting it by one button."""

from collections.abc import Mapping

from starlette.datastructures import FormData
from starlette.responses import Response

from portal_views.forms.submission import CompletedAction, FormError, field_id, idempotency_key, perform_action
from portal_views.pages.drafts.evidence import attach_evidence
from portal_views.web.detail_paths import detail_path
from portal_views.web.page_context import JsonObject, PageContext

SUBMIT, SUBMIT_MUTATION = "submit", "orderSubmit"
REFUSED = "refused"
# The field of the form that a reason speaks of.
FIELDS: Mapping[str, str] = {
    "project_missing": "project",
    "customer_missing": "contactId",
    "billing_plan_empty": "plannedInvoices",
    "one_planned_invoice_only": "plannedInvoices",
    "planned_invoice_without_date": "plannedInvoices",
    "planned_invoice_below_zero": "plannedInvoices",
    "service_period_missing": "serviceFrom",
    "offer_end_missing": "offerValidUntil",
}


async def after_save(context: PageContext, form: FormData, saved: CompletedAction) -> Response:
    """Lead to the saved draft, or submit it first; a draft that is not complete is shown with what it needs."""
    if saved.subject_id and not await attach_evidence(context, form, saved.subject_id):
        return context.redirect(f"{detail_path(saved.subject_id)}/edit", evidence=REFUSED)
    if form.get("do") != SUBMIT or saved.subject_id is None:
        return context.redirect(detail_path(saved.subject_id), done=saved.mutation)
    action = {"mutation": SUBMIT_MUTATION, "event": "order.submit", "subjectId": saved.subject_id, "inputs": []}
    key = idempotency_key(form)
    inputs = {"id": saved.subject_id, "idempotencyKey": key and f"{key[:90]}-{SUBMIT}"}
    outcome = await perform_action(context, action, form, inputs)
    if isinstance(outcome, CompletedAction):
        return context.redirect(detail_path(saved.subject_id), done=outcome.mutation)
    return context.redirect(f"{detail_path(saved.subject_id)}/edit", submit=REFUSED)


def is_refused(context: PageContext) -> bool:
    """Whether the address says that the draft was saved, but could not be submitted."""
    return context.request.query_params.get(SUBMIT) == REFUSED


def missing(thing: JsonObject | None, action: JsonObject | None) -> list[FormError]:
    """What a saved draft needs before it can be submitted, each beside its field in the form of `action`."""
    actions = thing["openActions"] if thing else ()
    reasons = [reason for each in actions if each["mutation"] == SUBMIT_MUTATION for reason in each["reasons"]]
    return [FormError(each["message"], _field_id(action, each["reason"]), each["remedy"] or "") for each in reasons]


def _field_id(action: JsonObject | None, reason: str) -> str:
    return field_id(action, FIELDS[reason]) if action and reason in FIELDS else ""
