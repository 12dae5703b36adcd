"""A bare ASGI application that makes moves written by hand and always gives the same answer.

Run with `sql` or `orm` and the number of a listening socket, it makes the move that `POST /<move>` names.
"""

import json
import os
import sys
from collections.abc import Awaitable, Callable, Mapping
from typing import Any
from uuid import UUID

import asyncpg
import uvicorn
from starlette.types import Receive, Scope, Send

from domain.database.pools import SESSION_LIMITS, connect, credentials, disconnect
from tests.benchmarks.by_hand import limit, orm
from workers.supervision.listening_sockets import inherited_socket

ANSWER = b'{"data":{"answer":{"errors":[]}}}'
HEADERS = [(b"content-type", b"application/json"), (b"content-length", str(len(ANSWER)).encode())]
POOL_SIZE = 10

Input = Mapping[str, Any]
Make = Callable[[str, Input], Awaitable[None]]


class BySql:
    """Two statements in a transaction, on a session of an ordinary pool."""

    async def open(self) -> None:
        found = credentials(os.environ["DATABASE_URL"])
        self._pool: asyncpg.Pool = await asyncpg.create_pool(
            **found,
            server_settings=SESSION_LIMITS,
            min_size=POOL_SIZE,
            max_size=POOL_SIZE,
            reset=_nothing,
            max_cacheable_statement_size=0,
        )

    async def close(self) -> None:
        await self._pool.close()

    async def make(self, name: str, given: Input) -> None:
        move = limit.MOVES[name]
        async with self._pool.acquire() as session, session.transaction():
            if not await session.fetchval(move.lock, *[given[each] for each in move.lock_takes]):
                raise LookupError(f"{name} is not possible")
            await session.execute(move.write, *[given[each] for each in move.write_takes])


class ByOrm:
    """The ORM's calls, one after the other."""

    async def open(self) -> None:
        await connect(os.environ["DATABASE_URL"], write_pool=POOL_SIZE, read_pool=1)

    async def close(self) -> None:
        await disconnect()

    async def make(self, name: str, given: Input) -> None:
        await orm.MOVES[name](given)


class BareApplication:
    """Reads the request, makes the move, gives the constant answer; there is no authentication."""

    def __init__(self, moves: BySql | ByOrm) -> None:
        self._moves = moves

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "lifespan":
            await self._live(receive, send)
            return
        given = json.loads((await receive())["body"])
        await self._moves.make(scope["path"][1:], given | {name: UUID(given[name]) for name in ("id", "account")})
        await send({"type": "http.response.start", "status": 200, "headers": HEADERS})
        await send({"type": "http.response.body", "body": ANSWER})

    async def _live(self, receive: Receive, send: Send) -> None:
        await receive()
        await self._moves.open()
        await send({"type": "lifespan.startup.complete"})
        await receive()
        await self._moves.close()
        await send({"type": "lifespan.shutdown.complete"})


async def _nothing(_session: asyncpg.Connection) -> None:
    """What a transaction leaves behind in its session."""


def main(way: str, descriptor: int) -> None:
    """Serve on an inherited socket."""
    moves = BySql() if way == "sql" else ByOrm()
    configuration = uvicorn.Config(BareApplication(moves), access_log=False, log_level="warning")
    uvicorn.Server(configuration).run(sockets=[inherited_socket(descriptor)])


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]))
