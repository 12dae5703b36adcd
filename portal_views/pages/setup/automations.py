"""Automations as staff keeps them: the list in their order, one with its rehearsal, and the exceptions."""

from collections.abc import Mapping, Sequence
from datetime import timedelta
from itertools import groupby

from starlette.datastructures import FormData
from starlette.exceptions import HTTPException
from starlette.responses import Response

from portal_views.forms.detail_page import ID_PATTERN, page_formats, redirect_to_same_page
from portal_views.forms.edit_page import EditPage, OptionsByInput
from portal_views.forms.form_parser import clean_text
from portal_views.forms.form_values import with_split_tags
from portal_views.forms.options import options, stage_options, with_current
from portal_views.forms.submission import CompletedAction, SubmittedForm, submit_action
from portal_views.web import pagination
from portal_views.web.page_context import JsonObject, PageContext, found_or_404
from portal_views.words.catalogue import translate

RUN_COUNT_DAYS, REHEARSAL_DAYS = 30, 90
EMPTY_PAGE_INFO = {"hasPreviousPage": False, "hasNextPage": False}
# Fields that are only shown, and only sent, once this is chosen in another; style sheet setup.css does the same.
VISIBLE_WHEN: Mapping[str, tuple[str, str]] = {
    "stageId": ("trigger", "order.enterStage"),
    "templateId": ("action", "SET_TEMPLATE"),
    "visibility": ("action", "SET_TEMPLATE"),
    "expectedRule": ("action", "SET_EXPECTED"),
    "expectedInDays": ("expectedRule", "DAYS_AFTER"),
    "targetStageId": ("action", "ENTER_STAGE"),
}


async def automation_list(visit: PageContext) -> Response:
    """Strictly in the order in which they run."""
    formats = page_formats(visit, await visit.query("page_context"))
    since = formats.now - timedelta(days=RUN_COUNT_DAYS)
    data = await visit.query("automations", since=since.isoformat())
    return visit.render("setup/automations.html", data, days=RUN_COUNT_DAYS)


async def exceptions(visit: PageContext) -> Response:
    """What automations could not do, to be tried again or taken off the list."""
    attempt = None
    if visit.request.method == "POST":
        outcome = await _submit_run_action(visit)
        if isinstance(outcome, CompletedAction):
            return redirect_to_same_page(visit, outcome)
        attempt = outcome
    query = visit.request.query_params
    data = await visit.query("automation_exceptions", **pagination.page_arguments(query))
    return visit.render(
        "setup/exceptions.html",
        data,
        status=422 if attempt else 200,
        attempt=attempt,
        neighbours=pagination.page_links(data["automationExceptions"], query),
    )


async def _submit_run_action(visit: PageContext) -> CompletedAction | SubmittedForm:
    """The posted move of one exception, whichever page of the list it is on by now."""
    subject = clean_text((await visit.request.form()).get("subject", ""))
    if not ID_PATTERN.fullmatch(subject):
        raise HTTPException(404)
    data = await visit.query("automation_exception", id=subject)
    return await submit_action(visit, [found_or_404(data["automationRun"])], page_formats(visit, data))


def _prepare_form(form: FormData, inputs: Sequence[JsonObject]) -> FormData:
    """Without what belongs to a trigger or an action that is not chosen."""
    chosen = {name: clean_text(value) for name, value in form.multi_items()}
    for name, (other, value) in VISIBLE_WHEN.items():
        if chosen.get(other) != value:
            chosen.pop(name, None)
    return with_split_tags(FormData([item for item in form.multi_items() if item[0] in chosen]))


def _options(data: JsonObject) -> OptionsByInput:
    now = data.get("automation") or {}
    boards, templates = data["pipelines"]["nodes"], options(data["statusTemplates"]["nodes"], "label")
    members = [
        {"value": one["id"], "label": f"{one['name']} ({one['number']})"} for one in data["everyMember"]["nodes"]
    ]
    return {
        "stageId": with_current(stage_options(boards), now.get("stage")),
        "targetStageId": with_current(stage_options(boards), now.get("targetStage")),
        "pipelineId": with_current(options(boards), now.get("pipeline")),
        "templateId": with_current(templates, now.get("template")),
        "fromTemplateId": with_current(templates, now.get("fromTemplate")),
        "orderTemplateId": with_current(options(data["orderTemplates"]["nodes"]), now.get("orderTemplate")),
        "customerId": with_current(options(data["everyCustomer"]["nodes"], "legalName"), now.get("customer")),
        "memberId": with_current(members, now.get("member")),
    }


def _options_with_triggers(visit: PageContext, data: JsonObject) -> OptionsByInput:
    """Events below what they happen to, in the order in which the API tells them."""
    named = groupby(data["automationTriggers"], key=lambda trigger: trigger["name"].partition(".")[0])
    triggers = [
        {
            "label": translate(visit.language, f"setup.happens_to.{noun}"),
            "options": [{"value": each["name"], "label": each["label"]} for each in group],
        }
        for noun, group in named
    ]
    return {**_options(data), "trigger": triggers}


def _query_variables(visit: PageContext) -> JsonObject:
    """Which page of the rehearsal."""
    return pagination.page_arguments(visit.request.query_params)


def _template_values(visit: PageContext, data: JsonObject) -> JsonObject:
    """Where the rehearsal goes on, and the day from which the next one is offered."""
    automation = data.get("automation")
    rehearsal = automation["rehearsal"] if automation else {"pageInfo": EMPTY_PAGE_INFO}
    since = page_formats(visit, data).today() - timedelta(days=REHEARSAL_DAYS)
    neighbours = pagination.page_links(rehearsal, visit.request.query_params)
    return {"neighbours": neighbours, "since": since.isoformat()}


def _redirect(visit: PageContext, done: CompletedAction) -> Response:
    """What a rehearsal found stands further down."""
    if done.mutation == "automationRehearse":
        return visit.redirect(f"{visit.request.url.path}#rehearsal", done=done.mutation)
    return redirect_to_same_page(visit, done)


AUTOMATION_PAGE = EditPage(
    noun="automation",
    document="automation",
    template="setup/automation.html",
    path="/setup/automations",
    choices=_options_with_triggers,
    prepare_form=_prepare_form,
    query_variables=_query_variables,
    template_values=_template_values,
    redirect=_redirect,
)
