"""Checks of the services beside the database: Redis, mail, the storage of files, and the virus scanner."""

import asyncio
from urllib.parse import unquote, urlsplit
from uuid import uuid4

import asyncpg

from domain.uploads.virus_checks.clamd import Clamd
from settings import Settings
from workers.commands.doctor.check_result import REMEDIES, TIMEOUT_SECONDS, CheckResult


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
    return CheckResult(name="Mail", is_ok=greeting.startswith("220"), detail=greeting, remedy=REMEDIES["mail"][1])


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


async def virus_scanner(settings: Settings) -> CheckResult:
    """Whether the scanner answers, and how many files wait for it; files are checked only where one is set."""
    name = REMEDIES["virus_scanner"][0]
    if not settings.clamd_url:
        return CheckResult(name=name, is_ok=True, detail="none is set; files are not checked for viruses")
    version = await Clamd(url=settings.clamd_url).version()
    connection = await asyncpg.connect(settings.database_url, timeout=TIMEOUT_SECONDS)
    try:
        waiting = await connection.fetchval("SELECT count(*) FROM files WHERE state = 'CHECKING'")
    finally:
        await connection.close()
    return CheckResult(name=name, is_ok=True, detail=f"{version}; {waiting} files wait to be checked")
