"""Operations as server-sent events, one connection each (GraphQL over SSE, distinct connections mode)."""

import json
from collections.abc import AsyncIterator
from typing import Any, cast

from sse_starlette import EventSourceResponse, ServerSentEvent
from starlette.responses import Response
from strawberry.types import ExecutionResult

from api.asked import Asked
from api.executing import Executor
from api.faults import masked, presentable
from api.recognise import Seen
from api.sides import Side

PING_SECONDS = 15
COMPLETE = ServerSentEvent(event="complete", data="")


def event_stream(executor: Executor, side: Side, asked: Asked, seen: Seen, request_id: str) -> Response:
    """A response that sends `next` for every result and `complete` at the end."""
    events = _events(executor, side, asked, seen, request_id)
    return EventSourceResponse(events, ping=PING_SECONDS, sep="\n")


async def _events(
    executor: Executor, side: Side, asked: Asked, seen: Seen, request_id: str
) -> AsyncIterator[ServerSentEvent]:
    language = seen.actor.language
    try:
        results = await side.schema.stream(
            asked.query,
            variable_values=asked.variables,
            context_value=executor.context(side, seen, request_id),
            operation_name=asked.operation_name,
        )
        async for result in results:
            # A move may have given the session other eyes.
            executor.recogniser.look_again_at(seen.credential)
            yield _next(shown_result(cast(ExecutionResult, result), language=language, request_id=request_id))
    except Exception as fault:
        yield _next({"data": None, "errors": [masked(fault, language=language, request_id=request_id).formatted]})
    yield COMPLETE


def shown_result(result: ExecutionResult, *, language: str, request_id: str) -> dict[str, Any]:
    """One result as clients see it, its errors with codes and masked where nobody foresaw them."""
    errors = presentable(result.errors, language=language, request_id=request_id)
    if not errors:
        return {"data": result.data}
    return {"data": result.data, "errors": [error.formatted for error in errors]}


def _next(content: dict[str, Any]) -> ServerSentEvent:
    return ServerSentEvent(event="next", data=json.dumps(content, separators=(",", ":")))
