"""Circuit breakers of optional services: a short timeout, and after a failure nothing but probes until one succeeds."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import asynccontextmanager
from typing import Any, Protocol

TIMEOUT_SECONDS = 0.3
PROBE_SECONDS = 1.0

Probe = Callable[[], Awaitable[object]]


class CircuitBreaker:
    """Remembers a failure, so that callers skip the service until a probe in the background has succeeded.

    Of the callers, only those that were under way when it failed wait for the timeout.
    """

    def __init__(self, probe: Probe) -> None:
        self.probe = probe
        self._probing: asyncio.Task[None] | None = None

    @property
    def is_closed(self) -> bool:
        """Whether the service may be used now."""
        return self._probing is None or self._probing.done()

    @asynccontextmanager
    async def attempt(self) -> AsyncIterator[None]:
        """Use the service within `TIMEOUT_SECONDS`. A failure opens the circuit and is raised again."""
        try:
            async with asyncio.timeout(TIMEOUT_SECONDS):
                yield
        except Exception:
            if self.is_closed:
                self._probing = asyncio.create_task(self._probe_until_it_answers())
            raise

    async def _probe_until_it_answers(self) -> None:
        while True:
            await asyncio.sleep(PROBE_SECONDS)
            try:
                async with asyncio.timeout(TIMEOUT_SECONDS):
                    await self.probe()
            except Exception:  # noqa: S112 - the first failure was logged by its caller.
                continue
            return


class ConnectionPool(Protocol):
    """The part of a client's pool that says where the service is."""

    connection_kwargs: Mapping[str, Any]


class Client(Protocol):
    """A client of Redis, as far as a circuit breaker needs it."""

    connection_pool: Any

    def ping(self) -> Awaitable[object]: ...


_circuits: dict[tuple[object, ...], CircuitBreaker] = {}


def circuit_of(client: Client) -> CircuitBreaker:
    """The circuit breaker that all clients of one server share in this process; the newest client probes."""
    pool: ConnectionPool = client.connection_pool
    address = tuple(pool.connection_kwargs.get(name) for name in ("host", "port", "path"))
    circuit = _circuits.setdefault(address, CircuitBreaker(client.ping))
    circuit.probe = client.ping
    return circuit


def is_any_circuit_open() -> bool:
    """Whether this process skips a service now."""
    return any(not circuit.is_closed for circuit in _circuits.values())
