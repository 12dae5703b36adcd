"""Pages of one object with its actions: GET shows it, POST submits an action or shows the form with its errors."""

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


def path_id(context: PageContext) -> str:
    """The identifier in the path; raises 404 for a text that cannot be one."""
    identifier = str(context.request.path_params["id"])
    if not ID_PATTERN.fullmatch(identifier):
        raise HTTPException(404)
    return identifier


def page_formats(context: PageContext, data: JsonObject) -> Formats:
    return Formats.of(context.language, data["operator"]["zone"], data["now"])


def redirect_to_same_page(context: PageContext, completed: CompletedAction) -> Response:
    """Redirect to the same page, which then confirms the completed action."""
    query = {"lang": context.language} if context.link_path else {}
    return context.redirect(context.request.url.path, **query, done=completed.mutation)


async def detail_page(
    context: PageContext,
    *,
    document: str,
    noun: str,
    subject_id: str,
    subjects: SubjectsOf = lambda thing: [thing],
    render: RenderPage,
    redirect: RedirectAfter = redirect_to_same_page,
    **variables: Any,
) -> Response:
    """Show the object `noun` of `document`, or submit the posted action of one of its `subjects`.

    Raises 404 when the object is absent or not visible.
    """
    is_move = context.request.method == "POST"
    data = await context.query(document, id=subject_id, all=is_move, **variables)
    thing = found_or_404(data[noun])
    if not is_move:
        return render(context, data, None)
    outcome = await submit_action(context, subjects(thing), page_formats(context, data))
    if isinstance(outcome, CompletedAction):
        return redirect(context, outcome)
    data = await context.query(document, id=subject_id, all=False, **variables)
    found_or_404(data[noun])
    return render(context, data, outcome)
