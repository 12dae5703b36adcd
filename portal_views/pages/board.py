"""The board: a pipeline's stages with their cards, one stage alone, and the orders that lie on no board yet."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from starlette.datastructures import QueryParams
from starlette.responses import Response

from portal_views.forms.detail_page import ID_PATTERN
from portal_views.web import pagination
from portal_views.web.page_context import JsonObject, PageContext, found_or_404
from portal_views.words.catalogue import translate

MAX_FILTER_LENGTH = 100
ID_FILTERS = ("template", "member", "customer", "assignee")
VISIBILITIES = ("SHOWN", "HIDDEN")
BOOLEAN_FILTERS = ("late", "stale")
TEXT_FILTERS = ("tag", "search")
FILTERS = ("search", *ID_FILTERS, "visibility", "tag", *BOOLEAN_FILTERS)
NOT_ARCHIVED = {"archived": False}


@dataclass(frozen=True, kw_only=True)
class ActiveFilter:
    """One filter that is set: what it says, and the query without it."""

    label: str
    query_without: str


async def board(visit: PageContext) -> Response:
    """All stages of one pipeline with the first cards of each; one stage alone when the address names it."""
    query = visit.request.query_params
    choices = await visit.query("board_options")
    pipelines = choices["pipelines"]["nodes"]
    chosen = next((each for each in pipelines if each["id"] == query.get("pipeline")), next(iter(pipelines), None))
    if chosen is None:
        return visit.render("board/no_pipeline.html", choices)
    if query.get("stage") in {each["id"] for each in chosen["stages"]}:
        return await _stage_page(visit, choices, chosen)
    data = await visit.query("board", id=chosen["id"], where=board_where(query))
    stages = found_or_404(data["pipeline"])["stages"]
    return visit.render("board/board.html", choices, stages=stages, **_template_values(visit, choices, chosen))


async def _stage_page(visit: PageContext, choices: JsonObject, pipeline: JsonObject) -> Response:
    query = visit.request.query_params
    data = await visit.query(
        "board_stage", id=query["stage"], where=board_where(query), **pagination.page_arguments(query)
    )
    stage = found_or_404(data["stage"])
    pages = pagination.page_links(stage["cards"], query)
    return visit.render(
        "board/stage.html", choices, stage=stage, pages=pages, **_template_values(visit, choices, pipeline)
    )


async def off_board(visit: PageContext) -> Response:
    """Orders that no board shows, to be put on one."""
    query = visit.request.query_params
    choices = await visit.query("board_options")
    data = await visit.query(
        "off_board", where={**board_where(query), "offBoard": True}, **pagination.page_arguments(query)
    )
    pages = pagination.page_links(data["orders"], query)
    facts = _template_values(visit, choices, next(iter(choices["pipelines"]["nodes"]), None))
    return visit.render("board/off_board.html", choices, orders=data["orders"], pages=pages, **facts)


def board_where(query: QueryParams) -> JsonObject:
    """The filters of the address as the API takes them; what cannot be one is not asked for."""
    given = _filter_values(query)
    switches = {name: True for name in BOOLEAN_FILTERS if name in given}
    texts = {name: given[name] for name in TEXT_FILTERS if name in given}
    shown = {"clientStatus": {"eq": given["visibility"]}} if "visibility" in given else {}
    named = {"clientStatusTemplate": "template", "member": "member", "customer": "customer"}
    things = {field: {"eq": given[name]} for field, name in named.items() if name in given}
    assigned = {"assignedTo": given["assignee"]} if "assignee" in given else {}
    return {**NOT_ARCHIVED, **switches, **texts, **shown, **things, **assigned}


def _filter_values(query: QueryParams) -> dict[str, str]:
    texts = {name: query.get(name, "").replace("\0", "").strip()[:MAX_FILTER_LENGTH] for name in FILTERS}
    return {name: text for name, text in texts.items() if text and _is_valid(name, text)}


def _is_valid(name: str, text: str) -> bool:
    if name in ID_FILTERS:
        return bool(ID_PATTERN.fullmatch(text))
    return text in VISIBILITIES if name == "visibility" else True


def _template_values(visit: PageContext, choices: JsonObject, pipeline: JsonObject | None) -> dict[str, Any]:
    query = visit.request.query_params
    given = _filter_values(query)
    options = _options(choices, visit.language)
    return {
        "pipeline": pipeline,
        "given": given,
        "options": options,
        "filters": [_active_filter(visit, name, value, options) for name, value in given.items()],
        "back": f"{visit.request.url.path}?{pagination.changed_query(query)}",
        "link": lambda **changed: pagination.changed_query(query, **changed),
    }


def _options(choices: JsonObject, language: str) -> dict[str, dict[str, str]]:
    """What can be chosen in each filter, its words by its value."""
    return {
        "template": {each["id"]: each["label"] for each in choices["statusTemplates"]["nodes"]},
        "visibility": {value: translate(language, f"board.shown.{value}") for value in VISIBILITIES},
        "member": {each["id"]: each["name"] for each in choices["everyMember"]["nodes"]},
        "customer": {each["id"]: each["legalName"] for each in choices["everyCustomer"]["nodes"]},
        "assignee": {each["id"]: each["name"] for each in choices["everyEmployee"]["nodes"]},
    }


def _active_filter(visit: PageContext, name: str, value: str, options: Mapping[str, Mapping[str, str]]) -> ActiveFilter:
    words = translate(visit.language, f"board.{name}")
    if name not in BOOLEAN_FILTERS:
        words = f"{words}: {options.get(name, {}).get(value, '…' if name in ID_FILTERS else value)}"
    return ActiveFilter(label=words, query_without=pagination.changed_query(visit.request.query_params, **{name: None}))
