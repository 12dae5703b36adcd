"""Pages of one thing with moves on it: GET shows it, POST makes a move or shows what is wrong with it."""

import re
from collections.abc import Callable, Iterable
from typing import Any

from starlette.exceptions import HTTPException
from starlette.responses import Response

from portal_views.forms.submission import CompletedAction, SubmittedForm, submit_action
from portal_views.web.formats import Formats
from portal_views.web.page_context import JsonObject, PageContext, found_or_404

ID_PATTERN = re.compile(r"[a-z]{3}_[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")

SubjectsOf = Callable[[JsonObject], Iterable[JsonObject]]
RedirectAfter = Callable[[PageContext, CompletedAction], Response]
RenderPage = Callable[[PageContext, JsonObject, SubmittedForm | None], Response]


def path_id(visit: PageContext) -> str:
    """The identifier in the address; anything that cannot be one is not there."""
    asked = str(visit.request.path_params["id"])
    if not ID_PATTERN.fullmatch(asked):
        raise HTTPException(404)
    return asked


def page_formats(visit: PageContext, data: JsonObject) -> Formats:
    return Formats.of(visit.language, data["operator"]["zone"], data["now"])


def redirect_to_same_page(visit: PageContext, done: CompletedAction) -> Response:
    """Back to the same page, which says what was done."""
    query = {"lang": visit.language} if visit.link_path else {}
    return visit.redirect(visit.request.url.path, **query, done=done.mutation)


async def detail_page(
    visit: PageContext,
    *,
    document: str,
    noun: str,
    subject_id: str,
    subjects: SubjectsOf = lambda thing: [thing],
    render: RenderPage,
    redirect: RedirectAfter = redirect_to_same_page,
    **variables: Any,
) -> Response:
    """Show the thing `noun` of `document`, or make the posted move on one of what `movable` finds on it."""
    is_move = visit.request.method == "POST"
    data = await visit.query(document, id=subject_id, all=is_move, **variables)
    thing = found_or_404(data[noun])
    if not is_move:
        return render(visit, data, None)
    outcome = await submit_action(visit, subjects(thing), page_formats(visit, data))
    if isinstance(outcome, CompletedAction):
        return redirect(visit, outcome)
    data = await visit.query(document, id=subject_id, all=False, **variables)
    found_or_404(data[noun])
    return render(visit, data, outcome)
