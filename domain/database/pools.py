"""The two ways to the database: the ORM's pool for writing, and read-only sessions for compiled reads."""

import asyncio
import time
from collections.abc import Mapping
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

import asyncpg
import structlog
from tortoise import Tortoise

from domain.database.outages import is_outage
from domain.database.read_sessions import ReadSessions

DOMAIN = Path(__file__).resolve().parent.parent
MODEL_MODULES = tuple(
    sorted(".".join(path.relative_to(DOMAIN.parent).with_suffix("").parts) for path in DOMAIN.rglob("model.py"))
)
SESSION_LIMITS = {
    "statement_timeout": "5s",
    "lock_timeout": "2s",
    "idle_in_transaction_session_timeout": "5s",
    "timezone": "UTC",
}
# A migration may rewrite a large table, and computes between its statements.
MIGRATION_SESSION = {"timezone": "UTC"}
# Pages of rows that are looked up by key are mostly in memory already: at the usual price of a page, a small table
# would rather be read as a whole for every single row that asks for one of its own.
CACHED_PAGE_COST = "0.1"
# These sessions may be idle for hours; routers between must not drop them meanwhile.
KEEPALIVE_SECONDS = "60"
READ_SESSION = SESSION_LIMITS | {
    "default_transaction_read_only": "on",
    "plan_cache_mode": "force_generic_plan",
    "jit": "off",
    "seq_page_cost": CACHED_PAGE_COST,
    "random_page_cost": CACHED_PAGE_COST,
    # A tab whose status excludes the filter of the list is seen to be empty, and not read.
    "constraint_exclusion": "on",
    "tcp_keepalives_idle": KEEPALIVE_SECONDS,
}
# Statements of any length stay prepared.
PREPARED_STATEMENTS: dict[str, Any] = {
    "statement_cache_size": 500,
    "max_cached_statement_lifetime": 0,
    "max_cacheable_statement_size": 0,
}
READ_OPTIONS: dict[str, Any] = {"server_settings": READ_SESSION} | PREPARED_STATEMENTS

# So long a process that has just started waits for a database that recovers; one that ended would only start again.
PATIENCE_SECONDS, LOOK_AGAIN_SECONDS = 30.0, 0.2

log = structlog.get_logger()
_read_sessions: list[ReadSessions] = []


def tortoise_config(
    database_url: str, *, pool_size: int = 10, session: Mapping[str, str] = SESSION_LIMITS
) -> dict[str, Any]:
    """The ORM's configuration: one connection, one app named `domain`."""
    return {
        "connections": {
            "default": {
                "engine": "domain.database.orm_client",
                "credentials": credentials(database_url)
                | {"minsize": 1, "maxsize": pool_size, "server_settings": dict(session)}
                | PREPARED_STATEMENTS,
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


async def connect(
    database_url: str, *, write_pool: int = 10, read_pool: int = 4, patience_seconds: float = 0.0
) -> None:
    """Open the pool and the sessions for reading; nothing is created in the database.

    A database that is just starting or recovering is waited for, at most for `patience_seconds`.
    """
    await Tortoise.init(config=tortoise_config(database_url, pool_size=write_pool), _enable_global_fallback=True)
    _read_sessions.append(await open_when_reachable(database_url, read_pool, time.monotonic() + patience_seconds))


async def open_when_reachable(database_url: str, size: int, give_up_at: float) -> ReadSessions:
    """Sessions for compiled reads, once the database answers; its error after `give_up_at` on the monotonic clock."""
    while True:
        try:
            return await open_read_sessions(database_url, size=size)
        except Exception as fault:
            if not is_outage(fault) or time.monotonic() > give_up_at:
                raise
            log.warning("the database is not there yet", why=repr(fault))
            await asyncio.sleep(LOOK_AGAIN_SECONDS)


async def open_read_sessions(database_url: str, *, size: int) -> ReadSessions:
    """Sessions for compiled reads; the first is opened at once, so that an unreachable database is noticed."""

    async def open_session() -> asyncpg.Connection:
        return await asyncpg.connect(**credentials(database_url), **READ_OPTIONS)

    sessions = ReadSessions(open_session, size)
    await sessions.fetchval("SELECT 1")
    return sessions


def read_sessions() -> ReadSessions:
    """The sessions for compiled reads; they cannot write. Raises an error of the driver once they are closed."""
    if not _read_sessions:
        raise asyncpg.InterfaceError("the sessions for reading are closed")
    return _read_sessions[-1]


async def disconnect() -> None:
    """Close what `connect` has opened."""
    while _read_sessions:
        await _read_sessions.pop().close()
    await Tortoise.close_connections()
