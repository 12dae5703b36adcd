"""Operations over a websocket (graphql-transport-ws): one principal per connection, many subscriptions."""

import asyncio
import json
from collections import Counter
from datetime import timedelta
from typing import Any
from uuid import UUID

from starlette.types import Receive, Scope, Send
from starlette.websockets import WebSocket
from strawberry.asgi import GraphQL
from strawberry.subscriptions import GRAPHQL_TRANSPORT_WS_PROTOCOL

from api.auth.authentication import Authenticator, Credential, Principal, parse_authorization, request_credential
from api.auth.schema_access import AccessRefused, access_refusal, principal_changed
from api.error_responses import RequestRefused, named_language, request_id
from api.graphql.graphql_request import BadRequest, parse_json
from api.graphql.operation_runner import OperationRunner
from api.graphql.websocket_handler import MAX_SUBSCRIPTIONS, TransportWSHandler, WebSocketConnection
from api.middleware.body_limit import MAX_BODY_BYTES
from api.middleware.cors import without_cookies
from api.middleware.csrf import is_cross_origin, origin_of
from schema.shared.context import Context

INIT_TIMEOUT_SECONDS = 10


class GraphQLWebSocket(GraphQL[WebSocketConnection, None]):
    """One api schema at one path, for websockets."""

    graphql_transport_ws_handler_class = TransportWSHandler

    def __init__(self, authenticator: Authenticator, runner: OperationRunner) -> None:
        self.authenticator, self.runner = authenticator, runner
        self._checks: set[asyncio.Task[None]] = set()
        self._places: Counter[UUID | str] = Counter()
        super().__init__(
            runner.api_schema.schema,
            graphql_ide=None,
            subscription_protocols=(GRAPHQL_TRANSPORT_WS_PROTOCOL,),
            connection_init_wait_timeout=timedelta(seconds=INIT_TIMEOUT_SECONDS),
            max_subscriptions_per_connection=MAX_SUBSCRIPTIONS,
        )

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        socket = WebSocket(scope, receive, send)
        if is_cross_origin(socket.headers, origin_of(self.runner.settings.base_url)):
            if not self.runner.settings.allows_origin(socket.headers.get("origin", "")):
                await socket.close(reason="Foreign origin")
                return
            socket = WebSocket(without_cookies(scope), receive, send)
        await self.run(socket)

    async def get_context(self, request: Any, response: Any) -> WebSocketConnection:
        return WebSocketConnection(request)

    def is_websocket_origin_allowed(self, request: Any, origin: str) -> bool:
        """Allow every origin that has come this far, because it was checked before the handshake."""
        return True

    async def authenticate(self, connection: WebSocketConnection, params: object) -> AccessRefused | None:
        """Authenticate by the authorization in the first message, else by the handshake; why it may not enter."""
        credential = _credential(connection, params if isinstance(params, dict) else {})
        principal = await self.authenticator.authenticate_uncached(credential) if credential else None
        named = named_language(connection.socket.headers.get("accept-language", ""))
        connection.principal = principal and principal.answered_in(named)
        return access_refusal(self.runner.api_schema, connection.principal)

    def take_place(self, connection: WebSocketConnection) -> RequestRefused | None:
        """Count the socket for its account or link until it ends; the reason why it is one too many, else None."""
        limit, principal = self.runner.settings.sockets_per_account, connection.principal
        assert principal is not None
        holder = principal.account.account_id if principal.account else principal.credential.secret
        if self._places[holder] >= limit:
            return RequestRefused(429, "TOO_MANY_SOCKETS", "too_many_sockets", limit=limit)
        self._places[holder] += 1

        def leave() -> None:
            self._places -= Counter({holder: 1})

        connection.leave = leave
        return None

    async def is_authenticated(self, connection: WebSocketConnection) -> bool:
        """Whether the session or link is still valid and has the same scope."""
        if connection.principal is None:
            return False
        now = await self.authenticator.authenticate(connection.principal.credential)
        return not principal_changed(self.runner.api_schema, connection.principal, now)

    def watch_access(self, connection: WebSocketConnection) -> None:
        """Close the connection as soon as its account loses its access, even while nothing is asked for."""

        def check() -> None:
            task = asyncio.create_task(self._close_without_access(connection))
            self._checks.add(task)
            task.add_done_callback(self._checks.discard)

        account = connection.principal.account if connection.principal else None
        connection.unwatch = self.runner.change_feed.watch_account(account.account_id if account else None, check)

    async def _close_without_access(self, connection: WebSocketConnection) -> None:
        principal = connection.principal
        if principal is None:
            return
        now = await self.authenticator.authenticate_uncached(principal.credential)
        if principal_changed(self.runner.api_schema, principal, now):
            await connection.close()

    def build_context(self, connection: WebSocketConnection, principal: Principal) -> Context:
        """What resolvers know about this connection."""
        return self.runner.build_context(principal, request_id(connection.socket), on_end=connection.close)

    def decode_json(self, data: str | bytes) -> object:
        if not isinstance(data, str) or len(data) > MAX_BODY_BYTES:
            raise json.JSONDecodeError("not a text frame of acceptable size", "", 0)
        try:
            return parse_json(data)
        except BadRequest as bad:
            raise json.JSONDecodeError("malformed", "", 0) from bad


def _credential(connection: WebSocketConnection, params: dict[str, Any]) -> Credential | None:
    """The credential of a connection; clients write the key of the authorization in any case."""
    authorization = next((value for key, value in params.items() if key.lower() == "authorization"), None)
    if authorization is not None:
        return parse_authorization(authorization) if isinstance(authorization, str) else None
    return request_credential(connection.socket.headers)
