"""Rows that a field which is searched by typing offers, for its script."""

from starlette.responses import JSONResponse, Response

from portal_views.forms.lookups import KINDS, find_options, search_text
from portal_views.web.page_context import PageContext, found_or_404
from portal_views.words.catalogue import translate


async def choices(context: PageContext) -> Response:
    """The options for the text `q`, and a sentence that says how many there are."""
    kind = context.request.path_params["kind"]
    found_or_404(KINDS.get(kind))
    options = await find_options(context, kind, search_text(context.request.query_params.get("q", "")))
    said = translate(context.language, "lookup.found", n=len(options)) if options else ""
    return JSONResponse({"options": options, "said": said or translate(context.language, "lookup.nothing")})
