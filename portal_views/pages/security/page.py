"""The frame that all security pages share: their visitor, and the answer to a refused change."""

from collections.abc import Awaitable, Callable, Sequence
from typing import Any

from starlette.datastructures import URL
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from portal_views.forms.form_parser import clean_text
from portal_views.forms.submission import FormError, form_errors
from portal_views.web.formats import Formats
from portal_views.web.page_context import (
    Endpoint,
    PageContext,
    PageDependencies,
    read_form,
    sign_in_redirect,
)
from portal_views.web.ports.security import SecurityOverview, SecurityResult
from portal_views.web.renderer import render

OVERVIEW_PATH = "/security"
SecurityHandler = Callable[[PageContext], Awaitable[Response]]


def security_endpoint(dependencies: PageDependencies, handler: SecurityHandler) -> Endpoint:
    """An endpoint for signed-in visitors of every role, also for one who must add a second factor first."""

    async def endpoint(request: Request) -> Response:
        visitor = await dependencies.auth.visitor(request)
        if visitor is None:
            return sign_in_redirect(request)
        if visitor.impersonation:
            return RedirectResponse("/", status_code=303)
        if visitor.must_change_password:
            return RedirectResponse("/password", status_code=303)
        await read_form(request)
        context = PageContext(request=request, dependencies=dependencies, visitor=visitor, language=visitor.language)
        return await handler(context)

    return endpoint


async def load_overview(context: PageContext) -> SecurityOverview:
    """Everything about the visitor's own account; 404 when the session has just ended."""
    overview = await context.dependencies.security.overview(context.request)
    if overview is None:
        raise HTTPException(404)
    return overview


async def render_security(
    context: PageContext, template: str, *, errors: Sequence[FormError] = (), **values: Any
) -> Response:
    """Render a security page; without navigation while the visitor must add a second factor."""
    overview = await load_overview(context)
    return render(
        template,
        context.language,
        status=422 if errors else 200,
        context=None if context.visitor.must_act_first else context,
        visitor=context.visitor,
        path=context.request.url.path,
        overview=overview,
        formats=Formats.of(context.language, overview.zone, overview.now),
        errors=errors,
        **values,
    )


async def form_value(context: PageContext, name: str) -> str:
    """The value of a posted field, empty when it is missing."""
    return clean_text((await context.request.form()).get(name, ""))


async def finish(
    context: PageContext, result: SecurityResult, done: str, *, template: str = "security/overview.html"
) -> Response:
    """Lead back to the overview, or show why a change was refused, or what has to be kept."""
    if result.needs_confirmation:
        return confirmation_redirect(OVERVIEW_PATH)
    if result.refusals:
        return with_retry_after(await render_security(context, template, errors=form_errors(result.refusals)), result)
    if result.recovery_codes:
        return await render_security(context, "security/recovery_codes.html", codes=result.recovery_codes)
    return context.redirect(OVERVIEW_PATH, done=done)


def with_retry_after(page: Response, result: SecurityResult) -> Response:
    """The page with status 429 when the refusal is a limit of attempts."""
    waits = [refusal.retry_after_seconds for refusal in result.refusals if refusal.retry_after_seconds]
    if waits:
        page.status_code = 429
        page.headers["Retry-After"] = str(max(waits))
    return page


def confirmation_redirect(path: str) -> Response:
    """Lead to the page that asks for the password, which leads to `path`."""
    return RedirectResponse(str(URL(f"{OVERVIEW_PATH}/confirm").include_query_params(next=path)), status_code=303)
