"""Saving of a draft while it is filled in, for the script of its form."""

from uuid import uuid4

from starlette.responses import JSONResponse, Response

from portal_views.forms.edit_state import EditState
from portal_views.forms.form_parser import clean_text
from portal_views.forms.submission import SubmittedForm, submit_form
from portal_views.pages.drafts.figures import plan_figures
from portal_views.pages.drafts.order_drafts import DRAFT_PAGE, guarantee_text
from portal_views.pages.drafts.submission import missing
from portal_views.web.identifiers import is_id_of
from portal_views.web.page_context import JsonObject, PageContext, found_or_404
from portal_views.words.catalogue import translate

STALE = "STALE_VERSION"


async def save_draft(context: PageContext) -> Response:
    """Save the posted form: 200 with what the next save needs, 409 when it was saved elsewhere meanwhile, else 422."""
    if context.request.method != "POST":
        found_or_404(None)
    posted = await context.request.form()
    order_id = clean_text(posted.get("subject", ""))
    state = await (DRAFT_PAGE.load(context, order_id) if is_id_of("ord", order_id) else DRAFT_PAGE.begin(context))
    action = found_or_404(state.action)
    form = DRAFT_PAGE.prepare_form(posted, action["inputs"])
    outcome = await submit_form(context, action, form, context.formats(state.data))
    if isinstance(outcome, SubmittedForm):
        return _refused(context, outcome)
    saved = await DRAFT_PAGE.load(context, found_or_404(outcome.subject_id))
    return JSONResponse({**_saved(context, saved), "figures": await _figures(context, saved)})


def _refused(context: PageContext, outcome: SubmittedForm) -> Response:
    is_stale = any(each.code == STALE for each in outcome.errors)
    key = "draft.conflict" if is_stale else "draft.not_saved"
    said = translate(context.language, key, reason=outcome.errors[0].message if outcome.errors else "")
    return JSONResponse({"said": said}, 409 if is_stale else 422)


def _saved(context: PageContext, saved: EditState) -> JsonObject:
    thing, action = found_or_404(saved.thing), found_or_404(saved.action)
    local = context.formats(saved.data).local_time()
    return {
        "said": translate(context.language, "draft.saved", time=local),
        "address": f"/orders/{thing['id']}/edit",
        "fields": {
            "subject": thing["id"],
            "mutation": action["mutation"],
            "version": thing["version"],
            "key": uuid4().hex,
        },
        "guarantee": guarantee_text(context.language, thing),
        "missing": [{"text": each.message, "field": each.field_id.split("-")[-1]} for each in missing(thing, action)],
    }


async def _figures(context: PageContext, saved: EditState) -> JsonObject | None:
    inputs = found_or_404(saved.action)["inputs"]
    return await plan_figures(context, saved.saved_form(), inputs, context.formats(saved.data))
