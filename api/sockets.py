"""Operations over a websocket (graphql-transport-ws): one sign-in a connection, many subscriptions."""

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

from api.asked import BadRequest, parse_json, shaped
from api.bodies import LARGEST_BODY
from api.executing import Executor
from api.faults import presentable
from api.origins import is_foreign, origin_of
from api.recognise import Credential, Seen, named, shown
from api.refusals import request_id
from api.sides import SideName
from schema.shared.context import Context

SESSION_ENDED = 4401
MOST_SUBSCRIPTIONS = 50
SECONDS_TO_SIGN_IN = 10


class Connection:
    """A socket, and who was recognised on it."""

    def __init__(self, socket: WebSocket) -> None:
        self.socket = socket
        self.connection_params: dict[str, Any] | None = None
        self.seen: Seen | None = None

    async def close(self) -> None:
        """End the socket, because the session or link behind it has ended."""
        if self.socket.application_state is WebSocketState.CONNECTED:
            await self.socket.close(SESSION_ENDED, "The session has ended")


class Handler(BaseGraphQLTransportWSHandler[Any, None]):
    """Strawberry's handler, strict about frames, and asking before every operation who is still there."""

    view: "GraphQLSocket"
    connection: Connection

    async def handle_message(self, message: Any) -> None:
        if not _is_well_formed(message):
            await self.handle_invalid_message("Malformed message")
        elif message["type"] == "subscribe" and not await self._is_still_there():
            await self.connection.close()
        else:
            await super().handle_message(message)

    async def handle_connection_init(self, message: Any) -> None:
        """Operations run in the context of whoever was recognised, which exists from here on."""
        if not self.connection_init_received:
            self.connection = self.context
        await super().handle_connection_init(message)
        if self.connection_acknowledged and self.connection.seen:
            self.context = self.view.context_of(self.connection, self.connection.seen)

    async def _is_still_there(self) -> bool:
        return not self.connection_acknowledged or await self.view.look_again(self.connection)

    async def _send_result_stream(self, operation: Any, result_source: Any) -> None:
        context: Context = self.context
        results = self.view.looking_again(self.connection, _presented(result_source, context))
        async with aclosing(results):
            await super()._send_result_stream(operation, results)


class GraphQLSocket(GraphQL[Connection, None]):
    """One side of the API at one path, for websockets."""

    graphql_transport_ws_handler_class = Handler

    def __init__(self, executor: Executor, side_name: SideName) -> None:
        self.executor, self.side_name = executor, side_name
        super().__init__(
            executor.sides[side_name].schema,
            graphql_ide=None,
            subscription_protocols=(GRAPHQL_TRANSPORT_WS_PROTOCOL,),
            connection_init_wait_timeout=timedelta(seconds=SECONDS_TO_SIGN_IN),
            max_subscriptions_per_connection=MOST_SUBSCRIPTIONS,
        )

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        socket = WebSocket(scope, receive, send)
        if is_foreign(socket.headers, origin_of(self.executor.settings.base_url)):
            await socket.close()
            return
        await self.run(socket)

    async def get_context(self, request: Any, response: Any) -> Connection:
        return Connection(request)

    async def on_ws_connect(self, context: Connection) -> Any:
        """Recognise whoever connects, by cookie or by what the first message carries."""
        credential = _credential(context)
        context.seen = await self.executor.recogniser.who_now(credential) if credential else None
        if self.executor.refusal(self._side, context.seen):
            raise ConnectionRejectionError
        return UNSET

    async def look_again(self, connection: Connection) -> bool:
        """Whether the session or link is still valid and sees what it saw."""
        if connection.seen is None:
            return False
        now = await self.executor.recogniser.who(connection.seen.credential)
        return not self.executor.has_other_eyes(self._side, connection.seen, now)

    async def looking_again(self, connection: Connection, results: AsyncGenerator[Any]) -> AsyncGenerator[Any]:
        """The same results; each may be that of a move that gives the session other eyes."""
        async with aclosing(results):
            async for result in results:
                if connection.seen:
                    self.executor.recogniser.look_again_at(connection.seen.credential)
                yield result

    def context_of(self, connection: Connection, seen: Seen) -> Context:
        """What resolvers know about this connection."""
        number = request_id(connection.socket)
        return self.executor.context(self._side, seen, number, on_end=connection.close)

    def decode_json(self, data: str | bytes) -> object:
        if not isinstance(data, str) or len(data) > LARGEST_BODY:
            raise json.JSONDecodeError("not a text frame of acceptable size", "", 0)
        try:
            return parse_json(data)
        except BadRequest as bad:
            raise json.JSONDecodeError("malformed", "", 0) from bad

    @property
    def _side(self) -> Any:
        return self.executor.sides[self.side_name]


def _credential(connection: Connection) -> Credential | None:
    authorization = (connection.connection_params or {}).get("authorization")
    if authorization is not None:
        return named(authorization) if isinstance(authorization, str) else None
    return shown(connection.socket.headers)


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
        return isinstance(payload, dict) and bool(shaped(payload))
    except BadRequest:
        return False


async def _presented(results: Any, context: Context) -> AsyncGenerator[Any, None]:
    """The same results, their errors with codes and masked where nobody foresaw them."""
    try:
        async for result in results:
            result.errors = presentable(result.errors, language=context.language, request_id=context.request_id)
            yield result
    finally:
        await results.aclose()
