"""The ASGI application: its routes, its middleware and its lifespan."""

import logging
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator, Mapping, Sequence
from contextlib import asynccontextmanager
from functools import cache
from typing import Any

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.routing import BaseRoute, Route, WebSocketRoute
from starlette.types import ASGIApp

from api.auth.known_device import KnownDeviceMiddleware
from api.dependencies import Dependencies, build_dependencies, open_dependencies
from api.developer.routes import developer_routes
from api.error_responses import error_response, preferred_language
from api.files.routes import file_routes
from api.graphql.endpoint import ALWAYS_STREAMED, NEGOTIATED, GraphQLEndpoint
from api.graphql.paths import GRAPHQL_PATHS, SCHEMA_PATHS, STREAM_SUFFIX
from api.graphql.websocket import GraphQLWebSocket
from api.middleware.body_limit import BodyLimitMiddleware
from api.middleware.compression import PageCompression
from api.middleware.cors import CorsMiddleware
from api.middleware.csrf import CsrfMiddleware
from api.middleware.host import HostMiddleware
from api.middleware.page_layers import PageLayers
from api.middleware.response import ResponseMiddleware
from api.ops import dev_inbox
from api.ops.metrics import may_read_metrics, metrics_response
from api.ops.state_metrics import refresh_state_metrics
from api.page_words import register_page_words
from domain.database.outages import RETRY_AFTER_SECONDS, is_outage
from domain.database.pools import PATIENCE_SECONDS, connect, disconnect
from domain.files.object_store import StorageUnavailable
from domain.kernel.runtime.gc import freeze_loaded_objects
from domain.kernel.runtime.structured_logging import configure_logging
from portal_views.application import routes as pages
from portal_views.web.error_pages import error_page, signed_in_error_page
from portal_views.web.flash import FlashMiddleware
from portal_views.web.page_context import PageDependencies
from portal_views.web.site import SiteMiddleware
from settings import Settings, load

ERROR_CODES = {404: ("NOT_FOUND", "not_found"), 405: ("METHOD_NOT_ALLOWED", "not_found")}


def create_application(settings: Settings) -> ASGIApp:
    """A new application; it connects when it starts and disconnects when it stops."""
    configure_logging(human_readable=settings.in_development)
    # Faults are logged once, by the endpoint that masks them, with the request's id.
    logging.getLogger("strawberry.execution").disabled = True
    return build_application(build_dependencies(settings))


def build_application(dependencies: Dependencies) -> ASGIApp:
    """The application over these dependencies."""
    settings = dependencies.settings
    register_page_words()

    @asynccontextmanager
    async def lifespan(_: Starlette) -> AsyncIterator[None]:
        await connect(settings.database_url, patience_seconds=PATIENCE_SECONDS)
        try:
            async with open_dependencies(dependencies):
                freeze_loaded_objects()
                yield
        finally:
            await disconnect()

    inner = Starlette(
        routes=routes(dependencies),
        middleware=[
            Middleware(CsrfMiddleware, settings=settings),
            Middleware(BodyLimitMiddleware),
            Middleware(PageLayers, layers=_page_layers(dependencies.pages)),
        ],
        exception_handlers={
            HTTPException: _http_error_handler(dependencies.pages),
            StorageUnavailable: _exception_response,
            Exception: _exception_response,
        },
        lifespan=lifespan,
    )
    # A redirect to the address without a slash would repeat the host that the sender has named.
    inner.router.redirect_slashes = False
    # Outside, so that pages of other origins can read that a fault or an outage was answered.
    return ResponseMiddleware(HostMiddleware(CorsMiddleware(inner, settings=settings)), settings=settings)


def _page_layers(pages: PageDependencies) -> Sequence[Middleware]:
    return (
        Middleware(PageCompression),
        Middleware(KnownDeviceMiddleware),
        Middleware(SiteMiddleware, port=pages.site),
        Middleware(FlashMiddleware),
    )


def routes(dependencies: Dependencies) -> list[BaseRoute]:
    """All routes; those of the pages come last, since they match every other path."""
    return [
        *_graphql_routes(dependencies),
        *_ops_routes(dependencies),
        *_dev_inbox_routes(dependencies),
        *file_routes(dependencies),
        *developer_routes(dependencies),
        *pages(dependencies.pages, dependencies.page_runner.page_changes),
    ]


def _graphql_routes(dependencies: Dependencies) -> Iterator[BaseRoute]:
    authenticator, in_development = dependencies.authenticator, dependencies.settings.in_development
    for name, path in SCHEMA_PATHS.items():
        runner = dependencies.runners[name]
        negotiated = GraphQLEndpoint(
            authenticator=authenticator, runner=runner, responders=NEGOTIATED, allows_introspection=in_development
        )
        stream = GraphQLEndpoint(authenticator=authenticator, runner=runner, responders=ALWAYS_STREAMED)
        yield Route(path, negotiated)
        yield Route(path + STREAM_SUFFIX, stream)
        yield WebSocketRoute(path, GraphQLWebSocket(authenticator, runner))


def _ops_routes(dependencies: Dependencies) -> list[BaseRoute]:
    async def live(_: Request) -> Response:
        return JSONResponse({"status": "live"})

    async def ready(_: Request) -> Response:
        is_ready, report = await dependencies.readiness.report()
        return JSONResponse(report, 200 if is_ready else 503)

    async def metrics(request: Request) -> Response:
        if may_read_metrics(dependencies.settings, request):
            await refresh_state_metrics()
        return metrics_response(dependencies.settings, request)

    return [Route("/health/live", live), Route("/health/ready", ready), Route("/metrics", metrics)]


def _dev_inbox_routes(dependencies: Dependencies) -> list[BaseRoute]:
    return dev_inbox.routes(dependencies.settings.var_dir / "inbox") if dependencies.settings.in_development else []


def _http_error_handler(dependencies: PageDependencies) -> Callable[[Request, Any], Awaitable[Response]]:
    """The handler for unknown paths and methods; it answers in the format of the path: page, JSON or text."""

    async def respond(request: Request, error: Any) -> Response:
        headers = dict(error.headers or {})
        if _is_page(request):
            page = await signed_in_error_page(dependencies, request, error.status_code, _language(request))
            return _with_headers(headers, page)
        if error.status_code not in ERROR_CODES:
            return PlainTextResponse(error.detail, error.status_code, headers)
        return error_response(request, error.status_code, *ERROR_CODES[error.status_code], headers=headers)

    return respond


async def _exception_response(request: Request, fault: Exception) -> Response:
    """One sentence; `ResponseMiddleware` logs the fault itself."""
    if is_outage(fault):
        headers = {"retry-after": str(RETRY_AFTER_SECONDS)}
        if _is_page(request):
            return _with_headers(headers, error_page(request, 503, _language(request)))
        return error_response(request, 503, "UNAVAILABLE", "unavailable", headers=headers)
    if _is_page(request):
        return error_page(request, 500, _language(request))
    return error_response(request, 500, "INTERNAL_ERROR", "fault", request_id=request.state.request_id)


def _is_page(request: Request) -> bool:
    return request.url.path not in GRAPHQL_PATHS and "text/html" in request.headers.get("accept", "")


def _language(request: Request) -> str:
    return preferred_language(request.headers.get("accept-language", ""))


def _with_headers(headers: Mapping[str, str], response: Response) -> Response:
    response.headers.update(headers)
    return response


@cache
def _application() -> ASGIApp:
    return create_application(load())


def __getattr__(name: str) -> Any:
    """Build `application` when a server imports it, so that importing this module needs no settings."""
    if name == "application":
        return _application()
    raise AttributeError(name)
