"""The board: a pipeline's stages with their cards, one stage alone, and the orders that lie on no board yet."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from starlette.datastructures import QueryParams
from starlette.responses import Response

from portal_views import lists
from portal_views.desk import Data, Visit, found
from portal_views.things import ID
from portal_views.words import say

LONGEST_WORD = 100
BY_ID = ("template", "member", "customer", "assignee")
VISIBILITIES = ("SHOWN", "HIDDEN")
SWITCHES = ("late", "stale")
WRITTEN = ("tag", "search")
FILTERS = ("search", *BY_ID, "visibility", "tag", *SWITCHES)
IN_USE = {"archived": False}


@dataclass(frozen=True, kw_only=True)
class Filter:
    """One filter that is set: what it says, and the query without it."""

    words: str
    without: str


async def board(visit: Visit) -> Response:
    """All stages of one pipeline with the first cards of each; one stage alone when the address names it."""
    query = visit.request.query_params
    choices = await visit.ask("board_choices")
    pipelines = choices["pipelines"]["nodes"]
    chosen = next((each for each in pipelines if each["id"] == query.get("pipeline")), next(iter(pipelines), None))
    if chosen is None:
        return visit.page("board/none.html", choices)
    if query.get("stage") in {each["id"] for each in chosen["stages"]}:
        return await _stage(visit, choices, chosen)
    data = await visit.ask("board", id=chosen["id"], where=where_of(query))
    stages = found(data["pipeline"])["stages"]
    return visit.page("board/board.html", choices, stages=stages, **_facts(visit, choices, chosen))


async def _stage(visit: Visit, choices: Data, pipeline: Data) -> Response:
    query = visit.request.query_params
    data = await visit.ask("board_stage", id=query["stage"], where=where_of(query), **lists.asked(query))
    stage = found(data["stage"])
    pages = lists.neighbours(stage["cards"], query)
    return visit.page("board/stage.html", choices, stage=stage, pages=pages, **_facts(visit, choices, pipeline))


async def off_board(visit: Visit) -> Response:
    """Orders that no board shows, to be put on one."""
    query = visit.request.query_params
    choices = await visit.ask("board_choices")
    data = await visit.ask("board_off", where={**where_of(query), "offBoard": True}, **lists.asked(query))
    pages = lists.neighbours(data["orders"], query)
    facts = _facts(visit, choices, next(iter(choices["pipelines"]["nodes"]), None))
    return visit.page("board/off.html", choices, orders=data["orders"], pages=pages, **facts)


def where_of(query: QueryParams) -> Data:
    """The filters of the address as the API takes them; what cannot be one is not asked for."""
    given = _given(query)
    switches = {name: True for name in SWITCHES if name in given}
    texts = {name: given[name] for name in WRITTEN if name in given}
    shown = {"clientStatus": {"eq": given["visibility"]}} if "visibility" in given else {}
    named = {"clientStatusTemplate": "template", "member": "member", "customer": "customer"}
    things = {field: {"eq": given[name]} for field, name in named.items() if name in given}
    assigned = {"assignedTo": given["assignee"]} if "assignee" in given else {}
    return {**IN_USE, **switches, **texts, **shown, **things, **assigned}


def _given(query: QueryParams) -> dict[str, str]:
    texts = {name: query.get(name, "").replace("\0", "").strip()[:LONGEST_WORD] for name in FILTERS}
    return {name: text for name, text in texts.items() if text and _can_be(name, text)}


def _can_be(name: str, text: str) -> bool:
    if name in BY_ID:
        return bool(ID.fullmatch(text))
    return text in VISIBILITIES if name == "visibility" else True


def _facts(visit: Visit, choices: Data, pipeline: Data | None) -> dict[str, Any]:
    query = visit.request.query_params
    given = _given(query)
    options = _options(choices, visit.language)
    return {
        "pipeline": pipeline,
        "given": given,
        "options": options,
        "filters": [_filter(visit, name, value, options) for name, value in given.items()],
        "back": f"{visit.request.url.path}?{lists.kept(query)}",
        "link": lambda **changed: lists.kept(query, **changed),
    }


def _options(choices: Data, language: str) -> dict[str, dict[str, str]]:
    """What can be chosen in each filter, its words by its value."""
    return {
        "template": {each["id"]: each["label"] for each in choices["statusTemplates"]["nodes"]},
        "visibility": {value: say(language, f"board.shown.{value}") for value in VISIBILITIES},
        "member": {each["id"]: each["name"] for each in choices["everyMember"]["nodes"]},
        "customer": {each["id"]: each["legalName"] for each in choices["everyCustomer"]["nodes"]},
        "assignee": {each["id"]: each["name"] for each in choices["everyEmployee"]["nodes"]},
    }


def _filter(visit: Visit, name: str, value: str, options: Mapping[str, Mapping[str, str]]) -> Filter:
    words = say(visit.language, f"board.{name}")
    if name not in SWITCHES:
        words = f"{words}: {options.get(name, {}).get(value, '…' if name in BY_ID else value)}"
    return Filter(words=words, without=lists.kept(visit.request.query_params, **{name: None}))
