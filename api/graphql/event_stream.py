"""Operations as server-sent events, one connection each (GraphQL over SSE, distinct connections mode)."""

import json
from collections.abc import AsyncIterator
from typing import cast

from sse_starlette import EventSourceResponse, ServerSentEvent
from starlette.responses import Response
from strawberry.types import ExecutionResult

from api.auth.authentication import Principal
from api.graphql.api_schema import ApiSchema
from api.graphql.graphql_errors import masked_error, public_errors, public_result
from api.graphql.graphql_request import GraphQLRequest
from api.graphql.operation_runner import OperationRunner

PING_SECONDS = 15
COMPLETE = ServerSentEvent(event="complete", data="")


def event_stream(
    runner: OperationRunner, api_schema: ApiSchema, request: GraphQLRequest, principal: Principal, request_id: str
) -> Response:
    """Return a response that sends `next` for every result and `complete` at the end."""
    events = _events(runner, api_schema, request, principal, request_id)
    return EventSourceResponse(events, ping=PING_SECONDS, sep="\n")


async def _events(
    runner: OperationRunner, api_schema: ApiSchema, request: GraphQLRequest, principal: Principal, request_id: str
) -> AsyncIterator[ServerSentEvent]:
    language = principal.actor.language
    try:
        results = await api_schema.schema.stream(
            request.query,
            variable_values=request.variables,
            context_value=runner.build_context(api_schema, principal, request_id),
            operation_name=request.operation_name,
        )
        async for result in results:
            # A move may have started or ended an impersonation.
            runner.authenticator.evict(principal.credential)
            errors = public_errors(cast(ExecutionResult, result).errors, language=language, request_id=request_id)
            yield _next_event(public_result(cast(ExecutionResult, result).data, errors))
    except Exception as fault:
        error = masked_error(fault, language=language, request_id=request_id)
        yield _next_event(public_result(None, [error]))
    yield COMPLETE


def _next_event(content: dict[str, object]) -> ServerSentEvent:
    return ServerSentEvent(event="next", data=json.dumps(content, separators=(",", ":")))
