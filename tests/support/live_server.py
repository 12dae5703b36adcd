"""The application behind a real server on a free port, and a websocket client for it."""

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import uvicorn
from starlette.types import ASGIApp
from websockets.asyncio.client import ClientConnection, connect
from websockets.typing import Subprotocol

from api.application import build_application
from api.auth.authentication import SESSION_COOKIE
from api.dependencies import Dependencies
from api.live.change_feed import ChangeFeed
from api.server.http_protocol import Protocols, limited_protocols
from tests.support.polling import PATIENCE_SECONDS


class Server:
    """The application at its address."""

    def __init__(self, address: str, dependencies: Dependencies) -> None:
        self.address, self.dependencies = address, dependencies


@asynccontextmanager
async def serving(dependencies: Dependencies, *, port: int = 0) -> AsyncIterator[str]:
    """Serve the application made of these dependencies until the block ends, on a free port unless one is named."""
    protocols = limited_protocols(dependencies.settings)
    async with served(build_application(dependencies), port=port, protocols=protocols) as address:
        yield address


@asynccontextmanager
async def served(app: ASGIApp, *, port: int = 0, protocols: Protocols | None = None) -> AsyncIterator[str]:
    """Serve until the block ends; gives host and port."""
    options: dict[str, Any] = {"http": protocols.http, "ws": protocols.ws} if protocols else {}
    config = uvicorn.Config(app, port=port, lifespan="off", log_level="warning", access_log=False, **options)
    server = uvicorn.Server(config)
    task = asyncio.create_task(server._serve())
    while not server.started:  # noqa: ASYNC110 - the server offers no event
        await asyncio.sleep(0.01)
    try:
        host, port = server.servers[0].sockets[0].getsockname()
        yield f"{host}:{port}"
    finally:
        server.should_exit = True
        await task


@asynccontextmanager
async def a_socket(
    address: str, *, path: str = "/graphql", session: str = "", origin: str | None = None
) -> AsyncIterator[ClientConnection]:
    """A websocket that has not signed in yet."""
    headers = [("cookie", f"{SESSION_COOKIE}={session}")] if session else []
    if origin:
        headers.append(("origin", origin))
    protocol = Subprotocol("graphql-transport-ws")
    async with connect(f"ws://{address}{path}", subprotocols=[protocol], additional_headers=headers) as socket:
        yield socket


async def signed_in(socket: ClientConnection, **payload: str) -> None:
    """Send `connection_init` and wait until it is accepted."""
    await say(socket, type="connection_init", payload=payload)
    assert await hear(socket) == {"type": "connection_ack"}


async def subscribed(socket: ClientConnection, hub: ChangeFeed) -> None:
    """Subscribe under the id `1` and wait until what follows is certainly heard."""
    await say(socket, id="1", type="subscribe", payload={"query": "subscription { orderChanged }"})
    await listening(hub)


async def listening(hub: ChangeFeed) -> None:
    """Wait until a subscriber listens."""
    async with asyncio.timeout(PATIENCE_SECONDS):
        while not hub.has_subscribers:  # noqa: ASYNC110 - only tests wait for this
            await asyncio.sleep(0.01)


async def say(socket: ClientConnection, **message: Any) -> None:
    await socket.send(json.dumps(message))


async def hear(socket: ClientConnection) -> dict[str, Any]:
    async with asyncio.timeout(PATIENCE_SECONDS):
        message: dict[str, Any] = json.loads(await socket.recv())
        return message


async def the_close_code(socket: ClientConnection) -> int | None:
    async with asyncio.timeout(PATIENCE_SECONDS):
        await socket.wait_closed()
    return socket.close_code
