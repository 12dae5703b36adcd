"""The digest hour: once a day by the clock on the wall, on days of 23 and of 25 hours as well."""

from datetime import UTC, datetime

import pytest
from tortoise import connections

from domain.client_status.model import StatusRules
from domain.client_status.notices.digest_schedule import LAST_DIGEST, NEXT_DIGEST
from tests.makers.time import berlin, the_clock_shows

pytestmark = pytest.mark.database


async def last_and_next() -> list[datetime]:
    """The digests before and after now, as seen from this very instant."""
    columns = f"{LAST_DIGEST.format(now='app_now()')} AS last, {NEXT_DIGEST} AS next"
    (row,) = await connections.get("default").execute_query_dict(f"SELECT {columns}")
    return [row["last"], row["next"]]


def utc(*moment: int) -> datetime:
    return datetime(*moment, tzinfo=UTC)  # type: ignore[misc, arg-type]


@pytest.mark.parametrize(
    ("now", "hour", "before", "after"),
    [
        (berlin(2026, 3, 28, 6, 59), 7, utc(2026, 3, 27, 6), utc(2026, 3, 28, 6)),
        (berlin(2026, 3, 28, 7), 7, utc(2026, 3, 28, 6), utc(2026, 3, 29, 5)),
        (berlin(2026, 3, 29, 7), 7, utc(2026, 3, 29, 5), utc(2026, 3, 30, 5)),
        (berlin(2026, 10, 24, 7), 7, utc(2026, 10, 24, 5), utc(2026, 10, 25, 6)),
        (berlin(2026, 12, 31, 23, 59), 7, utc(2026, 12, 31, 6), utc(2027, 1, 1, 6)),
        (berlin(2026, 6, 1, 0), 0, utc(2026, 5, 31, 22), utc(2026, 6, 1, 22)),
    ],
)
async def test_a_digest_is_at_each_full_digest_hour(
    now: datetime, hour: int, before: datetime, after: datetime
) -> None:
    await the_clock_shows(now)
    await StatusRules.all().update(digest_hour=hour)

    assert await last_and_next() == [before, after]


@pytest.mark.parametrize(
    ("now", "before", "after"),
    [
        (utc(2026, 3, 28, 12), utc(2026, 3, 28, 1), utc(2026, 3, 29, 1)),
        (utc(2026, 3, 29, 1), utc(2026, 3, 29, 1), utc(2026, 3, 30, 0)),
        (utc(2026, 10, 24, 12), utc(2026, 10, 24, 0), utc(2026, 10, 25, 0)),
        (utc(2026, 10, 25, 0), utc(2026, 10, 25, 0), utc(2026, 10, 26, 1)),
        (utc(2026, 10, 25, 1), utc(2026, 10, 25, 0), utc(2026, 10, 26, 1)),
    ],
)
async def test_an_hour_that_is_skipped_or_comes_twice_has_one_digest(
    now: datetime, before: datetime, after: datetime
) -> None:
    """On 29 March there is no 02:00 in Berlin, on 25 October there are two."""
    await the_clock_shows(now)
    await StatusRules.all().update(digest_hour=2)

    assert await last_and_next() == [before, after]
