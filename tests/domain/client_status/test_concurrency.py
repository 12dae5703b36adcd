"""Cards, bulk operations and automations at one status at the same time: each in turn, and the chain is whole."""

from asyncio import gather

import pytest

from domain.engine.model import Event
from tests.makers.automations import cancellation_is_requested, sets_template, shown_from_template
from tests.makers.bulk import hide_statuses, ids_of, set_status
from tests.makers.time import berlin, the_clock_shows

pytestmark = pytest.mark.database


async def test_whoever_changes_a_status_at_the_same_time_adds_to_one_chain(database: str) -> None:
    await the_clock_shows(berlin(2026, 4, 1, 10))
    await sets_template("On hold", "order.requestCancellation")
    cases = [await shown_from_template() for _ in range(4)]
    ids = ids_of(cases)

    moves = [cancellation_is_requested(case) for case in cases]
    await gather(set_status(ids, label="First"), set_status(ids[::-1], label="Second"), hide_statuses(ids), *moves)

    for order_id in ids:
        events = await Event.filter(subject_kind="clientStatus", subject_id=order_id).order_by("sequence")
        assert [event.sequence for event in events] == list(range(1, len(events) + 1))
        assert [event.previous_hash for event in events[1:]] == [event.hash for event in events[:-1]]
