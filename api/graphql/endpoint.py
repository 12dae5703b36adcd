"""The GraphQL endpoints over HTTP: negotiate, authenticate, authorize, parse, run, respond."""

import json
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from typing import Any

from starlette.requests import HTTPConnection
from starlette.responses import Response
from starlette.types import Receive, Scope, Send

from api.auth.authentication import Authenticator, Principal, request_credential
from api.auth.schema_access import authorize, authorize_operation, unauthenticated
from api.error_responses import LANGUAGE_KEY, RequestRefused, named_language, refusal_response, request_id
from api.graphql.content_negotiation import MediaType, negotiate
from api.graphql.event_stream import event_stream
from api.graphql.graphql_errors import response_content, response_status
from api.graphql.graphql_request import BadRequest, GraphQLRequest, read_request
from api.graphql.operation_runner import OperationRunner
from api.graphql.query_string import parse_query_string, require_preflight
from api.graphql.responses import graphql_response, json_response, result_response
from api.request_values import header
from domain.kernel.actors import Actor, ActorKind, Role

ANONYMOUS_ACTOR = Actor(kind=ActorKind.LINK, role=Role.CUSTOMER)
METHODS = ("GET", "POST")
Responder = Callable[[OperationRunner, GraphQLRequest, Principal, str], Awaitable[Response]]
NEGOTIATED: Mapping[MediaType, Responder] = {
    MediaType.GRAPHQL_RESPONSE: graphql_response,
    MediaType.JSON: json_response,
    MediaType.EVENT_STREAM: event_stream,
}
ALWAYS_STREAMED: Mapping[MediaType, Responder] = dict.fromkeys(MediaType, event_stream)


@dataclass(frozen=True, kw_only=True, eq=False)
class GraphQLEndpoint:
    """One api schema at one path; the accepted media type chooses among `responders`.

    Access is checked before the body is read, so that only principals cause parsing. With `allows_introspection`,
    requests without a credential may query the schema itself.
    """

    authenticator: Authenticator
    runner: OperationRunner
    responders: Mapping[MediaType, Responder]
    allows_introspection: bool = False

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        connection = HTTPConnection(scope)
        try:
            response = await self._respond(connection, receive)
        except RequestRefused as refused:
            response = refusal_response(connection, refused)
        await response(scope, receive, send)

    async def _respond(self, connection: HTTPConnection, receive: Receive) -> Response:
        if connection.scope["method"] not in METHODS:
            raise BadRequest(405, "METHOD_NOT_ALLOWED", "get_or_post", headers={"allow": ", ".join(METHODS)})
        media_type = _media_type(connection)
        principal = await self.authenticator.authenticate(request_credential(connection.headers))
        if principal is None and self.allows_introspection:
            return await self._introspect(await self._read(connection, receive, None), media_type)
        principal = authorize(self.runner.api_schema, principal)
        principal = principal.answered_in(named_language(header(connection.scope, b"accept-language") or ""))
        connection.scope["state"] = {**connection.scope.get("state", {}), LANGUAGE_KEY: principal.actor.language}
        request = await self._read(connection, receive, principal)
        authorize_operation(principal, request)
        return await self.responders[media_type](self.runner, request, principal, request_id(connection))

    async def _read(self, connection: HTTPConnection, receive: Receive, principal: Principal | None) -> GraphQLRequest:
        complete = self.runner.documents.complete if principal else _unchanged
        if connection.scope["method"] == "POST":
            return await read_request(connection.headers, receive, complete)
        if principal is not None and principal.credential.kind == "session":
            require_preflight(connection.headers)
        return await parse_query_string(connection.scope["query_string"], complete)

    async def _introspect(self, request: GraphQLRequest, media_type: MediaType) -> Response:
        """Answer a query of the schema itself. Raises `AccessRefused` for any other request."""
        if not request.is_introspection or media_type is MediaType.EVENT_STREAM:
            raise unauthenticated()
        result = await self.runner.api_schema.schema.execute(
            request.query, variable_values=request.variables, context_value=_AnonymousContext()
        )
        status = response_status(result.data, result.errors)
        return result_response(media_type, status, json.dumps(response_content(result.data, result.errors)).encode())


@dataclass(frozen=True)
class _AnonymousContext:
    actor: Actor = ANONYMOUS_ACTOR


def _media_type(connection: HTTPConnection) -> MediaType:
    media_type = negotiate(header(connection.scope, b"accept"))
    if media_type is None:
        raise BadRequest(406, "NOT_ACCEPTABLE", "not_acceptable", types=", ".join(MediaType))
    return media_type


async def _unchanged(content: Mapping[str, Any]) -> Mapping[str, Any]:
    """Documents are named by known senders only."""
    return content
