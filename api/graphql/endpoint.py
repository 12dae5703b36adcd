"""The GraphQL endpoints over HTTP: authenticate, authorize, parse, run, respond."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from starlette.requests import HTTPConnection
from starlette.responses import Response
from starlette.types import Receive, Scope, Send

from api.auth.authentication import Authenticator, Principal, request_credential
from api.auth.schema_access import authorize, unauthenticated
from api.error_responses import RequestRefused, json_response, refusal_response, request_id
from api.graphql.graphql_errors import response_content
from api.graphql.graphql_request import BadRequest, GraphQLRequest, read_request
from api.graphql.operation_runner import OperationRunner
from domain.kernel.actors import Actor, ActorKind, Role

ANONYMOUS_ACTOR = Actor(kind=ActorKind.LINK, role=Role.CUSTOMER)
Responder = Callable[[OperationRunner, GraphQLRequest, Principal, str], Awaitable[Response]]


async def single_response(
    runner: OperationRunner, request: GraphQLRequest, principal: Principal, request_id: str
) -> Response:
    """One JSON answer. Raises `BadRequest`."""
    status, body = await runner.run(request, principal, request_id)
    return Response(body, status, media_type="application/json")


@dataclass(frozen=True, kw_only=True, eq=False)
class GraphQLEndpoint:
    """One api schema at one path; `respond` decides between a JSON answer and server-sent events.

    Access is checked before the body is read, so that only principals cause parsing. With `allows_introspection`,
    requests without a credential may query the schema itself.
    """

    authenticator: Authenticator
    runner: OperationRunner
    respond: Responder = single_response
    allows_introspection: bool = False

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        connection = HTTPConnection(scope)
        try:
            response = await self._respond(connection, receive)
        except RequestRefused as refused:
            response = refusal_response(connection, refused)
        await response(scope, receive, send)

    async def _respond(self, connection: HTTPConnection, receive: Receive) -> Response:
        if connection.scope["method"] != "POST":
            raise BadRequest(405, "METHOD_NOT_ALLOWED", "only_post", headers={"allow": "POST"})
        headers = connection.headers
        principal = await self.authenticator.authenticate(request_credential(headers))
        if principal is None and self.allows_introspection:
            return await self._introspect(await read_request(headers, receive))
        principal = authorize(self.runner.api_schema, principal)
        request = await read_request(headers, receive)
        return await self.respond(self.runner, request, principal, request_id(connection))

    async def _introspect(self, request: GraphQLRequest) -> Response:
        """Answer a query of the schema itself. Raises `AccessRefused` for any other request."""
        if not request.is_introspection:
            raise unauthenticated()
        result = await self.runner.api_schema.schema.execute(
            request.query, variable_values=request.variables, context_value=_AnonymousContext()
        )
        return json_response(response_content(result.data, result.errors))


@dataclass(frozen=True)
class _AnonymousContext:
    actor: Actor = ANONYMOUS_ACTOR
