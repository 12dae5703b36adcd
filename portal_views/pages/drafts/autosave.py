"""Saving of drafts of orders, deliveries and claims while they are filled in, for the script of their forms."""

from uuid import uuid4

from starlette.responses import JSONResponse, Response

from portal_views.forms.edit_page import EditPage
from portal_views.forms.edit_state import EditState
from portal_views.forms.form_parser import clean_text
from portal_views.forms.submission import SubmittedForm, submit_action, submit_form
from portal_views.pages.billing.claims import DRAFT_PAGE as CLAIM_PAGE
from portal_views.pages.drafts.figures import plan_figures
from portal_views.pages.drafts.order_drafts import DRAFT_PAGE, guarantee_text
from portal_views.pages.drafts.submission import missing
from portal_views.web.identifiers import is_id_of
from portal_views.web.page_context import JsonObject, PageContext, found_or_404
from portal_views.words.catalogue import translate

STALE, DESCRIBE = "STALE_VERSION", "describe"


async def save_draft(context: PageContext) -> Response:
    """Save the posted form of an order: 200 with what the next save needs, its sums and what is missing.

    409 when it was saved elsewhere meanwhile, else 422; so do the others here.
    """
    saved = await _save(context, DRAFT_PAGE, "ord")
    if isinstance(saved, Response):
        return saved
    thing, action = found_or_404(saved.thing), found_or_404(saved.action)
    needed = [{"text": each.message, "field": each.field_id.split("-")[-1]} for each in missing(thing, action)]
    told = _told(context, saved.data, thing, action, address=f"/orders/{thing['id']}/edit")
    guarantee, figures = guarantee_text(context.language, thing), await _figures(context, saved)
    return JSONResponse({**told, "guarantee": guarantee, "missing": needed, "figures": figures})


async def save_claim(context: PageContext) -> Response:
    """Save the posted form of a claim."""
    saved = await _save(context, CLAIM_PAGE, "clm")
    if isinstance(saved, Response):
        return saved
    thing, action = found_or_404(saved.thing), found_or_404(saved.action)
    return JSONResponse(_told(context, saved.data, thing, action, address=f"/claims/{thing['id']}/edit"))


async def save_delivery(context: PageContext) -> Response:
    """Save the posted texts and files of a delivery that is prepared."""
    subject = await _posted_subject(context)
    if not is_id_of("del", subject):
        found_or_404(None)
    data, delivery = await _load_delivery(context, subject)
    outcome = await submit_action(context, [delivery], context.formats(data))
    if isinstance(outcome, SubmittedForm):
        return _refused(context, outcome)
    data, saved = await _load_delivery(context, subject)
    return JSONResponse(_told(context, data, saved, found_or_404(next(iter(saved["openActions"]), None))))


async def _load_delivery(context: PageContext, delivery_id: str) -> tuple[JsonObject, JsonObject]:
    """The data of the page, and the delivery with the one action that saves it."""
    data = await context.query("delivery_draft", id=delivery_id)
    delivery = found_or_404(data["delivery"])
    describing = [each for each in delivery["openActions"] if each["name"] == DESCRIBE]
    return data, {**delivery, "openActions": describing}


async def _save(context: PageContext, page: EditPage, id_prefix: str) -> EditState | Response:
    """Save the posted form of a page; return the row as it is then, or the answer that tells why it is not saved."""
    subject = await _posted_subject(context)
    posted = await context.request.form()
    state = await (page.load(context, subject) if is_id_of(id_prefix, subject) else page.begin(context))
    action = found_or_404(state.action)
    form = page.prepare_form(posted, action["inputs"])
    outcome = await submit_form(context, action, form, context.formats(state.data))
    if isinstance(outcome, SubmittedForm):
        return _refused(context, outcome)
    return await page.load(context, found_or_404(outcome.subject_id))


async def _posted_subject(context: PageContext) -> str:
    if context.request.method != "POST":
        found_or_404(None)
    return clean_text((await context.request.form()).get("subject", ""))


def _refused(context: PageContext, outcome: SubmittedForm) -> Response:
    is_stale = any(each.code == STALE for each in outcome.errors)
    key = "draft.conflict" if is_stale else "draft.not_saved"
    said = translate(context.language, key, reason=outcome.errors[0].message if outcome.errors else "")
    return JSONResponse({"said": said}, 409 if is_stale else 422)


def _told(
    context: PageContext, data: JsonObject, thing: JsonObject, action: JsonObject, address: str | None = None
) -> JsonObject:
    """When it was saved, what the next save needs, and the address of the form from now on."""
    fields = {
        "subject": thing["id"],
        "mutation": action["mutation"],
        "version": thing["version"],
        "key": uuid4().hex,
    }
    local = context.formats(data).local_time()
    return {"said": translate(context.language, "draft.saved", time=local), "address": address, "fields": fields}


async def _figures(context: PageContext, saved: EditState) -> JsonObject | None:
    inputs = found_or_404(saved.action)["inputs"]
    return await plan_figures(context, saved.saved_form(), inputs, context.formats(saved.data))
