"""The state of the system for the health page."""

import asyncio
import tomllib
from functools import cache
from importlib.metadata import PackageNotFoundError, version

from redis.asyncio import Redis

from api.ops.health import Readiness
from domain.kernel.runtime.circuit_breaker import circuit_of
from portal_views.web.ports.system import SystemReport
from settings import JOB_QUEUE, ROOT

PACKAGE = "werkstand"


class SystemReporter:
    """Reports the version, all checks and the length of the queue."""

    def __init__(self, readiness: Readiness, redis: Redis | None) -> None:
        self._readiness, self._redis = readiness, redis

    async def report(self) -> SystemReport:
        """The report as of now; nothing is raised."""
        checks, queued = await asyncio.gather(self._readiness.all_checks(), self._queued_jobs())
        return SystemReport(version=installed_version(), checks=checks, queued_jobs=queued)

    async def _queued_jobs(self) -> int | None:
        if self._redis is None or not (circuit := circuit_of(self._redis)).is_closed:
            return None
        try:
            async with circuit.attempt():
                return int(await self._redis.zcard(JOB_QUEUE))
        except Exception:
            return None


@cache
def installed_version() -> str:
    """The version of the installed package, or that of the clone it runs in."""
    try:
        return version(PACKAGE)
    except PackageNotFoundError:
        project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
        return str(project["version"])
