"""GraphQL endpoints over HTTP: one POST, one operation, one JSON response or an event stream."""

from dataclasses import dataclass

from starlette.requests import HTTPConnection
from starlette.responses import Response
from starlette.types import Receive, Scope, Send

from api.auth.authentication import Principal
from api.error_responses import error_response, json_response, request_id
from api.graphql.api_schema import ApiSchema, SchemaName
from api.graphql.event_stream import event_stream
from api.graphql.graphql_errors import public_result
from api.graphql.graphql_request import BadRequest, GraphQLRequest, read_request
from api.graphql.operation_runner import OperationRunner
from domain.kernel.actors import Actor, ActorKind, Role

HTTP_STATUS = {"UNAUTHENTICATED": 401, "PASSWORD_CHANGE_REQUIRED": 403, "VIEWING_AS_CUSTOMER": 403}
ANONYMOUS_ACTOR = Actor(kind=ActorKind.LINK, role=Role.CUSTOMER)


@dataclass(frozen=True, eq=False)
class GraphQLEndpoint:
    """One API schema at one path; with `streams` its responses are server-sent events."""

    runner: OperationRunner
    schema_name: SchemaName
    streams: bool = False

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        connection = HTTPConnection(scope)
        try:
            response = await self._respond(connection, receive)
        except BadRequest as bad:
            headers = {"allow": "POST"} if bad.status == 405 else None
            response = error_response(connection, bad.status, bad.code, bad.message_key, headers=headers, **bad.params)
        await response(scope, receive, send)

    async def _respond(self, connection: HTTPConnection, receive: Receive) -> Response:
        if connection.scope["method"] != "POST":
            raise BadRequest(405, "METHOD_NOT_ALLOWED", "only_post")
        api_schema, number = self.runner.schemas[self.schema_name], request_id(connection)
        principal, refusal = await self.runner.authenticate(api_schema, connection.headers)
        if refusal and not self._allows_introspection(principal):
            return error_response(connection, HTTP_STATUS[refusal[0]], *refusal)
        request = await read_request(connection.headers, receive)
        if principal is None:
            return await _introspect(api_schema, connection, request)
        if self.streams:
            return event_stream(self.runner, api_schema, request, principal, number)
        status, body = await self.runner.run(api_schema, request, principal, number)
        return Response(body, status, media_type="application/json")

    def _allows_introspection(self, principal: Principal | None) -> bool:
        return principal is None and not self.streams and self.runner.settings.in_development


async def _introspect(api_schema: ApiSchema, connection: HTTPConnection, request: GraphQLRequest) -> Response:
    """Run an introspection query without a principal, in development only; refuse any other operation."""
    if not request.is_introspection:
        return error_response(connection, 401, "UNAUTHENTICATED", "unauthenticated")
    result = await api_schema.schema.execute(
        request.query, variable_values=request.variables, context_value=_AnonymousContext()
    )
    return json_response(public_result(result.data, result.errors or ()))


@dataclass(frozen=True)
class _AnonymousContext:
    actor: Actor = ANONYMOUS_ACTOR
