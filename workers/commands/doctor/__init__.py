"""Checks of `werkstand doctor`: each dependency of Werkstand, and the remedy when it is missing."""

import asyncio
from collections.abc import Awaitable, Callable

from settings import Settings
from workers.commands.doctor import database_checks, machine_checks, service_checks
from workers.commands.doctor.check_result import REMEDIES, TIMEOUT_SECONDS, CheckResult

Check = Callable[[Settings], Awaitable[CheckResult]]
CHECKS: tuple[Check, ...] = (
    machine_checks.python,
    machine_checks.folder,
    database_checks.database,
    database_checks.migrations,
    database_checks.privileges,
    database_checks.clock,
    database_checks.punctuality,
    database_checks.verification,
    service_checks.redis,
    service_checks.mail,
    service_checks.storage,
    service_checks.virus_scanner,
    machine_checks.invoice_rules,
    database_checks.proxies,
    machine_checks.chromium,
)


async def run_checks(settings: Settings) -> list[CheckResult]:
    """Run every check in turn; an unexpected exception is a finding too."""
    return [await _run_check(look, settings) for look in CHECKS]


async def _run_check(look: Check, settings: Settings) -> CheckResult:
    try:
        return await asyncio.wait_for(look(settings), TIMEOUT_SECONDS * 2)
    except Exception as problem:
        what, remedy = REMEDIES[look.__name__]
        return CheckResult(name=what, is_ok=False, detail=str(problem) or type(problem).__name__, remedy=remedy)
