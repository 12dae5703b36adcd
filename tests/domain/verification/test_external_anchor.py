"""A line that is kept elsewhere tells growth from rewriting, even where all hashes were computed anew."""

from datetime import timedelta

import asyncpg
import pytest

from domain.orders.model import OrderStatus
from domain.verification.external_anchor import ExternalAnchor, current_anchor, rewritten_since
from settings import Settings
from tests.makers.orders import an_order
from tests.makers.time import berlin
from tests.support.tampering import tamper

pytestmark = pytest.mark.frozen_clock(berlin(2026, 4, 1, 10))

# In the future, so that all rows of the test are old enough.
NOW = timedelta(seconds=-5)
FORGED = "UPDATE events SET hash = sha256(hash) WHERE id = (SELECT id FROM events ORDER BY id LIMIT 1)"


async def kept_line(settings: Settings) -> ExternalAnchor:
    """The line as it comes back from paper."""
    return ExternalAnchor.parse(str(await current_anchor(settings.database_url, NOW)))


async def test_growth_is_accepted(settings: Settings, database: str) -> None:
    lines = [await kept_line(settings)]
    for _ in range(2):
        await an_order(OrderStatus.AWAITING_CUSTOMER)
        lines.append(await kept_line(settings))

    assert await rewritten_since(settings.database_url, lines) == []
    assert lines[0].states[0].rows == 0
    assert len({line.states[0].root for line in lines}) == 3


async def test_what_was_rewritten_since_is_named(settings: Settings, owner: asyncpg.Connection) -> None:
    before = await kept_line(settings)
    await an_order(OrderStatus.AWAITING_CUSTOMER)
    line = await kept_line(settings)
    await tamper(owner, FORGED)
    await an_order(OrderStatus.AWAITING_CUSTOMER)

    (sentence,) = await rewritten_since(settings.database_url, [before, line])

    assert sentence.startswith(f"events: the first {line.states[0].rows} rows are not those of 20")


async def test_what_was_cut_off_is_named(settings: Settings, owner: asyncpg.Connection) -> None:
    await an_order(OrderStatus.AWAITING_CUSTOMER)
    line = await kept_line(settings)
    await tamper(owner, "DELETE FROM events WHERE id = (SELECT id FROM events ORDER BY id DESC LIMIT 1)")

    (sentence,) = await rewritten_since(settings.database_url, [line])

    assert sentence.startswith(f"events: fewer rows than the {line.states[0].rows} of 20")


async def test_rows_that_may_still_get_a_predecessor_are_left_out(settings: Settings, database: str) -> None:
    await an_order(OrderStatus.AWAITING_CUSTOMER)

    assert (await current_anchor(settings.database_url)).states[0].rows == 0


def test_another_line_is_refused() -> None:
    with pytest.raises(ValueError, match="no line of"):
        ExternalAnchor.parse("The history is intact.")
