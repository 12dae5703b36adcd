"""Round trips to PostgreSQL, recorded at the driver, BEGIN and COMMIT included."""

import time
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from asyncpg.protocol.protocol import Protocol

ROUND_TRIPS = ("query", "prepare", "bind_execute", "bind_execute_many", "close_statement")
Call = Callable[..., Awaitable[Any]]


@dataclass(frozen=True)
class RoundTrip:
    """One message to the server that is waited for: its kind, its statement, and how long it took."""

    kind: str
    statement: str
    seconds: float


@contextmanager
def recorded() -> Iterator[list[RoundTrip]]:
    """Record every round trip of this process while the block runs, in their order."""
    found: list[RoundTrip] = []
    plain = {name: getattr(Protocol, name) for name in ROUND_TRIPS}
    for name, call in plain.items():
        setattr(Protocol, name, _recording(name, call, found))
    try:
        yield found
    finally:
        for name in plain:
            delattr(Protocol, name)


def _recording(kind: str, call: Call, found: list[RoundTrip]) -> Call:
    async def recording(self: Protocol, *args: Any, **named: Any) -> Any:
        began = time.perf_counter()
        try:
            return await call(self, *args, **named)
        finally:
            found.append(RoundTrip(kind, _statement(kind, args, named), time.perf_counter() - began))

    return recording


def _statement(kind: str, args: tuple[Any, ...], named: dict[str, Any]) -> str:
    given = named.get("state") or (args[1] if kind == "prepare" else args[0])
    return str(getattr(given, "query", given))
