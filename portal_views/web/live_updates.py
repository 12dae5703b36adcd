"""Live updates: server-sent events announce a change to open pages, which then load themselves again."""

import json
from collections.abc import AsyncGenerator, AsyncIterator, Callable
from contextlib import aclosing
from typing import Any

from sse_starlette import EventSourceResponse, ServerSentEvent
from starlette.requests import Request

from portal_views.web.page_context import Endpoint, PageDependencies
from portal_views.web.ports.auth import Visitor

PING_SECONDS = 15
ENDED = "ended"

ChangeStream = Callable[[Any], AsyncGenerator[str]]


def live_updates(dependencies: PageDependencies, subscribe_changes: ChangeStream) -> Endpoint:
    """Send `changed` with its kind at every change that the visitor can see, and `ended` once the session is over.

    `subscribe_changes` yields the kinds of changes for an opaque principal, `ended` among them. Visitors other than
    signed-in customers get `ended` at once, after which the page does not connect again.
    """

    async def endpoint(request: Request) -> EventSourceResponse:
        visitor = await dependencies.auth.visitor(request)
        return EventSourceResponse(_events(visitor, subscribe_changes), ping=PING_SECONDS, sep="\n")

    return endpoint


async def _events(visitor: Visitor | None, subscribe_changes: ChangeStream) -> AsyncIterator[ServerSentEvent]:
    if visitor is None or visitor.must_act_first or visitor.role != "CUSTOMER":
        yield _server_sent_event(ENDED)
        return
    async with aclosing(subscribe_changes(visitor.principal)) as kinds:
        async for kind in kinds:
            yield _server_sent_event(kind)


def _server_sent_event(kind: str) -> ServerSentEvent:
    return ServerSentEvent(event=ENDED if kind == ENDED else "changed", data=json.dumps({"kind": kind}))
