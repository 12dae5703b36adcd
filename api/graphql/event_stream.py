"""Operations as server-sent events, one connection each (GraphQL over SSE, distinct connections mode)."""

import json
from collections.abc import AsyncIterator
from typing import Any

from sse_starlette import EventSourceResponse, ServerSentEvent
from starlette.responses import Response

from api.auth.authentication import Principal
from api.graphql.cost_meter import CostMeter
from api.graphql.graphql_errors import masked_error, response_content
from api.graphql.graphql_request import GraphQLRequest
from api.graphql.operation_runner import OperationRunner

PING_SECONDS = 15
COMPLETE = ServerSentEvent(event="complete", data="")


async def event_stream(
    runner: OperationRunner, request: GraphQLRequest, principal: Principal, request_id: str
) -> Response:
    """A response that sends `next` for every result and `complete` at the end; its cost counts once, at the start."""
    meter = CostMeter(runner.budget, principal)
    meter(lambda: runner.cost(request))
    events = _events(runner, request, principal, request_id)
    return EventSourceResponse(events, ping=PING_SECONDS, sep="\n", headers=meter.headers())


async def _events(
    runner: OperationRunner, request: GraphQLRequest, principal: Principal, request_id: str
) -> AsyncIterator[ServerSentEvent]:
    try:
        async for result in runner.stream(request, principal, request_id):
            yield _next_event(response_content(result.data, result.errors))
    except Exception as fault:
        error = masked_error(fault, language=principal.actor.language, request_id=request_id)
        yield _next_event({"data": None, "errors": [error.formatted]})
    yield COMPLETE


def _next_event(content: dict[str, Any]) -> ServerSentEvent:
    return ServerSentEvent(event="next", data=json.dumps(content, separators=(",", ":")))
