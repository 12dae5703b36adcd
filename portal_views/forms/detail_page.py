"""Pages of one row with its open actions: GET shows it, POST carries an action out or shows what is wrong."""

from collections.abc import Awaitable, Callable, Iterable
from typing import Any

from starlette.exceptions import HTTPException
from starlette.responses import Response

from portal_views.forms.form_parser import clean_text
from portal_views.forms.submission import CompletedAction, Outcome, SubmittedForm, submit_action
from portal_views.web.formats import Formats
from portal_views.web.identifiers import ID_PATTERN
from portal_views.web.page_context import JsonObject, PageContext, found_or_404

SubjectsOf = Callable[[JsonObject], Iterable[JsonObject]]
SubmitAction = Callable[[PageContext, Iterable[JsonObject], Formats], Awaitable[Outcome]]
RedirectAfter = Callable[[PageContext, CompletedAction], Response]
RenderPage = Callable[[PageContext, JsonObject, SubmittedForm | None], Response | Awaitable[Response]]


def path_id(context: PageContext) -> str:
    """The identifier in the path; 404 for anything that cannot be one."""
    identifier = str(context.request.path_params["id"])
    if not ID_PATTERN.fullmatch(identifier):
        raise HTTPException(404)
    return identifier


async def submit_row_action(context: PageContext, document: str, noun: str) -> Outcome:
    """Carry out the posted action of one row of a list, also if the row has left the list meanwhile."""
    subject = clean_text((await context.request.form()).get("subject", ""))
    if not ID_PATTERN.fullmatch(subject):
        raise HTTPException(404)
    data = await context.query(document, id=subject)
    return await submit_action(context, [found_or_404(data[noun])], context.formats(data))


def redirect_to_same_page(context: PageContext, done: CompletedAction) -> Response:
    """Lead back to the same page, which says what was done."""
    query = {"lang": context.language} if context.link_path else {}
    return context.redirect(context.request.url.path, **query, done=done.mutation)


async def submit_or_show(
    context: PageContext,
    *,
    submit: Callable[[], Awaitable[Outcome]],
    show: Callable[[SubmittedForm | None], Awaitable[Response]],
    redirect: RedirectAfter = redirect_to_same_page,
) -> Response:
    """Submit a posted form and redirect once it is carried out; else show the page, with the form if refused."""
    if context.request.method != "POST":
        return await show(None)
    outcome = await submit()
    return redirect(context, outcome) if isinstance(outcome, CompletedAction) else await show(outcome)


async def detail_page(
    context: PageContext,
    *,
    document: str,
    noun: str,
    subject_id: str,
    subjects: SubjectsOf = lambda row: [row],
    render: RenderPage,
    redirect: RedirectAfter = redirect_to_same_page,
    submit: SubmitAction = submit_action,
    **variables: Any,
) -> Response:
    """Show the row `noun` of `document`, or carry out the posted action of one of its `subjects` by `submit`."""

    async def load(*, with_closed_actions: bool) -> JsonObject:
        data = await context.query(document, id=subject_id, all=with_closed_actions, **variables)
        found_or_404(data[noun])
        return data

    async def submit_posted() -> Outcome:
        data = await load(with_closed_actions=True)
        return await submit(context, subjects(data[noun]), context.formats(data))

    async def show(submitted: SubmittedForm | None) -> Response:
        page = render(context, await load(with_closed_actions=False), submitted)
        return page if isinstance(page, Response) else await page

    return await submit_or_show(context, submit=submit_posted, show=show, redirect=redirect)
