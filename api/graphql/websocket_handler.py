"""Frames of graphql-transport-ws: malformed ones close the connection, refused operations get an error of their own."""

from collections.abc import Callable
from contextlib import aclosing
from typing import TYPE_CHECKING, Any

from graphql import GraphQLError
from starlette.websockets import WebSocket, WebSocketState
from strawberry.subscriptions.protocols.graphql_transport_ws.handlers import BaseGraphQLTransportWSHandler
from strawberry.subscriptions.protocols.graphql_transport_ws.types import SubscribeMessage

from api.auth.authentication import Principal
from api.auth.schema_access import authorize_operation
from api.error_responses import RequestRefused, request_language, translate_params
from api.graphql.cost_meter import CostMeter
from api.graphql.graphql_request import BadRequest, validate_request
from api.graphql.persisted_documents import names_document

if TYPE_CHECKING:
    from api.graphql.websocket import GraphQLWebSocket

CLOSE_SESSION_ENDED = 4401
CLOSE_FORBIDDEN = 4403
CLOSE_TOO_MANY_SOCKETS = 4429
MAX_SUBSCRIPTIONS = 50
MAX_REASON_BYTES = 123


class WebSocketConnection:
    """A socket and its principal."""

    def __init__(self, socket: WebSocket) -> None:
        self.socket = socket
        self.principal: Principal | None = None
        self.unwatch: Callable[[], None] = lambda: None
        self.leave: Callable[[], None] = lambda: None

    async def close(self) -> None:
        """End the socket, because the session or link behind it has ended."""
        if self.socket.application_state is WebSocketState.CONNECTED:
            await self.socket.close(CLOSE_SESSION_ENDED, "The session has ended")


class TransportWSHandler(BaseGraphQLTransportWSHandler[Any, None]):
    """Strawberry's handler, strict about frames; it authenticates the connection again before every operation."""

    view: "GraphQLWebSocket"
    connection: WebSocketConnection

    async def handle_message(self, message: Any) -> None:
        if not _is_well_formed(message):
            await self.handle_invalid_message("Malformed message")
        elif message["type"] == "subscribe" and not await self._is_authenticated():
            await self.connection.close()
        else:
            await super().handle_message(message)

    async def handle_subscribe(self, message: SubscribeMessage) -> None:
        """Answer with an error to an operation that the principal may not run; the connection stays open."""
        principal = self.connection.principal if self.connection_acknowledged else None
        if principal is not None:
            try:
                payload: Any = message["payload"]
                payload.update(await self.view.runner.documents.complete(payload))
                self._authorize(principal, message)
            except RequestRefused as refused:
                await self._refuse(message, refused, principal)
                return
        await super().handle_subscribe(message)

    def _authorize(self, principal: Principal, message: SubscribeMessage) -> None:
        if message["id"] not in self.operations and len(self.operations) >= MAX_SUBSCRIPTIONS:
            raise BadRequest(429, "TOO_MANY_SUBSCRIPTIONS", "too_many_subscriptions", limit=MAX_SUBSCRIPTIONS)
        request = validate_request({**message["payload"]})
        authorize_operation(principal, request)
        CostMeter(self.view.runner.budget, principal)(lambda: self.view.runner.cost(request))

    async def _refuse(self, message: SubscribeMessage, refused: RequestRefused, principal: Principal) -> None:
        text = translate_params(principal.actor.language, f"api.{refused.message_key}", refused.params)
        error = GraphQLError(text, extensions={"code": refused.code, "requestId": self.context.request_id})
        await self.send_message({"id": message["id"], "type": "error", "payload": [error.formatted]})

    async def handle_connection_init(self, message: Any) -> None:
        """Authenticate the connection, and give its operations the context of the principal.

        A connection that may not use the schema, or is one too many, is closed with the reason.
        """
        if not self.connection_init_received:
            self.connection = self.context
            if refused := await self.view.authenticate(self.connection, message.get("payload")):
                self.connection_init_received = True
                await self.websocket.close(CLOSE_FORBIDDEN, _close_reason(refused, self.connection))
                return
            if full := self.view.take_place(self.connection):
                self.connection_init_received = True
                await self.websocket.close(CLOSE_TOO_MANY_SOCKETS, _close_reason(full, self.connection))
                return
        await super().handle_connection_init(message)
        if self.connection_acknowledged and self.connection.principal:
            self.context = self.view.build_context(self.connection, self.connection.principal)
            self.view.watch_access(self.connection)

    async def shutdown(self) -> None:
        if self.connection_init_received:
            self.connection.unwatch()
            self.connection.leave()
        await super().shutdown()

    async def _is_authenticated(self) -> bool:
        return not self.connection_acknowledged or await self.view.is_authenticated(self.connection)

    async def _send_result_stream(self, operation: Any, result_source: Any) -> None:
        principal = self.connection.principal
        assert principal is not None
        request_id = self.context.request_id
        async with aclosing(self.view.runner.publish_results(result_source, principal, request_id)) as results:
            await super()._send_result_stream(operation, results)

    @staticmethod
    def _get_pre_execution_close_reason(error: GraphQLError) -> str | None:
        """Nothing: a wrong document is an error of its operation, and the connection stays open."""
        return None


def _close_reason(refused: RequestRefused, connection: WebSocketConnection) -> str:
    """The code and the sentence of a refusal, as long as a close frame allows."""
    language = request_language(connection.socket)
    text = translate_params(language, f"api.{refused.message_key}", refused.params)
    return f"{refused.code}: {text}".encode()[:MAX_REASON_BYTES].decode(errors="ignore")


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
        return isinstance(payload, dict) and (names_document(payload) or bool(validate_request(payload)))
    except BadRequest:
        return False
