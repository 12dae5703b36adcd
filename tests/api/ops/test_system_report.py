"""The report behind the health page: each part, the queue, and the version."""

import pytest

from api.dependencies import build_dependencies
from portal_views.web.ports.system import SystemReport
from settings import Settings
from tests.support.site import small_schemas

NOBODY_THERE = "127.0.0.1:1"

pytestmark = pytest.mark.database


async def the_report(settings: Settings) -> SystemReport:
    """The report of a process with these settings."""
    dependencies = build_dependencies(settings, small_schemas())
    try:
        return await dependencies.pages.system.report()
    finally:
        if dependencies.redis:
            await dependencies.redis.aclose()


async def test_everything_that_answers_works(settings: Settings, database: str) -> None:
    report = await the_report(settings)

    assert set(report.checks) == {"database", "migrations", "storage", "redis", "mail"}
    assert (report.checks["database"], report.checks["redis"], report.queued_jobs) == ("ok", "ok", 0)
    assert report.version.startswith("0.")


async def test_parts_that_do_not_answer_are_unreachable(settings: Settings, database: str) -> None:
    nobody = {"redis_url": f"redis://{NOBODY_THERE}/0", "smtp_url": f"smtp://{NOBODY_THERE}"}

    report = await the_report(settings.model_copy(update=nobody))

    assert (report.checks["redis"], report.checks["mail"], report.queued_jobs) == ("unreachable", "unreachable", None)


async def test_without_a_queue_there_is_no_length(settings: Settings, database: str) -> None:
    report = await the_report(settings.model_copy(update={"redis_url": "", "smtp_url": ""}))

    assert (report.queued_jobs, report.checks["redis"], report.checks["mail"]) == (None, "off", "off")
