"""`werkstand doctor`: looks at everything Werkstand needs, and says what to do about what is missing."""

import asyncio
import sys
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import timedelta
from urllib.parse import unquote, urlsplit
from uuid import uuid4

import asyncpg

from settings import Settings
from workers.running.chromium import find_chromium
from workers.running.folder import prepare_folder

OLDEST_POSTGRES = 18
SECONDS = 5
SILENCE = timedelta(seconds=30)
START = "start `make run` in another terminal"


@dataclass(frozen=True, kw_only=True)
class Finding:
    """What one look found; `remedy` is what to do when it is not well."""

    what: str
    is_well: bool
    saw: str
    remedy: str = ""
    is_needed: bool = True

    def __str__(self) -> str:
        mark = "ok  " if self.is_well else ("FAIL" if self.is_needed else "note")
        remedy = f" - {self.remedy}" if self.remedy and not self.is_well else ""
        return f"{mark}  {self.what}: {self.saw}{remedy}"


Look = Callable[[Settings], Awaitable[Finding]]


async def examine(settings: Settings) -> list[Finding]:
    """Every look in turn; one that fails in a way nobody foresaw is a finding too."""
    return [await _careful(look, settings) for look in LOOKS]


async def _careful(look: Look, settings: Settings) -> Finding:
    try:
        return await asyncio.wait_for(look(settings), SECONDS * 2)
    except Exception as problem:
        what, remedy = REMEDIES[look]
        return Finding(what=what, is_well=False, saw=str(problem) or type(problem).__name__, remedy=remedy)


async def python(settings: Settings) -> Finding:
    version = ".".join(map(str, sys.version_info[:3]))
    return Finding(
        what="Python", is_well=sys.version_info >= (3, 11), saw=version, remedy="install Python 3.11 to 3.13"
    )


async def folder(settings: Settings) -> Finding:
    prepare_folder(settings.var_dir)
    return Finding(what="Folder", is_well=True, saw=f"{settings.var_dir} can be written")


async def database(settings: Settings) -> Finding:
    connection = await asyncpg.connect(settings.database_url, timeout=SECONDS)
    try:
        version = str(await connection.fetchval("SHOW server_version"))
        major = connection.get_server_version().major
    finally:
        await connection.close()
    return Finding(
        what="PostgreSQL",
        is_well=major >= OLDEST_POSTGRES,
        saw=f"version {version} answers",
        remedy=f"use PostgreSQL {OLDEST_POSTGRES} or later",
    )


async def migrations(settings: Settings) -> Finding:
    from domain.database.migration import missing

    names = await missing(settings.database_url)
    return Finding(
        what="Migrations",
        is_well=not names,
        saw=f"missing: {', '.join(names)}" if names else "all applied",
        remedy="run `werkstand migrate`",
    )


async def clock(settings: Settings) -> Finding:
    connection = await asyncpg.connect(settings.database_url, timeout=SECONDS)
    try:
        silence = await connection.fetchval(
            "SELECT clock_timestamp() - max(beat_at) FROM heartbeats WHERE name = 'clock'"
        )
    finally:
        await connection.close()
    saw = "has never run here" if silence is None else f"last seen {silence.total_seconds():.0f} seconds ago"
    well = silence is not None and silence < SILENCE
    return Finding(what="Clock", is_well=well, saw=saw, remedy=f"run `werkstand clock`, or {START}")


async def redis(settings: Settings) -> Finding:
    if not settings.redis_url:
        return Finding(what="Redis", is_well=True, saw="is off; everything works, only slower")
    from redis.asyncio import Redis

    async with Redis.from_url(settings.redis_url, socket_timeout=SECONDS) as connection:
        information = await connection.info("server")
    version = information.get("valkey_version") or information["redis_version"]
    return Finding(what="Redis", is_well=True, saw=f"version {version} answers")


async def mail(settings: Settings) -> Finding:
    address = urlsplit(settings.smtp_url)
    reader, writer = await asyncio.open_connection(address.hostname, address.port or 25)
    greeting = (await reader.readline()).decode(errors="replace").strip()
    writer.close()
    return Finding(what="Mail", is_well=greeting.startswith("220"), saw=greeting, remedy=REMEDIES[mail][1])


async def storage(settings: Settings) -> Finding:
    await asyncio.to_thread(_write_and_delete, settings.storage_url)
    return Finding(what="Storage", is_well=True, saw=f"{settings.storage_url} can be written")


def _write_and_delete(url: str) -> None:
    """In a thread of ours: obstore's own threads at times abort a process that ends at once."""
    from obstore import delete, put
    from obstore.store import LocalStore, from_url

    address = urlsplit(url)
    is_folder = address.scheme == "file"
    store = LocalStore(unquote(address.path), mkdir=True) if is_folder else from_url(url)
    name = f"doctor-{uuid4()}"
    put(store, name, b"written by werkstand doctor")
    delete(store, name)


async def chromium(settings: Settings) -> Finding:
    path = find_chromium()
    return Finding(
        what="Chromium",
        is_well=path is not None,
        saw=path or "none",
        remedy="only browser tests need it: `make test` fetches it, or name one in WERKSTAND_CHROMIUM",
        is_needed=False,
    )


LOOKS: tuple[Look, ...] = (python, folder, database, migrations, clock, redis, mail, storage, chromium)
REMEDIES: dict[Look, tuple[str, str]] = {
    python: ("Python", "install Python 3.11 to 3.13"),
    folder: ("Folder", "make it writable, or name another one in WERKSTAND_VAR_DIR"),
    database: ("PostgreSQL", f"{START}, or correct DATABASE_URL"),
    migrations: ("Migrations", "run `werkstand migrate`"),
    clock: ("Clock", f"run `werkstand clock`, or {START}"),
    redis: ("Redis", f"{START}, correct REDIS_URL, or leave it empty"),
    mail: ("Mail", f"{START}, or correct SMTP_URL"),
    storage: ("Storage", "correct STORAGE_URL, or make the folder writable"),
    chromium: ("Chromium", "set WERKSTAND_CHROMIUM"),
}
