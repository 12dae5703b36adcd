"""Automations as staff keeps them: the list in their order, one with its rehearsal, and the exceptions."""

from collections.abc import Mapping, Sequence
from datetime import timedelta
from itertools import groupby

from starlette.datastructures import FormData
from starlette.exceptions import HTTPException
from starlette.responses import Response

from portal_views import lists
from portal_views.choosing import keeping, options, stages_of
from portal_views.desk import Data, Visit, found
from portal_views.entries import Choices, Entry
from portal_views.filled import with_tags
from portal_views.moves import Attempt, Done, make
from portal_views.reading import clean
from portal_views.things import ID, done_here, formats_of
from portal_views.words import say

DAYS_COUNTED, DAYS_REHEARSED = 30, 90
NO_PAGES = {"hasPreviousPage": False, "hasNextPage": False}
# Fields that are only shown, and only sent, once this is chosen in another; style sheet setup.css does the same.
SHOWN_WITH: Mapping[str, tuple[str, str]] = {
    "stageId": ("trigger", "order.enterStage"),
    "templateId": ("action", "SET_TEMPLATE"),
    "visibility": ("action", "SET_TEMPLATE"),
    "expectedRule": ("action", "SET_EXPECTED"),
    "expectedInDays": ("expectedRule", "DAYS_AFTER"),
    "targetStageId": ("action", "ENTER_STAGE"),
}


async def automation_list(visit: Visit) -> Response:
    """Strictly in the order in which they run."""
    formats = formats_of(visit, await visit.ask("frame"))
    since = formats.now - timedelta(days=DAYS_COUNTED)
    data = await visit.ask("automations", since=since.isoformat())
    return visit.page("setup/automations.html", data, days=DAYS_COUNTED)


async def exceptions(visit: Visit) -> Response:
    """What automations could not do, to be tried again or taken off the list."""
    attempt = None
    if visit.request.method == "POST":
        outcome = await _tried_again(visit)
        if isinstance(outcome, Done):
            return done_here(visit, outcome)
        attempt = outcome
    query = visit.request.query_params
    data = await visit.ask("exceptions", **lists.asked(query))
    return visit.page(
        "setup/exceptions.html",
        data,
        status=422 if attempt else 200,
        attempt=attempt,
        neighbours=lists.neighbours(data["automationExceptions"], query),
    )


async def _tried_again(visit: Visit) -> Done | Attempt:
    """The posted move of one exception, whichever page of the list it is on by now."""
    subject = clean((await visit.request.form()).get("subject", ""))
    if not ID.fullmatch(subject):
        raise HTTPException(404)
    data = await visit.ask("exception", id=subject)
    return await make(visit, [found(data["automationRun"])], formats_of(visit, data))


def _arranged(form: FormData, inputs: Sequence[Data]) -> FormData:
    """Without what belongs to a trigger or an action that is not chosen."""
    chosen = {name: clean(value) for name, value in form.multi_items()}
    for name, (other, value) in SHOWN_WITH.items():
        if chosen.get(other) != value:
            chosen.pop(name, None)
    return with_tags(FormData([item for item in form.multi_items() if item[0] in chosen]))


def _choices(data: Data) -> Choices:
    now = data.get("automation") or {}
    boards, templates = data["pipelines"]["nodes"], options(data["statusTemplates"]["nodes"], "label")
    members = [
        {"value": one["id"], "label": f"{one['name']} ({one['number']})"} for one in data["everyMember"]["nodes"]
    ]
    return {
        "stageId": keeping(stages_of(boards), now.get("stage")),
        "targetStageId": keeping(stages_of(boards), now.get("targetStage")),
        "pipelineId": keeping(options(boards), now.get("pipeline")),
        "templateId": keeping(templates, now.get("template")),
        "fromTemplateId": keeping(templates, now.get("fromTemplate")),
        "orderTemplateId": keeping(options(data["orderTemplates"]["nodes"]), now.get("orderTemplate")),
        "customerId": keeping(options(data["everyCustomer"]["nodes"], "legalName"), now.get("customer")),
        "memberId": keeping(members, now.get("member")),
    }


def _with_triggers(visit: Visit, data: Data) -> Choices:
    """Events below what they happen to, in the order in which the API tells them."""
    named = groupby(data["automationTriggers"], key=lambda trigger: trigger["name"].partition(".")[0])
    triggers = [
        {
            "label": say(visit.language, f"setup.happens_to.{noun}"),
            "options": [{"value": each["name"], "label": each["label"]} for each in group],
        }
        for noun, group in named
    ]
    return {**_choices(data), "trigger": triggers}


def _asking(visit: Visit) -> Data:
    """Which page of the rehearsal."""
    return lists.asked(visit.request.query_params)


def _facts(visit: Visit, data: Data) -> Data:
    """Where the rehearsal goes on, and the day from which the next one is offered."""
    automation = data.get("automation")
    rehearsal = automation["rehearsal"] if automation else {"pageInfo": NO_PAGES}
    since = formats_of(visit, data).today() - timedelta(days=DAYS_REHEARSED)
    neighbours = lists.neighbours(rehearsal, visit.request.query_params)
    return {"neighbours": neighbours, "since": since.isoformat()}


def _onward(visit: Visit, done: Done) -> Response:
    """What a rehearsal found stands further down."""
    if done.mutation == "automationRehearse":
        return visit.see_other(f"{visit.request.url.path}#rehearsal", done=done.mutation)
    return done_here(visit, done)


AUTOMATION = Entry(
    noun="automation",
    document="automation",
    template="setup/automation.html",
    place="/setup/automations",
    choices=_with_triggers,
    arranged=_arranged,
    asking=_asking,
    facts=_facts,
    onward=_onward,
)
