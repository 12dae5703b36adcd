"""Doing something to many orders: what is to be done, what would become of each, the deed and its results."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from starlette.datastructures import FormData
from starlette.responses import Response

from portal_views import lists
from portal_views.desk import Data, Visit, found
from portal_views.moves import Attempt, Done, problem, refused
from portal_views.problems import Problem
from portal_views.reading import Reading, clean
from portal_views.selecting import Selection, selected
from portal_views.things import asked_id, done_here, formats_of, show_and_move
from portal_views.words import say

BEGIN = """mutation Begin($input: {kind}!) {{
  {mutation}(input: $input) {{
    {noun} {{ id state failed }}
    errors {{ code message remedy path }}
  }}
}}"""
TOLD = {"set": "clientStatusBulkSet", "hide": "clientStatusBulkHide"}
OUTCOMES = ("APPLIED", "UNCHANGED", "FAILED", "NOT_ATTEMPTED")
OF_THE_FORM = {"order", "all", "filter", "do", "step", "key"}

Problems = Sequence[Problem]


async def new(visit: Visit) -> Response:
    """POST of the order list begins it: what is to be done, then what would become of it, then the deed."""
    form = await visit.request.form()
    do = str(form.get("do", ""))
    if visit.request.method == "GET" or do not in TOLD:
        return visit.see_other("/orders")
    data = await visit.ask("bulk_begin", mutation=TOLD[do])
    action = {**next(iter(data["beginnings"])), "subjectId": ""}
    chosen, step = selected(form), form.get("step")
    if not chosen:
        return _form(visit, data, action, form, chosen, _refused(action, form, visit, "bulk.nothing_chosen"))
    if do == "set" and step not in {"look", "do"}:
        return _form(visit, data, action, form, chosen, None)
    return await _told(visit, data, action, form, chosen)


async def _told(visit: Visit, data: Data, action: Data, form: FormData, chosen: Selection) -> Response:
    formats = formats_of(visit, data)
    reading = Reading(form, formats)
    inputs = [item for item in action["inputs"] if item["name"] not in {"orderIds", "where", "mode", "dryRun"}]
    given = {**reading.all(inputs), **chosen.asked(formats)}
    if reading.unread:
        attempt = refused(action, form, [Problem(text) for text in reading.unread.values()])
        return _form(visit, data, action, form, chosen, attempt)
    if form.get("step") == "do":
        key = clean(form.get("key", ""))[:100] or None
        begun = await begin(visit, action["mutation"], {**given, "idempotencyKey": key}, action)
        if isinstance(begun, dict):
            return visit.see_other(f"/bulk/{begun['id']}")
        return _form(visit, data, action, form, chosen, refused(action, form, begun))
    tried = await trial(visit, action["mutation"], given, action)
    if not isinstance(tried, dict):
        return _form(visit, data, action, form, chosen, refused(action, form, tried))
    return _preview(visit, data, action, form, chosen, tried)


def _form(
    visit: Visit, data: Data, action: Data, form: FormData, chosen: Selection, attempt: Attempt | None
) -> Response:
    return visit.page(
        "bulk/new.html",
        data,
        status=422 if attempt else 200,
        action=action,
        attempt=attempt or (refused(action, form, ()) if form.get("step") == "change" else None),
        chosen=chosen,
        do=form.get("do"),
        way=form.get("way", "template"),
        back=_back(chosen),
    )


def _preview(visit: Visit, data: Data, action: Data, form: FormData, chosen: Selection, operation: Data) -> Response:
    typed = [(name, clean(value)) for name, value in form.multi_items() if name not in OF_THE_FORM]
    wording = next((each for each in data["statusTemplates"]["nodes"] if each["id"] == form.get("templateId")), None)
    return visit.page(
        "bulk/trial.html",
        data,
        action=action,
        chosen=chosen,
        do=form.get("do"),
        typed=typed,
        said=dict(typed),
        wording=wording,
        operation=operation,
        back=_back(chosen),
    )


def _back(chosen: Selection) -> str:
    return f"/orders?{chosen.filter}" if chosen.filter else "/orders"


def _refused(action: Data, form: FormData, visit: Visit, word: str) -> Attempt:
    return refused(action, form, [Problem(say(visit.language, word))])


async def begin(visit: Visit, mutation: str, given: Mapping[str, Any], action: Data | None = None) -> Data | Problems:
    """Begin an operation on many orders; gives it as it is now, or why it was refused."""
    noun = "orderBulk" if mutation.startswith("order") else "clientStatusBulk"
    text = BEGIN.format(mutation=mutation, noun=noun, kind=mutation[0].upper() + mutation[1:] + "Input")
    payload = (await visit.run(text, {"input": dict(given)}))[mutation]
    if payload["errors"]:
        known = action or {"mutation": mutation, "subjectId": "", "inputs": []}
        return [problem(known, error) for error in payload["errors"]]
    operation: Data = found(payload[noun])
    return operation


async def trial(visit: Visit, mutation: str, given: Mapping[str, Any], action: Data | None = None) -> Data | Problems:
    """What would become of each order, with nothing changed; or why nothing could be done at all."""
    begun = await begin(visit, mutation, {**given, "dryRun": True}, action)
    if not isinstance(begun, dict):
        return begun
    operation: Data = found((await visit.ask("bulk_trial", id=begun["id"]))["bulkOperation"])
    return operation


async def operation(visit: Visit) -> Response:
    """How far an operation is, and what became of each order, in the order in which they were named."""
    query = visit.request.query_params
    outcome = query.get("outcome") if query.get("outcome") in OUTCOMES else None
    return await show_and_move(
        visit,
        document="bulk",
        noun="bulkOperation",
        subject_id=asked_id(visit),
        movable=_movable,
        show=lambda visit, data, attempt: _show(visit, data, attempt, outcome),
        onward=_onward,
        where={"outcome": {"eq": outcome}} if outcome else None,
        **lists.asked(query),
    )


def _movable(operation: Data) -> Iterable[Data]:
    return [operation]


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
