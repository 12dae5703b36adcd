"""Pages for HTTP errors, with the visitor's navigation where there is a visitor."""

from starlette.requests import Request
from starlette.responses import Response

from portal_views.web.page_context import PageContext, PageDependencies
from portal_views.web.ports.auth import AuthRefusal
from portal_views.web.renderer import render
from portal_views.words.catalogue import has_message

DEFAULT_RETRY_SECONDS = 60


def error_page(request: Request, status: int, language: str, context: PageContext | None = None) -> Response:
    """The page for an HTTP error; with `context`, it has the visitor's navigation and language."""
    return render(
        "error.html",
        context.language if context else language,
        status=status,
        context=context,
        path=request.url.path,
        kind=str(status) if has_message(f"error.{status}.title") else "500",
        request_id=getattr(request.state, "request_id", ""),
    )


async def signed_in_error_page(
    dependencies: PageDependencies, request: Request, status: int, language: str
) -> Response:
    """The error page with the navigation of the visitor, and the impersonation banner where it applies."""
    visitor = await dependencies.auth.visitor(request)
    if visitor is None or visitor.must_act_first:
        return error_page(request, status, language)
    context = PageContext(request=request, dependencies=dependencies, visitor=visitor, language=visitor.language)
    return error_page(request, status, language, context)


def too_many_requests_page(request: Request, dependencies: PageDependencies, refusal: AuthRefusal) -> Response:
    """The error page 429 with the time until the next attempt."""
    response = error_page(request, 429, dependencies.auth.language(request))
    response.headers["Retry-After"] = str(refusal.retry_after_seconds or DEFAULT_RETRY_SECONDS)
    return response
