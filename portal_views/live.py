"""Tells open pages that something changed, so that they can show it; what changed is read by the page itself."""

import json
from collections.abc import AsyncGenerator, AsyncIterator, Callable
from contextlib import aclosing
from typing import Any

from sse_starlette import EventSourceResponse, ServerSentEvent
from starlette.requests import Request

from portal_views.desk import Desk, Endpoint
from portal_views.gate import Visitor

PING_SECONDS = 15
ENDED = "ended"

Follow = Callable[[Any], AsyncGenerator[str]]


def live(desk: Desk, follow: Follow) -> Endpoint:
    """`changed` with its kind whenever something changed for this visitor, and `ended` once the session has.

    `follow` gives the kinds of changes for an opaque actor, `ended` among them. Whoever is not a customer signed in
    is told at once that it has ended, and asks no more.
    """

    async def endpoint(request: Request) -> EventSourceResponse:
        visitor = await desk.gate.visitor(request)
        return EventSourceResponse(_told(visitor, follow), ping=PING_SECONDS, sep="\n")

    return endpoint


async def _told(visitor: Visitor | None, follow: Follow) -> AsyncIterator[ServerSentEvent]:
    if visitor is None or visitor.must_change_password or visitor.role != "CUSTOMER":
        yield _event(ENDED)
        return
    async with aclosing(follow(visitor.actor)) as kinds:
        async for kind in kinds:
            yield _event(kind)


def _event(kind: str) -> ServerSentEvent:
    return ServerSentEvent(event=ENDED if kind == ENDED else "changed", data=json.dumps({"kind": kind}))
