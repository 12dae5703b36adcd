"""Operations over a websocket (graphql-transport-ws): one principal a connection, many subscriptions."""

import json
from collections.abc import AsyncGenerator
from contextlib import aclosing
from datetime import timedelta
from typing import Any

from starlette.types import Receive, Scope, Send
from starlette.websockets import WebSocket, WebSocketState
from strawberry.asgi import GraphQL
from strawberry.exceptions import ConnectionRejectionError
from strawberry.subscriptions import GRAPHQL_TRANSPORT_WS_PROTOCOL
from strawberry.subscriptions.protocols.graphql_transport_ws.handlers import BaseGraphQLTransportWSHandler
from strawberry.types.unset import UNSET

from api.auth.authentication import Credential, Principal, parse_authorization, request_credential
from api.error_responses import request_id
from api.graphql.api_schema import SchemaName
from api.graphql.graphql_errors import public_errors
from api.graphql.graphql_request import BadRequest, parse_json, validate_request
from api.graphql.operation_runner import OperationRunner
from api.middleware.body_limit import MAX_BODY_BYTES
from api.middleware.csrf import is_cross_origin, origin_of
from schema.shared.context import Context

CLOSE_SESSION_ENDED = 4401
MAX_SUBSCRIPTIONS = 50
INIT_TIMEOUT_SECONDS = 10


class WebSocketConnection:
    """A socket and its principal."""

    def __init__(self, socket: WebSocket) -> None:
        self.socket = socket
        self.connection_params: dict[str, Any] | None = None
        self.principal: Principal | None = None

    async def close(self) -> None:
        """End the socket, because the session or link behind it has ended."""
        if self.socket.application_state is WebSocketState.CONNECTED:
            await self.socket.close(CLOSE_SESSION_ENDED, "The session has ended")


class TransportWSHandler(BaseGraphQLTransportWSHandler[Any, None]):
    """Strawberry's handler, strict about frames, which authenticates again before every operation."""

    view: "GraphQLWebSocket"
    connection: WebSocketConnection

    async def handle_message(self, message: Any) -> None:
        if not _is_well_formed(message):
            await self.handle_invalid_message("Malformed message")
        elif message["type"] == "subscribe" and not await self._is_authenticated():
            await self.connection.close()
        else:
            await super().handle_message(message)

    async def handle_connection_init(self, message: Any) -> None:
        """Set the context of the connection's principal, in which its operations run."""
        if not self.connection_init_received:
            self.connection = self.context
        await super().handle_connection_init(message)
        if self.connection_acknowledged and self.connection.principal:
            self.context = self.view.build_context(self.connection, self.connection.principal)

    async def _is_authenticated(self) -> bool:
        return not self.connection_acknowledged or await self.view.is_authenticated(self.connection)

    async def _send_result_stream(self, operation: Any, result_source: Any) -> None:
        context: Context = self.context
        results = self.view.evict_after_each(self.connection, _public_results(result_source, context))
        async with aclosing(results):
            await super()._send_result_stream(operation, results)


class GraphQLWebSocket(GraphQL[WebSocketConnection, None]):
    """One API schema at one path, for websockets."""

    graphql_transport_ws_handler_class = TransportWSHandler

    def __init__(self, runner: OperationRunner, schema_name: SchemaName) -> None:
        self.runner, self.schema_name = runner, schema_name
        super().__init__(
            runner.schemas[schema_name].schema,
            graphql_ide=None,
            subscription_protocols=(GRAPHQL_TRANSPORT_WS_PROTOCOL,),
            connection_init_wait_timeout=timedelta(seconds=INIT_TIMEOUT_SECONDS),
            max_subscriptions_per_connection=MAX_SUBSCRIPTIONS,
        )

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        socket = WebSocket(scope, receive, send)
        if is_cross_origin(socket.headers, origin_of(self.runner.settings.base_url)):
            await socket.close()
            return
        await self.run(socket)

    async def get_context(self, request: Any, response: Any) -> WebSocketConnection:
        return WebSocketConnection(request)

    async def on_ws_connect(self, context: WebSocketConnection) -> Any:
        """Authenticate the connection by its cookie or by the parameters of its first message."""
        credential = _credential(context)
        context.principal = await self.runner.authenticator.authenticate_uncached(credential) if credential else None
        if self.runner.access_refusal(self._api_schema, context.principal):
            raise ConnectionRejectionError
        return UNSET

    async def is_authenticated(self, connection: WebSocketConnection) -> bool:
        """Return whether the session or link is still valid and has the same scope."""
        if connection.principal is None:
            return False
        now = await self.runner.authenticator.authenticate(connection.principal.credential)
        return not self.runner.principal_changed(self._api_schema, connection.principal, now)

    async def evict_after_each(
        self, connection: WebSocketConnection, results: AsyncGenerator[Any]
    ) -> AsyncGenerator[Any]:
        """Yield the same results; evict the principal after each, because a move may change its impersonation."""
        async with aclosing(results):
            async for result in results:
                if connection.principal:
                    self.runner.authenticator.evict(connection.principal.credential)
                yield result

    def build_context(self, connection: WebSocketConnection, principal: Principal) -> Context:
        """Return the context of resolvers on this connection."""
        number = request_id(connection.socket)
        return self.runner.build_context(self._api_schema, principal, number, on_end=connection.close)

    def decode_json(self, data: str | bytes) -> object:
        if not isinstance(data, str) or len(data) > MAX_BODY_BYTES:
            raise json.JSONDecodeError("not a text frame of acceptable size", "", 0)
        try:
            return parse_json(data)
        except BadRequest as bad:
            raise json.JSONDecodeError("malformed", "", 0) from bad

    @property
    def _api_schema(self) -> Any:
        return self.runner.schemas[self.schema_name]


def _credential(connection: WebSocketConnection) -> Credential | None:
    authorization = (connection.connection_params or {}).get("authorization")
    if authorization is not None:
        return parse_authorization(authorization) if isinstance(authorization, str) else None
    return request_credential(connection.socket.headers)


def _is_well_formed(message: Any) -> bool:
    if not isinstance(message, dict) or not isinstance(message.get("type"), str):
        return False
    if message["type"] not in ("subscribe", "complete"):
        return True
    if not isinstance(message.get("id"), str) or not message["id"]:
        return False
    return message["type"] == "complete" or _is_operation(message.get("payload"))


def _is_operation(payload: Any) -> bool:
    try:
        return isinstance(payload, dict) and bool(validate_request(payload))
    except BadRequest:
        return False


async def _public_results(results: Any, context: Context) -> AsyncGenerator[Any, None]:
    """Yield the same results, whose errors have codes and unexpected faults are masked."""
    try:
        async for result in results:
            result.errors = public_errors(result.errors, language=context.language, request_id=context.request_id)
            yield result
    finally:
        await results.aclose()
