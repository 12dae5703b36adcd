"""The pages of automations: the list in their order, one with its rehearsal, and the exceptions."""

from collections.abc import Mapping, Sequence
from datetime import timedelta
from itertools import groupby

from starlette.datastructures import FormData
from starlette.exceptions import HTTPException
from starlette.responses import Response

from portal_views.forms.detail_page import redirect_to_same_page, submit_or_show
from portal_views.forms.edit_page import EditPage
from portal_views.forms.form_parser import clean_text
from portal_views.forms.form_values import with_split_tags
from portal_views.forms.options import OptionsByInput, options, stage_options, with_current
from portal_views.forms.submission import CompletedAction, Outcome, SubmittedForm, submit_action
from portal_views.web import pagination
from portal_views.web.identifiers import ID_PATTERN
from portal_views.web.page_context import JsonObject, PageContext, found_or_404
from portal_views.words.catalogue import translate

RUN_COUNT_DAYS, REHEARSAL_DAYS = 30, 90
EMPTY_PAGE_INFO = {"hasPreviousPage": False, "hasNextPage": False}
# Fields that are only submitted once another field has this value; setup.css shows them under the same condition.
VISIBLE_WHEN: Mapping[str, tuple[str, str]] = {
    "stageId": ("trigger", "order.enterStage"),
    "templateId": ("action", "SET_TEMPLATE"),
    "visibility": ("action", "SET_TEMPLATE"),
    "expectedRule": ("action", "SET_EXPECTED"),
    "expectedInDays": ("expectedRule", "DAYS_AFTER"),
    "targetStageId": ("action", "ENTER_STAGE"),
}


async def automation_list(context: PageContext) -> Response:
    """The automations in the order in which they run."""
    formats = context.formats(await context.query("page_context"))
    since = formats.now - timedelta(days=RUN_COUNT_DAYS)
    data = await context.query("automations", since=since.isoformat())
    return context.render("setup/automations.html", data, days=RUN_COUNT_DAYS)


async def exceptions(context: PageContext) -> Response:
    """Runs that failed, each to be retried or dismissed."""

    async def submit() -> Outcome:
        """Carry out the posted action, also if its run has moved to another page of the list."""
        subject = clean_text((await context.request.form()).get("subject", ""))
        if not ID_PATTERN.fullmatch(subject):
            raise HTTPException(404)
        data = await context.query("automation_exception", id=subject)
        return await submit_action(context, [found_or_404(data["automationRun"])], context.formats(data))

    async def show(submitted: SubmittedForm | None) -> Response:
        return await pagination.list_page(
            context,
            document="automation_exceptions",
            template="setup/exceptions.html",
            connection="automationExceptions",
            submitted=submitted,
        )

    return await submit_or_show(context, submit=submit, show=show)


def _prepare_form(form: FormData, inputs: Sequence[JsonObject]) -> FormData:
    """The form without the fields of a trigger or an action that is not chosen."""
    chosen = {name: clean_text(value) for name, value in form.multi_items()}
    for name, (other, value) in VISIBLE_WHEN.items():
        if chosen.get(other) != value:
            chosen.pop(name, None)
    return with_split_tags(FormData([item for item in form.multi_items() if item[0] in chosen]))


def _options(data: JsonObject) -> OptionsByInput:
    current = data.get("automation") or {}
    pipelines, templates = data["pipelines"]["nodes"], options(data["statusTemplates"]["nodes"], "label")
    return {
        "stageId": with_current(stage_options(pipelines), current.get("stage")),
        "targetStageId": with_current(stage_options(pipelines), current.get("targetStage")),
        "pipelineId": with_current(options(pipelines), current.get("pipeline")),
        "templateId": with_current(templates, current.get("template")),
        "fromTemplateId": with_current(templates, current.get("fromTemplate")),
        "orderTemplateId": with_current(options(data["orderTemplates"]["nodes"]), current.get("orderTemplate")),
    }


def _options_with_triggers(context: PageContext, data: JsonObject) -> OptionsByInput:
    """The options with the events grouped by noun, in the order of the API."""
    named = groupby(data["automationTriggers"], key=lambda trigger: trigger["name"].partition(".")[0])
    triggers = [
        {
            "label": translate(context.language, f"setup.happens_to.{noun}"),
            "options": [{"value": each["name"], "label": each["label"]} for each in group],
        }
        for noun, group in named
    ]
    return {**_options(data), "trigger": triggers}


def _query_variables(context: PageContext) -> JsonObject:
    """The page of the rehearsal that the address asks for."""
    return pagination.page_arguments(context.request.query_params)


def _template_values(context: PageContext, data: JsonObject) -> JsonObject:
    """The links to further pages of the rehearsal, and the first day of the next one."""
    automation = data.get("automation")
    rehearsal = automation["rehearsal"] if automation else {"pageInfo": EMPTY_PAGE_INFO}
    since = context.formats(data).today() - timedelta(days=REHEARSAL_DAYS)
    page_links = pagination.page_links(rehearsal, context.request.query_params)
    return {"page_links": page_links, "since": since.isoformat()}


def _redirect(context: PageContext, done: CompletedAction) -> Response:
    """A rehearsal leads to its result, further down in the page."""
    if done.mutation == "automationRehearse":
        return context.redirect(f"{context.request.url.path}#rehearsal", done=done.mutation)
    return redirect_to_same_page(context, done)


AUTOMATION_PAGE = EditPage(
    noun="automation",
    document="automation",
    template="setup/automation.html",
    list_path="/setup/automations",
    choices=_options_with_triggers,
    lookups={"customerId": "customer", "memberId": "member"},
    prepare_form=_prepare_form,
    query_variables=_query_variables,
    template_values=_template_values,
    redirect=_redirect,
)
