"""Checks of `werkstand doctor`: each dependency of Werkstand, and the remedy when it is missing."""

import asyncio
import sys
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import timedelta
from urllib.parse import unquote, urlsplit
from uuid import uuid4

import asyncpg

from domain.database.heartbeats import UNNAMED_PROXY
from domain.uploads.virus_checks.clamd import Clamd
from settings import Settings
from workers.commands.chromium import find_chromium
from workers.commands.processes import lacks_proxies
from workers.supervision.var_folder import prepare_var_folder

MIN_POSTGRES_VERSION = 18
TIMEOUT_SECONDS = 5
MAX_HEARTBEAT_AGE = timedelta(seconds=30)
MAX_VERIFICATION_AGE_HOURS = 48
LAST_VERIFICATION = """SELECT broken, floor(extract(epoch FROM clock_timestamp() - at) / 3600)::int AS hours
    FROM verifications ORDER BY at DESC LIMIT 1"""
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


async def privileges(settings: Settings) -> CheckResult:
    from domain.database.privileges import excessive_privileges

    connection = await asyncpg.connect(settings.database_url, timeout=TIMEOUT_SECONDS)
    try:
        found = await excessive_privileges(connection)
    finally:
        await connection.close()
    return CheckResult(
        name="Privileges",
        is_ok=not found,
        detail=f"{found[0]}, and {len(found) - 1} more"
        if found
        else "the history cannot be changed by the application",
        remedy=REMEDIES[privileges][1],
        is_required=False,
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


async def punctuality(settings: Settings) -> CheckResult:
    from domain.deadlines.punctuality import GOAL_SECONDS, SELECT_PUNCTUALITY

    connection = await asyncpg.connect(settings.database_url, timeout=TIMEOUT_SECONDS)
    try:
        windows = {row["name"]: row for row in await connection.fetch(SELECT_PUNCTUALITY)}
    finally:
        await connection.close()
    day, p99 = windows["DAY"], windows["DAY"]["p99_seconds"]
    last_hour = windows["HOUR"]["p99_seconds"]
    within = "none was due" if p99 is None else f"99 % within {p99:.1f} s, the latest after {day['max_seconds']:.1f} s"
    return CheckResult(
        name="Punctuality",
        is_ok=(last_hour or 0) <= GOAL_SECONDS,
        detail=f"{day['fired']} deadlines in 24 hours, {within}, {day['overdue']} overdue now",
        remedy=REMEDIES[punctuality][1],
        is_required=False,
    )


async def verification(settings: Settings) -> CheckResult:
    connection = await asyncpg.connect(settings.database_url, timeout=TIMEOUT_SECONDS)
    try:
        last = await connection.fetchrow(LAST_VERIFICATION)
    finally:
        await connection.close()
    found = "not verified yet" if last is None else f"{last['broken']} broken rows, {last['hours']} hours ago"
    return CheckResult(
        name="History",
        is_ok=last is not None and last["broken"] == 0 and last["hours"] < MAX_VERIFICATION_AGE_HOURS,
        detail=found,
        remedy=REMEDIES[verification][1],
        is_required=last is not None and last["broken"] > 0,
    )


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


async def virus_scanner(settings: Settings) -> CheckResult:
    """Whether the scanner answers, and how many files wait for it; files are checked only where one is set."""
    name = REMEDIES[virus_scanner][0]
    if not settings.clamd_url:
        return CheckResult(name=name, is_ok=True, detail="none is set; files are not checked for viruses")
    version = await Clamd(url=settings.clamd_url).version()
    connection = await asyncpg.connect(settings.database_url, timeout=TIMEOUT_SECONDS)
    try:
        waiting = await connection.fetchval("SELECT count(*) FROM files WHERE state = 'CHECKING'")
    finally:
        await connection.close()
    return CheckResult(name=name, is_ok=True, detail=f"{version}; {waiting} files wait to be checked")


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


async def proxies(settings: Settings) -> CheckResult:
    """Whether each client's own address is known: a proxy that is not named stands for everyone."""
    connection = await asyncpg.connect(settings.database_url, timeout=TIMEOUT_SECONDS)
    try:
        seen = await connection.fetchval("SELECT beat_at::timestamp(0) FROM heartbeats WHERE name = $1", UNNAMED_PROXY)
    finally:
        await connection.close()
    if settings.trusted_proxies:
        return CheckResult(name="Proxies", is_ok=True, detail=f"{settings.trusted_proxies} tell whom they stand for")
    if seen is None and not lacks_proxies(settings):
        return CheckResult(name="Proxies", is_ok=True, detail="none is in front")
    return CheckResult(
        name="Proxies",
        is_ok=False,
        detail=f"a request came by one that is not named, at {seen} UTC" if seen else "none is named",
        remedy=REMEDIES[proxies][1],
        is_required=False,
    )


async def invoice_rules(settings: Settings) -> CheckResult:
    """The official rules by which electronic invoices are checked, with their versions."""
    from domain.billing.e_invoices.rules import versions

    detail = ", ".join(f"{name} {version}" for name, version in versions().items())
    return CheckResult(name="rules of e-invoices", is_ok=True, detail=detail)


async def chromium(settings: Settings) -> CheckResult:
    path = find_chromium()
    return CheckResult(
        name="Chromium",
        is_ok=path is not None,
        detail=path or "none",
        remedy="only browser tests need it: `make test` fetches it, or name one in WERKSTAND_CHROMIUM",
        is_required=False,
    )


CHECKS: tuple[Check, ...] = (
    python,
    folder,
    database,
    migrations,
    privileges,
    clock,
    punctuality,
    verification,
    redis,
    mail,
    storage,
    virus_scanner,
    invoice_rules,
    proxies,
    chromium,
)
REMEDIES: dict[Check, tuple[str, str]] = {
    python: ("Python", "install Python 3.11 to 3.13"),
    folder: ("Folder", "make it writable, or name another one in WERKSTAND_VAR_DIR"),
    database: ("PostgreSQL", f"{START_HINT}, or correct DATABASE_URL"),
    migrations: ("Migrations", "run `werkstand migrate`"),
    privileges: ("Privileges", "use two roles, see docs/operations.md: DATABASE_URL and DATABASE_OWNER_URL"),
    clock: ("Clock", f"run `werkstand clock`, or {START_HINT}"),
    punctuality: ("Punctuality", "more schedulers, or a faster database: see docs/operations.md"),
    verification: ("History", "run `werkstand verify`, see docs/verification.md"),
    redis: ("Redis", f"{START_HINT}, correct REDIS_URL, or leave it empty"),
    mail: ("Mail", f"{START_HINT}, or correct SMTP_URL"),
    storage: ("Storage", "correct STORAGE_URL, or make the folder writable"),
    virus_scanner: ("Virus scanner", "start clamd, or correct CLAMD_URL: until then files wait to be checked"),
    proxies: ("Proxies", "name the proxy in front in WERKSTAND_TRUSTED_PROXIES"),
    chromium: ("Chromium", "set WERKSTAND_CHROMIUM"),
}
