"""The forms of order drafts: a new one, one from a template, and one that is amended as a whole."""

from collections.abc import Sequence
from datetime import timedelta

from starlette.datastructures import FormData
from starlette.responses import Response

from portal_views.forms.detail_page import path_id, submit_or_show
from portal_views.forms.edit_page import EditPage, create_action
from portal_views.forms.edit_state import EditState
from portal_views.forms.form_values import typed_order, with_sorted_rows, with_split_contact, with_split_tags
from portal_views.forms.lookups import Values, form_lookups
from portal_views.forms.submission import CompletedAction, Outcome, SubmittedForm, submit_form
from portal_views.pages.drafts.evidence import EVIDENCE
from portal_views.pages.drafts.figures import ROWS, plan_figures
from portal_views.pages.drafts.submission import REFUSED, after_save, is_refused, missing
from portal_views.web.detail_paths import detail_path
from portal_views.web.identifiers import is_id_of
from portal_views.web.page_context import JsonObject, PageContext, found_or_404
from portal_views.words.catalogue import translate

DEFAULT_OFFER_DAYS = 14
CONTACT_LOOKUP = {"contact": "contact"}
CONTACT_OF_LINK = ("customer", "contact")


async def new_order_from_template(context: PageContext) -> Response:
    """A member names the customer and the first day; everything else comes from the template."""
    data = await context.query("new_order_from_template", id=path_id(context))
    template = found_or_404(data["orderTemplate"])
    action = create_action(data, subject_id=template["id"], subject_field="templateId")

    async def submit() -> Outcome:
        form = with_split_contact(await context.request.form())
        return await submit_form(context, action, form, context.formats(data))

    async def show(submitted: SubmittedForm | None) -> Response:
        return context.render(
            "orders/new_from_template.html",
            data,
            submitted=submitted,
            thing=template,
            action=action,
            values={"startsOn": data["operator"]["today"]},
            choices=await form_lookups(context, CONTACT_LOOKUP, {}, submitted.form if submitted else None),
            typed=submitted.form if submitted else None,
        )

    return await submit_or_show(context, submit=submit, show=show, redirect=_redirect)


def _redirect(context: PageContext, done: CompletedAction) -> Response:
    return context.redirect(detail_path(done.subject_id), done=done.mutation)


def _initial_values(context: PageContext, data: JsonObject) -> JsonObject:
    """The offer's last day, and the customer and contact that a link names."""
    until = context.formats(data).today() + timedelta(days=DEFAULT_OFFER_DAYS)
    query = context.request.query_params
    named = {f"{name}Id": query.get(name, "") for name in CONTACT_OF_LINK if is_id_of(name[:3], query.get(name, ""))}
    return {"offerValidUntil": until.isoformat(), **named}


def _prepare_form(form: FormData, inputs: Sequence[JsonObject]) -> FormData:
    (rows,) = (item for item in inputs if item["name"] == ROWS)
    return with_split_contact(with_split_tags(with_sorted_rows(form, rows, typed_order)))


def _chosen_contact(state: EditState) -> Values:
    customer, contact = (state.values.get(name, "") for name in ("customerId", "contactId"))
    return {"contact": [f"{customer}|{contact}"]} if customer else {}


def _template_values(context: PageContext, data: JsonObject) -> JsonObject:
    """A draft may be saved with any of its fields empty, so none is marked as optional."""
    return {"marks_optional": False}


async def _read_more(state: EditState, submitted: SubmittedForm | None) -> JsonObject:
    """The sums of the form as it is shown, whether payment is guaranteed, and what is missing for a submission."""
    form = submitted.form if submitted else state.saved_form()
    inputs = found_or_404(state.action)["inputs"]
    return {
        "figures": await plan_figures(state.context, form, inputs, state.context.formats(state.data)),
        "guarantee": guarantee_text(state.context.language, state.thing),
        "missing": missing(state.thing, state.action),
        "submit_refused": is_refused(state.context),
        "evidence_refused": state.context.request.query_params.get(EVIDENCE) == REFUSED,
    }


def guarantee_text(language: str, thing: JsonObject | None) -> str:
    """Whether payment of a saved draft is guaranteed, with what is missing; empty for a draft that is not saved."""
    if thing is None:
        return ""
    found = thing["paymentGuarantee"]
    said = translate(language, "order.guaranteed" if found["granted"] else "order.not_guaranteed")
    return " ".join([said, *found["reasons"]])


DRAFT_PAGE = EditPage(
    noun="order",
    document="order_draft",
    template="orders/draft.html",
    list_path="/orders",
    repeated_input=ROWS,
    initial_row_count=1,
    initial_values=_initial_values,
    prepare_form=_prepare_form,
    lookups=CONTACT_LOOKUP,
    chosen=_chosen_contact,
    template_values=_template_values,
    read_more=_read_more,
    after_save=after_save,
)
