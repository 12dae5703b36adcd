"""The ASGI application: what is where, and what is open as long as it runs."""

import logging
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
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

from api import dev_inbox
from api.bodies import LimitedBodies
from api.endpoint import GraphQLEndpoint
from api.envelope import Envelope
from api.metrics import metrics
from api.origins import OwnOriginOnly
from api.outages import SECONDS_TO_WAIT, is_outage
from api.parts import Parts, parts_of, running
from api.refusals import GRAPHQL_PATHS, preferred_language, refuse
from api.sides import SideName
from api.sockets import GraphQLSocket
from domain.database.pools import connect, disconnect
from domain.kernel.gc import freeze_loaded_objects
from domain.kernel.structured_logging import configure_logging
from portal_views.application import error_page, refusal_page
from portal_views.application import routes as pages
from portal_views.desk import Desk
from settings import Settings, load

WORDS_OF = {404: ("NOT_FOUND", "not_found"), 405: ("METHOD_NOT_ALLOWED", "not_found")}


def create_application(settings: Settings) -> ASGIApp:
    """A new application; it connects when it is started and disconnects when it is stopped."""
    configure_logging(human_readable=settings.in_development)
    # Faults are logged once, by the endpoint that masks them, with the request's id.
    logging.getLogger("strawberry.execution").disabled = True
    return assemble(parts_of(settings))


def assemble(parts: Parts) -> ASGIApp:
    """The application made of these parts."""
    settings = parts.settings

    @asynccontextmanager
    async def lifespan(_: Starlette) -> AsyncIterator[None]:
        await connect(settings.database_url)
        try:
            async with running(parts):
                freeze_loaded_objects()
                yield
        finally:
            await disconnect()

    inner = Starlette(
        routes=routes(parts),
        middleware=[Middleware(OwnOriginOnly, settings=settings), Middleware(LimitedBodies)],
        exception_handlers={HTTPException: _refusing(_desk(parts)), Exception: _failed},
        lifespan=lifespan,
    )
    # A redirect to the address without a slash would repeat whatever host the sender has named.
    inner.router.redirect_slashes = False
    return Envelope(inner, settings=settings)


def routes(parts: Parts) -> list[BaseRoute]:
    """Everything there is; the pages come last and take what is left."""
    return [
        *_graphql(parts, "operations", ""),
        *_graphql(parts, "portal", "/portal"),
        *_watching(parts),
        *_inbox(parts),
        *pages(_desk(parts), parts.executor.follow),
    ]


def _graphql(parts: Parts, side: SideName, prefix: str) -> list[BaseRoute]:
    return [
        Route(f"{prefix}/graphql", GraphQLEndpoint(parts.executor, side)),
        Route(f"{prefix}/graphql/stream", GraphQLEndpoint(parts.executor, side, streams=True)),
        WebSocketRoute(f"{prefix}/graphql", GraphQLSocket(parts.executor, side)),
    ]


def _watching(parts: Parts) -> list[BaseRoute]:
    async def live(_: Request) -> Response:
        return JSONResponse({"status": "live"})

    async def ready(_: Request) -> Response:
        is_ready, report = await parts.readiness.report()
        return JSONResponse(report, 200 if is_ready else 503)

    async def measured(request: Request) -> Response:
        return metrics(parts.settings, request)

    return [Route("/health/live", live), Route("/health/ready", ready), Route("/metrics", measured)]


def _inbox(parts: Parts) -> list[BaseRoute]:
    return list(dev_inbox.routes) if parts.settings.in_development else []


def _desk(parts: Parts) -> Desk:
    return Desk(parts.executor.execute, parts.gate)


def _refusing(desk: Desk) -> Callable[[Request, Any], Awaitable[Response]]:
    """What is not there, or not there with this method, as the place it was asked at would say it."""

    async def refused(request: Request, error: Any) -> Response:
        headers = dict(error.headers or {})
        if _is_page(request):
            page = await refusal_page(desk, request, error.status_code, _language(request))
            return _with(headers, page)
        if error.status_code not in WORDS_OF:
            return PlainTextResponse(error.detail, error.status_code, headers)
        return refuse(request, error.status_code, *WORDS_OF[error.status_code], headers=headers)

    return refused


async def _failed(request: Request, fault: Exception) -> Response:
    """One sentence; the fault itself is logged further out."""
    if is_outage(fault):
        wait = {"retry-after": str(SECONDS_TO_WAIT)}
        if _is_page(request):
            return _with(wait, error_page(request, 503, _language(request)))
        return refuse(request, 503, "UNAVAILABLE", "unavailable", headers=wait)
    if _is_page(request):
        return error_page(request, 500, _language(request))
    return refuse(request, 500, "INTERNAL_ERROR", "fault", request_id=request.state.request_id)


def _is_page(request: Request) -> bool:
    return request.url.path not in GRAPHQL_PATHS and "text/html" in request.headers.get("accept", "")


def _language(request: Request) -> str:
    return preferred_language(request.headers.get("accept-language", ""))


def _with(headers: Mapping[str, str], response: Response) -> Response:
    response.headers.update(headers)
    return response


@cache
def _application() -> ASGIApp:
    return create_application(load())


def __getattr__(name: str) -> Any:
    """`application` is made when a server asks for it, so that importing this module needs no settings."""
    if name == "application":
        return _application()
    raise AttributeError(name)
