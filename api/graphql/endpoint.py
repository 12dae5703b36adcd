"""The GraphQL endpoints over HTTP: one POST, one operation, one JSON answer or a stream of events."""

from dataclasses import dataclass
from typing import Any

from starlette.datastructures import Headers
from starlette.requests import HTTPConnection
from starlette.responses import Response
from starlette.types import Receive, Scope, Send

from api.auth.authentication import Principal, request_credential
from api.error_responses import error_response, json_response, request_id
from api.graphql.api_schema import SchemaName
from api.graphql.event_stream import event_stream
from api.graphql.graphql_request import BadRequest, GraphQLRequest, read_request
from api.graphql.operation_runner import OperationRunner, is_introspection
from domain.kernel.actors import Actor, ActorKind, Role

HTTP_STATUS = {"UNAUTHENTICATED": 401, "PASSWORD_CHANGE_REQUIRED": 403, "VIEWING_AS_CUSTOMER": 403}
ANONYMOUS_ACTOR = Actor(kind=ActorKind.LINK, role=Role.CUSTOMER)


@dataclass(frozen=True, eq=False)
class GraphQLEndpoint:
    """One side of the API at one path; with `streams` its answers are server-sent events."""

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
        headers: Headers = connection.headers
        side = self.runner.schemas[self.schema_name]
        seen = await self.runner.authenticator.authenticate(request_credential(headers))
        refused = self.runner.access_refusal(side, seen)
        if refused and not self._allows_introspection(seen):
            return error_response(connection, HTTP_STATUS[refused[0]], *refused)
        asked = await read_request(headers, receive)
        if refused or seen is None:
            return await self._introspect(connection, asked)
        if self.streams:
            return event_stream(self.runner, side, asked, seen, request_id(connection))
        status, body = await self.runner.run(side, asked, seen, request_id(connection))
        return Response(body, status, media_type="application/json")

    def _allows_introspection(self, principal: Principal | None) -> bool:
        return principal is None and not self.streams and self.runner.settings.in_development

    async def _introspect(self, connection: HTTPConnection, request: GraphQLRequest) -> Response:
        """In development anybody may ask what the API can do, and nothing else."""
        if not is_introspection(request.query):
            return error_response(connection, 401, "UNAUTHENTICATED", "unauthenticated")
        schema = self.runner.schemas[self.schema_name].schema
        result = await schema.execute(
            request.query, variable_values=request.variables, context_value=_AnonymousContext()
        )
        errors: list[Any] = [error.formatted for error in result.errors or ()]
        return json_response({"data": result.data} | ({"errors": errors} if errors else {}))


@dataclass(frozen=True)
class _AnonymousContext:
    actor: Actor = ANONYMOUS_ACTOR
