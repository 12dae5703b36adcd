"""The two ways to the database: the ORM's pool for writing, and a read-only pool for compiled reads."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

import asyncpg
from tortoise import Tortoise

MODEL_MODULES = (
    "domain.core.model",
    "domain.accounts.model",
    "domain.parties.model",
    "domain.orders.model",
    "domain.deliveries.model",
    "domain.billing.model",
    "domain.client_status.model",
    "domain.status_templates.model",
    "domain.pipelines.model",
    "domain.order_templates.model",
    "domain.automations.model",
    "domain.bulk.model",
    "domain.operator.model",
)
SESSION_LIMITS = {
    "statement_timeout": "5s",
    "lock_timeout": "2s",
    "idle_in_transaction_session_timeout": "5s",
    "timezone": "UTC",
}
# Pages of rows that are looked up by key are mostly in memory already: at the usual price of a page, a small table
# would rather be read as a whole for every single row that asks for one of its own.
PRICE_OF_A_PAGE_IN_MEMORY = "0.1"
READ_SESSION = SESSION_LIMITS | {
    "default_transaction_read_only": "on",
    "plan_cache_mode": "force_generic_plan",
    "jit": "off",
    "seq_page_cost": PRICE_OF_A_PAGE_IN_MEMORY,
    "random_page_cost": PRICE_OF_A_PAGE_IN_MEMORY,
}


class ReadConnection(asyncpg.Connection):  # type: ignore[misc]
    """A session that is given up when it may have been left with a statement that was prepared and never run.

    The server counts the timeout of such a statement on, and would end whatever comes next in this session.
    """

    async def fetch(self, *args: Any, **options: Any) -> Any:
        with self._given_up_when_left_half():
            return await super().fetch(*args, **options)

    async def fetchrow(self, *args: Any, **options: Any) -> Any:
        with self._given_up_when_left_half():
            return await super().fetchrow(*args, **options)

    async def fetchval(self, *args: Any, **options: Any) -> Any:
        with self._given_up_when_left_half():
            return await super().fetchval(*args, **options)

    @contextmanager
    def _given_up_when_left_half(self) -> Iterator[None]:
        try:
            yield
        except BaseException as error:
            # What the server itself refused is over; only such errors carry the severity that it gave them.
            if getattr(error, "severity", None) is None:
                self.terminate()
            raise


_read_pools: list[asyncpg.Pool] = []


def tortoise_config(database_url: str, *, pool_size: int = 10) -> dict[str, Any]:
    """The ORM's configuration: one connection, one app named `domain`."""
    return {
        "connections": {
            "default": {
                "engine": "tortoise.backends.asyncpg",
                "credentials": credentials(database_url)
                | {"minsize": 1, "maxsize": pool_size, "server_settings": SESSION_LIMITS},
            }
        },
        "apps": {
            "domain": {
                "models": list(MODEL_MODULES),
                "default_connection": "default",
                "migrations": "domain.migrations",
            }
        },
        "use_tz": True,
        "timezone": "UTC",
    }


def credentials(database_url: str) -> dict[str, Any]:
    """Split a URL, also one whose host is a folder with a socket in `?host=`."""
    parts = urlsplit(database_url)
    query = parse_qs(parts.query)
    return {
        "host": query["host"][0] if "host" in query else parts.hostname,
        "port": parts.port or 5432,
        "user": unquote(parts.username or "postgres"),
        "password": unquote(parts.password) if parts.password else None,
        "database": parts.path.lstrip("/") or "postgres",
    }


async def connect(database_url: str, *, write_pool: int = 10, read_pool: int = 4) -> None:
    """Open both pools; nothing is created in the database."""
    await Tortoise.init(config=tortoise_config(database_url, pool_size=write_pool), _enable_global_fallback=True)
    _read_pools.append(await open_reads(database_url, size=read_pool))


async def open_reads(database_url: str, *, size: int) -> asyncpg.Pool:
    """A pool that keeps prepared statements of any length and saves the round trip that would reset a session."""
    return await asyncpg.create_pool(
        **credentials(database_url),
        min_size=1,
        max_size=size,
        server_settings=READ_SESSION,
        connection_class=ReadConnection,
        statement_cache_size=500,
        max_cached_statement_lifetime=0,
        max_cacheable_statement_size=0,
        reset=_nothing_to_reset,
    )


async def _nothing_to_reset(_connection: asyncpg.Connection) -> None:
    """Compiled reads leave nothing behind in their session."""


def reads() -> asyncpg.Pool:
    """The pool for compiled reads; its sessions cannot write."""
    return _read_pools[-1]


async def disconnect() -> None:
    """Close both pools."""
    while _read_pools:
        await _read_pools.pop().close()
    await Tortoise.close_connections()
