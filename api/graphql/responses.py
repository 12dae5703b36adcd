"""The response to a query or mutation in either JSON media type."""

from starlette.responses import Response

from api.auth.authentication import Principal
from api.graphql.content_negotiation import MediaType
from api.graphql.cost_meter import CostMeter
from api.graphql.graphql_request import GraphQLRequest
from api.graphql.operation_runner import OperationRunner
from domain.database.outages import RETRY_AFTER_SECONDS


async def graphql_response(
    runner: OperationRunner, request: GraphQLRequest, principal: Principal, request_id: str
) -> Response:
    """A response whose status tells how the operation went. Raises `BadRequest`."""
    return await _metered_response(MediaType.GRAPHQL_RESPONSE, runner, request, principal, request_id)


async def json_response(
    runner: OperationRunner, request: GraphQLRequest, principal: Principal, request_id: str
) -> Response:
    """A response in plain JSON. Raises `BadRequest`."""
    return await _metered_response(MediaType.JSON, runner, request, principal, request_id)


async def _metered_response(
    media_type: MediaType, runner: OperationRunner, request: GraphQLRequest, principal: Principal, request_id: str
) -> Response:
    meter = CostMeter(runner.budget, principal)
    status, body = await runner.run(request, principal, request_id, meter)
    return result_response(media_type, status, meter.added_to(body), headers=meter.headers())


def result_response(
    media_type: MediaType, status: int, body: bytes, *, headers: dict[str, str] | None = None
) -> Response:
    """The response to a request that could be read; in plain JSON its status is 200 unless the fault is ours."""
    if not media_type.has_status_codes and status < 500:
        status = 200
    if status == 503:
        headers = {**(headers or {}), "retry-after": str(RETRY_AFTER_SECONDS)}
    return Response(body, status, headers=headers, media_type=media_type)
