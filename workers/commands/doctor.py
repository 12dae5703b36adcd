"""Checks of `werkstand doctor`: each dependency of Werkstand, and the remedy when it is missing."""

import asyncio
import sys
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import timedelta
from urllib.parse import unquote, urlsplit
from uuid import uuid4

import asyncpg

from settings import Settings
from workers.commands.chromium import find_chromium
from workers.supervision.var_folder import prepare_var_folder

MIN_POSTGRES_VERSION = 18
TIMEOUT_SECONDS = 5
MAX_HEARTBEAT_AGE = timedelta(seconds=30)
START_HINT = "start `make run` in another terminal"


@dataclass(frozen=True, kw_only=True)
class CheckResult:
    """The result of one check; `remedy` is the action when it fails."""

    name: str
    is_ok: bool
    detail: str
    remedy: str = ""
    is_required: bool = True

    def __str__(self) -> str:
        mark = "ok  " if self.is_ok else ("FAIL" if self.is_required else "note")
        remedy = f" - {self.remedy}" if self.remedy and not self.is_ok else ""
        return f"{mark}  {self.name}: {self.detail}{remedy}"


Check = Callable[[Settings], Awaitable[CheckResult]]


async def run_checks(settings: Settings) -> list[CheckResult]:
    """Run every check in turn; an unexpected exception is a finding too."""
    return [await _run_check(look, settings) for look in CHECKS]


async def _run_check(look: Check, settings: Settings) -> CheckResult:
    try:
        return await asyncio.wait_for(look(settings), TIMEOUT_SECONDS * 2)
    except Exception as problem:
        what, remedy = REMEDIES[look]
        return CheckResult(name=what, is_ok=False, detail=str(problem) or type(problem).__name__, remedy=remedy)


async def python(settings: Settings) -> CheckResult:
    version = ".".join(map(str, sys.version_info[:3]))
    return CheckResult(
        name="Python", is_ok=sys.version_info >= (3, 11), detail=version, remedy="install Python 3.11 to 3.13"
    )


async def folder(settings: Settings) -> CheckResult:
    prepare_var_folder(settings.var_dir)
    return CheckResult(name="Folder", is_ok=True, detail=f"{settings.var_dir} can be written")


async def database(settings: Settings) -> CheckResult:
    connection = await asyncpg.connect(settings.database_url, timeout=TIMEOUT_SECONDS)
    try:
        version = str(await connection.fetchval("SHOW server_version"))
        major = connection.get_server_version().major
    finally:
        await connection.close()
    return CheckResult(
        name="PostgreSQL",
        is_ok=major >= MIN_POSTGRES_VERSION,
        detail=f"version {version} answers",
        remedy=f"use PostgreSQL {MIN_POSTGRES_VERSION} or later",
    )


async def migrations(settings: Settings) -> CheckResult:
    from domain.database.migration import missing

    names = await missing(settings.database_url)
    return CheckResult(
        name="Migrations",
        is_ok=not names,
        detail=f"missing: {', '.join(names)}" if names else "all applied",
        remedy="run `werkstand migrate`",
    )


async def clock(settings: Settings) -> CheckResult:
    connection = await asyncpg.connect(settings.database_url, timeout=TIMEOUT_SECONDS)
    try:
        silence = await connection.fetchval(
            "SELECT clock_timestamp() - max(beat_at) FROM heartbeats WHERE name = 'clock'"
        )
    finally:
        await connection.close()
    saw = "has never run here" if silence is None else f"last seen {silence.total_seconds():.0f} seconds ago"
    well = silence is not None and silence < MAX_HEARTBEAT_AGE
    return CheckResult(name="Clock", is_ok=well, detail=saw, remedy=f"run `werkstand clock`, or {START_HINT}")


async def redis(settings: Settings) -> CheckResult:
    if not settings.redis_url:
        return CheckResult(name="Redis", is_ok=True, detail="is off; everything works, only slower")
    from redis.asyncio import Redis

    async with Redis.from_url(settings.redis_url, socket_timeout=TIMEOUT_SECONDS) as connection:
        information = await connection.info("server")
    version = information.get("valkey_version") or information["redis_version"]
    return CheckResult(name="Redis", is_ok=True, detail=f"version {version} answers")


async def mail(settings: Settings) -> CheckResult:
    address = urlsplit(settings.smtp_url)
    reader, writer = await asyncio.open_connection(address.hostname, address.port or 25)
    greeting = (await reader.readline()).decode(errors="replace").strip()
    writer.close()
    return CheckResult(name="Mail", is_ok=greeting.startswith("220"), detail=greeting, remedy=REMEDIES[mail][1])


async def storage(settings: Settings) -> CheckResult:
    await asyncio.to_thread(_write_and_delete, settings.storage_url)
    return CheckResult(name="Storage", is_ok=True, detail=f"{settings.storage_url} can be written")


def _write_and_delete(url: str) -> None:
    """Check in a thread of this process: obstore's own threads at times abort a process that ends at once."""
    from obstore import delete, put
    from obstore.store import LocalStore, from_url

    address = urlsplit(url)
    is_folder = address.scheme == "file"
    store = LocalStore(unquote(address.path), mkdir=True) if is_folder else from_url(url)
    name = f"doctor-{uuid4()}"
    put(store, name, b"written by werkstand doctor")
    delete(store, name)


async def chromium(settings: Settings) -> CheckResult:
    path = find_chromium()
    return CheckResult(
        name="Chromium",
        is_ok=path is not None,
        detail=path or "none",
        remedy="only browser tests need it: `make test` fetches it, or name one in WERKSTAND_CHROMIUM",
        is_required=False,
    )


CHECKS: tuple[Check, ...] = (python, folder, database, migrations, clock, redis, mail, storage, chromium)
REMEDIES: dict[Check, tuple[str, str]] = {
    python: ("Python", "install Python 3.11 to 3.13"),
    folder: ("Folder", "make it writable, or name another one in WERKSTAND_VAR_DIR"),
    database: ("PostgreSQL", f"{START_HINT}, or correct DATABASE_URL"),
    migrations: ("Migrations", "run `werkstand migrate`"),
    clock: ("Clock", f"run `werkstand clock`, or {START_HINT}"),
    redis: ("Redis", f"{START_HINT}, correct REDIS_URL, or leave it empty"),
    mail: ("Mail", f"{START_HINT}, or correct SMTP_URL"),
    storage: ("Storage", "correct STORAGE_URL, or make the folder writable"),
    chromium: ("Chromium", "set WERKSTAND_CHROMIUM"),
}
