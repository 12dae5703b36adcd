"""Readiness checks of this process."""

import asyncio
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

import obstore
from obstore.exceptions import NotFoundError
from redis.asyncio import Redis
from tortoise.transactions import in_transaction

from domain.database.pools import read_sessions
from domain.kernel.runtime.circuit_breaker import circuit_of
from settings import Settings

CHECK_TIMEOUT_SECONDS = 2.0
PROBE_KEY = "health/probe"
LATEST_MIGRATION_SQL = "SELECT max(name) AS name FROM tortoise_migrations WHERE app = 'domain'"
MIGRATIONS_FOLDER = Path(__file__).resolve().parents[2] / "domain" / "migrations"

Check = Callable[[], Awaitable[str]]


class Readiness:
    """The checks of `/health/ready`; without Redis everything works, so its absence only degrades."""

    def __init__(self, settings: Settings, redis: Redis | None) -> None:
        self._settings, self._redis = settings, redis
        self._required: dict[str, Check] = {
            "database": _database,
            "migrations": _migrations,
            "storage": self._storage,
        }

    async def report(self) -> tuple[bool, dict[str, Any]]:
        """Return whether the process can serve requests, and the state of each part."""
        names = [*self._required, "redis"]
        states = await asyncio.gather(*(_checked(check) for check in [*self._required.values(), self._ping]))
        parts = dict(zip(names, states, strict=True))
        is_ready = all(parts[name] == "ok" for name in self._required)
        degraded = parts["redis"] not in ("ok", "off")
        status = ("degraded" if degraded else "ready") if is_ready else "unavailable"
        return is_ready, {"status": status, "checks": parts}

    async def all_checks(self) -> dict[str, str]:
        """The state of each part, also of those that a process is ready without."""
        (_ready, report), mail = await asyncio.gather(self.report(), _checked(self._mail))
        return {**report["checks"], "mail": mail}

    async def _mail(self) -> str:
        address = urlsplit(self._settings.smtp_url)
        if not address.hostname:
            return "off"
        default_port = 465 if address.scheme == "smtps" else 25
        _reader, writer = await asyncio.open_connection(address.hostname, address.port or default_port)
        writer.close()
        await writer.wait_closed()
        return "ok"

    async def _storage(self) -> str:
        store = obstore.store.from_url(_ensure_local_folder(self._settings.storage_url))
        try:
            await obstore.head_async(store, PROBE_KEY)
        except (NotFoundError, FileNotFoundError):
            return "ok"
        return "ok"

    async def _ping(self) -> str:
        """Look, unless this process skips Redis: then it does not answer, and a probe finds out when it does."""
        if self._redis is None:
            return "off"
        circuit = circuit_of(self._redis)
        if not circuit.is_closed:
            return "unreachable"
        async with circuit.attempt():
            await self._redis.ping()
        return "ok"


async def _checked(check: Check) -> str:
    try:
        async with asyncio.timeout(CHECK_TIMEOUT_SECONDS):
            return await check()
    except Exception:
        return "unreachable"


async def _database() -> str:
    await read_sessions().fetchval("SELECT 1")
    async with in_transaction() as connection:
        await connection.execute_query("SELECT 1")
    return "ok"


async def _migrations() -> str:
    newest = max(path.stem for path in MIGRATIONS_FOLDER.glob("[0-9]*.py"))
    applied = await read_sessions().fetchval(LATEST_MIGRATION_SQL)
    return "ok" if applied and applied >= newest else "missing"


def _ensure_local_folder(storage_url: str) -> str:
    """Open the storage; a missing folder is created, any other storage must exist."""
    parts = urlsplit(storage_url)
    if parts.scheme == "file":
        Path(unquote(parts.path)).mkdir(parents=True, exist_ok=True)
    return storage_url
