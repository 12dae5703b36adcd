"""Pages of the board: a pipeline's stages with their cards, one stage alone, and the orders that are on no board."""

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
    """A filter that is set: its text, and the query without it."""

    label: str
    query_without: str


async def board(context: PageContext) -> Response:
    """All stages of one pipeline with the first cards of each; one stage alone when the query names it."""
    query = context.request.query_params
    choices = await context.query("board_options")
    pipelines = choices["pipelines"]["nodes"]
    pipeline = next((each for each in pipelines if each["id"] == query.get("pipeline")), next(iter(pipelines), None))
    if pipeline is None:
        return context.render("board/no_pipeline.html", choices)
    if query.get("stage") in {each["id"] for each in pipeline["stages"]}:
        return await _stage_page(context, choices, pipeline)
    data = await context.query("board", id=pipeline["id"], where=board_where(query))
    stages = found_or_404(data["pipeline"])["stages"]
    return context.render("board/board.html", choices, stages=stages, **_template_values(context, choices, pipeline))


async def _stage_page(context: PageContext, choices: JsonObject, pipeline: JsonObject) -> Response:
    query = context.request.query_params
    data = await context.query(
        "board_stage", id=query["stage"], where=board_where(query), **pagination.page_arguments(query)
    )
    stage = found_or_404(data["stage"])
    pages = pagination.page_links(stage["cards"], query)
    return context.render(
        "board/stage.html", choices, stage=stage, pages=pages, **_template_values(context, choices, pipeline)
    )


async def off_board(context: PageContext) -> Response:
    """Orders that are on no board, with forms that move them to a stage."""
    query = context.request.query_params
    choices = await context.query("board_options")
    data = await context.query(
        "off_board", where={**board_where(query), "offBoard": True}, **pagination.page_arguments(query)
    )
    pages = pagination.page_links(data["orders"], query)
    values = _template_values(context, choices, next(iter(choices["pipelines"]["nodes"]), None))
    return context.render("board/off_board.html", choices, orders=data["orders"], pages=pages, **values)


def board_where(query: QueryParams) -> JsonObject:
    """The filters of the query as the API's `where`; invalid values are left out."""
    given = _filter_values(query)
    booleans = {name: True for name in BOOLEAN_FILTERS if name in given}
    texts = {name: given[name] for name in TEXT_FILTERS if name in given}
    visibility = {"clientStatus": {"eq": given["visibility"]}} if "visibility" in given else {}
    field_names = {"clientStatusTemplate": "template", "member": "member", "customer": "customer"}
    ids = {field: {"eq": given[name]} for field, name in field_names.items() if name in given}
    assignee = {"assignedTo": given["assignee"]} if "assignee" in given else {}
    return {**NOT_ARCHIVED, **booleans, **texts, **visibility, **ids, **assignee}


def _filter_values(query: QueryParams) -> dict[str, str]:
    texts = {name: query.get(name, "").replace("\0", "").strip()[:MAX_FILTER_LENGTH] for name in FILTERS}
    return {name: text for name, text in texts.items() if text and _is_valid(name, text)}


def _is_valid(name: str, text: str) -> bool:
    if name in ID_FILTERS:
        return bool(ID_PATTERN.fullmatch(text))
    return text in VISIBILITIES if name == "visibility" else True


def _template_values(context: PageContext, choices: JsonObject, pipeline: JsonObject | None) -> dict[str, Any]:
    query = context.request.query_params
    given = _filter_values(query)
    options = _options(choices, context.language)
    return {
        "pipeline": pipeline,
        "given": given,
        "options": options,
        "filters": [_active_filter(context, name, value, options) for name, value in given.items()],
        "back": f"{context.request.url.path}?{pagination.changed_query(query)}",
        "link": lambda **changed: pagination.changed_query(query, **changed),
    }


def _options(choices: JsonObject, language: str) -> dict[str, dict[str, str]]:
    """The options of each filter: texts by value."""
    return {
        "template": {each["id"]: each["label"] for each in choices["statusTemplates"]["nodes"]},
        "visibility": {value: translate(language, f"board.shown.{value}") for value in VISIBILITIES},
        "member": {each["id"]: each["name"] for each in choices["everyMember"]["nodes"]},
        "customer": {each["id"]: each["legalName"] for each in choices["everyCustomer"]["nodes"]},
        "assignee": {each["id"]: each["name"] for each in choices["everyEmployee"]["nodes"]},
    }


def _active_filter(
    context: PageContext, name: str, value: str, options: Mapping[str, Mapping[str, str]]
) -> ActiveFilter:
    label = translate(context.language, f"board.{name}")
    if name not in BOOLEAN_FILTERS:
        label = f"{label}: {options.get(name, {}).get(value, '…' if name in ID_FILTERS else value)}"
    return ActiveFilter(
        label=label, query_without=pagination.changed_query(context.request.query_params, **{name: None})
    )
