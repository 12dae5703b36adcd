"""The form of a delivery's draft, which also delivers what it saves: one form, one click."""

from collections.abc import Mapping
from dataclasses import replace

from starlette.datastructures import FormData

from portal_views.forms.form_parser import clean_text
from portal_views.forms.submission import CompletedAction, Outcome, field_id, idempotency_key, perform_action
from portal_views.web.page_context import PageContext

SAVE = "deliveryDescribe"
# The box that says that there is neither a file nor a link; it is asked for only where that is so.
NO_FILE = "confirmNoFile"
# What the buttons of the form post as `do`, and the move that delivers the saved draft.
DELIVERS: Mapping[str, str] = {"deliver": "deliverySubmit", "deliverAgain": "deliveryResubmit"}
EVENTS: Mapping[str, str] = {"deliverySubmit": "delivery.submit", "deliveryResubmit": "delivery.resubmit"}


async def deliver_if_asked(context: PageContext, form: FormData, saved: Outcome) -> Outcome:
    """Deliver the draft that a form has just saved, if its button says so; what is refused stays in the form."""
    mutation = DELIVERS.get(clean_text(form.get("do", "")))
    if mutation is None or not isinstance(saved, CompletedAction) or saved.subject_id is None:
        return saved
    key = idempotency_key(form)
    inputs = {"id": saved.subject_id, "idempotencyKey": f"{key[:90]}-deliver" if key else None}
    action = {
        "mutation": mutation,
        "event": EVENTS[mutation],
        "subjectId": saved.subject_id,
        "inputs": ({"name": NO_FILE},),
    }
    outcome = await perform_action(context, action, form, inputs | {NO_FILE: NO_FILE in form})
    if isinstance(outcome, CompletedAction):
        return outcome
    box = field_id({**action, "mutation": SAVE}, NO_FILE)
    errors = [replace(each, field_id=box) if each.field_id else each for each in outcome.errors]
    return replace(outcome, mutation=SAVE, errors=errors)
