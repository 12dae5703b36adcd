"""The board: the stages of a pipeline with their cards, one stage alone, and the orders that are on no board."""

from collections.abc import Mapping
from typing import Any

from starlette.responses import RedirectResponse, Response

from portal_views.forms.filters.board import LATENESS, VISIBILITIES, active_filters, board_where, filter_values
from portal_views.forms.lookups import form_lookups
from portal_views.pages.boards.last_view import remember, remembered_query
from portal_views.pages.boards.previous_stages import UNDO, valid_origins
from portal_views.web import pagination
from portal_views.web.page_context import JsonObject, PageContext, found_or_404
from portal_views.words.catalogue import translate

# The filters that find a row by typing.
LOOKUPS = {"member": "member", "customer": "customer", "assignee": "employee"}


async def board(context: PageContext) -> Response:
    """All stages of one pipeline with the first cards of each; one stage alone when the address names it.

    Without a query the board stands as it was last looked at.
    """
    query = context.request.query_params
    last = "" if query else remembered_query(context)
    if last:
        return RedirectResponse(f"/board?{last}", status_code=303)
    choices = await context.query("board_options")
    pipelines = choices["pipelines"]["nodes"]
    pipeline = next((each for each in pipelines if each["id"] == query.get("pipeline")), next(iter(pipelines), None))
    if pipeline is None:
        return context.render("board/no_pipeline.html", choices)
    if query.get("stage") in {each["id"] for each in pipeline["stages"]}:
        return await _stage_page(context, choices, pipeline)
    data = await context.query("board", id=pipeline["id"], where=board_where(query))
    stages = found_or_404(data["pipeline"])["stages"]
    values = await _template_values(context, choices, pipeline)
    return remember(context, context.render("board/board.html", choices, stages=stages, **values))


async def _stage_page(context: PageContext, choices: JsonObject, pipeline: JsonObject) -> Response:
    query = context.request.query_params
    page = pagination.page_arguments(query)
    data = await context.query("board_stage", id=query["stage"], where=board_where(query), **page)
    stage = found_or_404(data["stage"])
    values = await _template_values(context, choices, pipeline)
    links = pagination.page_links(stage["cards"], query)
    return remember(context, context.render("board/stage.html", choices, stage=stage, page_links=links, **values))


async def off_board(context: PageContext) -> Response:
    """Orders that are on no board, with a form to put them on one."""
    query = context.request.query_params
    choices = await context.query("board_options")
    where = {**board_where(query), "offBoard": True}
    data = await context.query("off_board", where=where, **pagination.page_arguments(query))
    return context.render(
        "board/off_board.html",
        choices,
        orders=data["orders"],
        page_links=pagination.page_links(data["orders"], query),
        **await _template_values(context, choices, next(iter(choices["pipelines"]["nodes"]), None)),
    )


async def _template_values(context: PageContext, choices: JsonObject, pipeline: JsonObject | None) -> dict[str, Any]:
    query = context.request.query_params
    options, values = _options(choices, context.language), filter_values(query)
    lookups = await form_lookups(context, LOOKUPS, {}, query)
    named = {name: {each["value"]: each["label"] for each in found.chosen} for name, found in lookups.items()}
    return {
        "pipeline": pipeline,
        "filter_values": values,
        "options": options,
        "lookups": lookups,
        "active_filters": active_filters(query, {**options, **named}, context.language),
        "undo": valid_origins(query.getlist(UNDO)),
        "back": f"{context.request.url.path}?{pagination.changed_query(query)}",
        "link": lambda **changed: pagination.changed_query(query, **changed),
    }


def _options(choices: JsonObject, language: str) -> Mapping[str, Mapping[str, str]]:
    """The options of each filter that has some: labels by value."""
    return {
        "template": {each["id"]: each["label"] for each in choices["statusTemplates"]["nodes"]},
        "late": {value: translate(language, f"board.late_by.{value}") for value in LATENESS},
        "visibility": {value: translate(language, f"board.shown.{value}") for value in VISIBILITIES},
    }
