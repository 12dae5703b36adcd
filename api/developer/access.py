"""Access to the reference: for everyone in development, in production for the signed-in, of the schema they use."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from api.dependencies import Dependencies
from portal_views.web.page_context import Endpoint, PageContext, address_language, sign_in_redirect
from portal_views.web.renderer import render
from schema.api_schema import SchemaName

SCHEMA_NAMES: tuple[SchemaName, ...] = ("operations", "portal")


@dataclass(frozen=True, kw_only=True)
class Reader:
    """One request for a page of the reference; `context` is None for the anonymous."""

    request: Request
    language: str
    context: PageContext | None
    schemas: tuple[SchemaName, ...]

    def render(self, template: str, **values: Any) -> Response:
        """Render a page with the navigation of its visitor."""
        return render(
            template,
            self.language,
            context=self.context,
            path=self.request.url.path,
            schemas=self.schemas,
            **values,
        )


ReaderPage = Callable[[Reader], Awaitable[Response]]


def reader_endpoint(dependencies: Dependencies, page: ReaderPage) -> Endpoint:
    """An endpoint under the rule of introspection: without a session in development only."""
    pages, is_open = dependencies.pages, dependencies.settings.in_development

    async def endpoint(request: Request) -> Response:
        visitor = await pages.auth.visitor(request)
        if visitor is None and not is_open:
            return sign_in_redirect(request)
        if visitor is not None and visitor.must_act_first:
            return RedirectResponse("/password" if visitor.must_change_password else "/security", status_code=303)
        language = visitor.language if visitor else address_language(request, pages.auth.language(request))
        context = None
        if visitor is not None:
            context = PageContext(request=request, dependencies=pages, visitor=visitor, language=language)
        schemas = SCHEMA_NAMES if is_open or context is None else (context.schema,)
        return await page(Reader(request=request, language=language, context=context, schemas=schemas))

    return endpoint
