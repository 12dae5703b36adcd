"""Checks of the database: whether it answers, is up to date and safe, and what it says about other processes."""

from datetime import timedelta

import asyncpg

from domain.database.heartbeats import UNNAMED_PROXY
from settings import Settings
from workers.commands.doctor.check_result import REMEDIES, START_HINT, TIMEOUT_SECONDS, CheckResult
from workers.commands.processes import lacks_proxies

MIN_POSTGRES_VERSION = 18
MAX_HEARTBEAT_AGE = timedelta(seconds=30)
MAX_VERIFICATION_AGE_HOURS = 48
LAST_VERIFICATION = """SELECT broken, floor(extract(epoch FROM clock_timestamp() - at) / 3600)::int AS hours
    FROM verifications ORDER BY at DESC LIMIT 1"""


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
    from domain.database.installation.migration import missing

    names = await missing(settings.database_url)
    return CheckResult(
        name="Migrations",
        is_ok=not names,
        detail=f"missing: {', '.join(names)}" if names else "all applied",
        remedy="run `werkstand migrate`",
    )


async def privileges(settings: Settings) -> CheckResult:
    from domain.database.installation.privileges import excessive_privileges

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
        remedy=REMEDIES["privileges"][1],
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
        remedy=REMEDIES["punctuality"][1],
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
        remedy=REMEDIES["verification"][1],
        is_required=last is not None and last["broken"] > 0,
    )


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
        remedy=REMEDIES["proxies"][1],
        is_required=False,
    )
