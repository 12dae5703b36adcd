"""Telling the clients of many orders something: what, what would become of each, the deed and its results."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from starlette.datastructures import FormData
from starlette.responses import Response

from portal_views import lists
from portal_views.desk import Data, Visit
from portal_views.many import begin, trial
from portal_views.moves import Attempt, Done, refused
from portal_views.problems import Problem
from portal_views.reading import Reading, clean
from portal_views.selecting import Selection, asked_from, selected
from portal_views.things import asked_id, done_here, formats_of, show_and_move
from portal_views.words import say

MUTATIONS = {"set": "clientStatusBulkSet", "hide": "clientStatusBulkHide"}
OUTCOMES = ("APPLIED", "UNCHANGED", "FAILED", "NOT_ATTEMPTED")
NOT_TYPED = {"order", "all", "filter", "do", "step", "key", "back", "stage"}
NOT_ASKED = {"orderIds", "where", "mode", "dryRun"}
LIST = "/orders"


@dataclass(frozen=True, kw_only=True)
class Asked:
    """What a form asks to be done, to which orders, and what the API says that takes."""

    visit: Visit
    data: Data
    action: Data
    form: FormData
    chosen: Selection

    @property
    def deed(self) -> str:
        return str(self.form["do"])

    def refused(self, *problems: Problem) -> Attempt:
        return refused(self.action, self.form, problems)

    def page(self, template: str, *, status: int = 200, **facts: Any) -> Response:
        back = asked_from(self.form, LIST)
        return self.visit.page(
            template, self.data, status=status, action=self.action, chosen=self.chosen, do=self.deed, back=back, **facts
        )


async def new(visit: Visit) -> Response:
    """POST of the order list begins it: what is to be done, then what would become of it, then the deed."""
    form = await visit.request.form()
    if visit.request.method == "GET" or form.get("do") not in MUTATIONS:
        return visit.see_other(LIST)
    data = await visit.ask("bulk_begin", mutation=MUTATIONS[str(form["do"])])
    action = {**next(iter(data["beginnings"])), "subjectId": ""}
    asked = Asked(visit=visit, data=data, action=action, form=form, chosen=selected(form))
    if not asked.chosen:
        return _form(asked, asked.refused(Problem(say(visit.language, "bulk.nothing_chosen"))))
    if asked.deed == "set" and form.get("step") not in {"look", "do"}:
        return _form(asked, asked.refused() if form.get("step") == "change" else None)
    formats = formats_of(visit, data)
    reading = Reading(form, formats)
    given = reading.all([item for item in action["inputs"] if item["name"] not in NOT_ASKED])
    if reading.unread:
        return _form(asked, asked.refused(*map(Problem, reading.unread.values())))
    make = _do if form.get("step") == "do" else _try
    return await make(asked, {**given, **asked.chosen.asked(formats)})


async def _do(asked: Asked, given: Mapping[str, Any]) -> Response:
    key = clean(asked.form.get("key", ""))[:100] or None
    begun = await begin(asked.visit, asked.action["mutation"], {**given, "idempotencyKey": key}, asked.action)
    if begun.operation is None:
        return _form(asked, asked.refused(*begun.problems))
    return asked.visit.see_other(f"/bulk/{begun.operation['id']}")


async def _try(asked: Asked, given: Mapping[str, Any]) -> Response:
    tried = await trial(asked.visit, asked.action["mutation"], given, asked.action)
    if tried.operation is None:
        return _form(asked, asked.refused(*tried.problems))
    typed = [(name, clean(value)) for name, value in asked.form.multi_items() if name not in NOT_TYPED]
    templates, template_id = asked.data["statusTemplates"]["nodes"], asked.form.get("templateId")
    wording = next((each for each in templates if each["id"] == template_id), None)
    return asked.page("bulk/trial.html", typed=typed, said=dict(typed), wording=wording, operation=tried.operation)


def _form(asked: Asked, attempt: Attempt | None) -> Response:
    status = 422 if attempt and attempt.problems else 200
    return asked.page("bulk/new.html", status=status, attempt=attempt, way=asked.form.get("way", "template"))


async def operation(visit: Visit) -> Response:
    """How far an operation is, and what became of each order, in the order in which they were named."""
    query = visit.request.query_params
    outcome = query.get("outcome") if query.get("outcome") in OUTCOMES else None
    return await show_and_move(
        visit,
        document="bulk",
        noun="bulkOperation",
        subject_id=asked_id(visit),
        show=lambda visit, data, attempt: _show(visit, data, attempt, outcome),
        onward=_onward,
        where={"outcome": {"eq": outcome}} if outcome else None,
        **lists.asked(query),
    )


def _show(visit: Visit, data: Data, attempt: Attempt | None, outcome: str | None) -> Response:
    shown = data["bulkOperation"]
    return visit.page(
        "bulk/operation.html",
        data,
        status=422 if attempt else 200,
        operation=shown,
        attempt=attempt,
        outcome=outcome,
        outcomes=OUTCOMES,
        neighbours=lists.neighbours(shown["items"], visit.request.query_params),
    )


def _onward(visit: Visit, done: Done) -> Response:
    """What is tried again is an operation of its own."""
    if done.mutation == "bulkOperationRetry" and done.subject_id:
        return visit.see_other(f"/bulk/{done.subject_id}")
    return done_here(visit, done)


async def operations(visit: Visit) -> Response:
    """Operations of the past, the newest first."""
    query = visit.request.query_params
    data = await visit.ask("bulk_list", **lists.asked(query))
    return visit.page("bulk/list.html", data, neighbours=lists.neighbours(data["bulkOperations"], query))
