"""Pages of automations for staff: the list, one automation with its rehearsal, and the exceptions."""

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
# Fields that are shown and sent only while another field has this value; setup.css hides them by the same rule.
VISIBLE_WHEN: Mapping[str, tuple[str, str]] = {
    "stageId": ("trigger", "order.enterStage"),
    "templateId": ("action", "SET_TEMPLATE"),
    "visibility": ("action", "SET_TEMPLATE"),
    "expectedRule": ("action", "SET_EXPECTED"),
    "expectedInDays": ("expectedRule", "DAYS_AFTER"),
    "targetStageId": ("action", "ENTER_STAGE"),
}


async def automation_list(context: PageContext) -> Response:
    """All automations in the order in which they run."""
    formats = page_formats(context, await context.query("page_context"))
    since = formats.now - timedelta(days=RUN_COUNT_DAYS)
    data = await context.query("automations", since=since.isoformat())
    return context.render("setup/automations.html", data, days=RUN_COUNT_DAYS)


async def exceptions(context: PageContext) -> Response:
    """Runs that failed, each with the actions that retry or dismiss it."""
    submitted = None
    if context.request.method == "POST":
        outcome = await _submit_run_action(context)
        if isinstance(outcome, CompletedAction):
            return redirect_to_same_page(context, outcome)
        submitted = outcome
    query = context.request.query_params
    data = await context.query("automation_exceptions", **pagination.page_arguments(query))
    return context.render(
        "setup/exceptions.html",
        data,
        status=422 if submitted else 200,
        submitted=submitted,
        neighbours=pagination.page_links(data["automationExceptions"], query),
    )


async def _submit_run_action(context: PageContext) -> CompletedAction | SubmittedForm:
    """Submit the posted action of one run, independent of the page of the list that holds it now."""
    subject = clean_text((await context.request.form()).get("subject", ""))
    if not ID_PATTERN.fullmatch(subject):
        raise HTTPException(404)
    data = await context.query("automation_exception", id=subject)
    return await submit_action(context, [found_or_404(data["automationRun"])], page_formats(context, data))


def _prepare_form(form: FormData, inputs: Sequence[JsonObject]) -> FormData:
    """The form without fields that belong to a trigger or an action that is not chosen."""
    chosen = {name: clean_text(value) for name, value in form.multi_items()}
    for name, (other, value) in VISIBLE_WHEN.items():
        if chosen.get(other) != value:
            chosen.pop(name, None)
    return with_split_tags(FormData([item for item in form.multi_items() if item[0] in chosen]))


def _options(data: JsonObject) -> OptionsByInput:
    automation = data.get("automation") or {}
    pipelines, templates = data["pipelines"]["nodes"], options(data["statusTemplates"]["nodes"], "label")
    members = [
        {"value": one["id"], "label": f"{one['name']} ({one['number']})"} for one in data["everyMember"]["nodes"]
    ]
    return {
        "stageId": with_current(stage_options(pipelines), automation.get("stage")),
        "targetStageId": with_current(stage_options(pipelines), automation.get("targetStage")),
        "pipelineId": with_current(options(pipelines), automation.get("pipeline")),
        "templateId": with_current(templates, automation.get("template")),
        "fromTemplateId": with_current(templates, automation.get("fromTemplate")),
        "orderTemplateId": with_current(options(data["orderTemplates"]["nodes"]), automation.get("orderTemplate")),
        "customerId": with_current(options(data["everyCustomer"]["nodes"], "legalName"), automation.get("customer")),
        "memberId": with_current(members, automation.get("member")),
    }


def _options_with_triggers(context: PageContext, data: JsonObject) -> OptionsByInput:
    """The options with triggers, grouped by their noun in the API's order."""
    grouped = groupby(data["automationTriggers"], key=lambda trigger: trigger["name"].partition(".")[0])
    triggers = [
        {
            "label": translate(context.language, f"setup.happens_to.{noun}"),
            "options": [{"value": each["name"], "label": each["label"]} for each in group],
        }
        for noun, group in grouped
    ]
    return {**_options(data), "trigger": triggers}


def _query_variables(context: PageContext) -> JsonObject:
    """The page of the rehearsal that the query names."""
    return pagination.page_arguments(context.request.query_params)


def _template_values(context: PageContext, data: JsonObject) -> JsonObject:
    """The page links of the rehearsal, and the first day that the next rehearsal proposes."""
    automation = data.get("automation")
    rehearsal = automation["rehearsal"] if automation else {"pageInfo": EMPTY_PAGE_INFO}
    since = page_formats(context, data).today() - timedelta(days=REHEARSAL_DAYS)
    neighbours = pagination.page_links(rehearsal, context.request.query_params)
    return {"neighbours": neighbours, "since": since.isoformat()}


def _redirect(context: PageContext, completed: CompletedAction) -> Response:
    """Redirect to the same page, after a rehearsal to its results on it."""
    if completed.mutation == "automationRehearse":
        return context.redirect(f"{context.request.url.path}#rehearsal", done=completed.mutation)
    return redirect_to_same_page(context, completed)


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
