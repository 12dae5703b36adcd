"""The gauges of what is late, was given up, or is silent."""

import pytest

from domain.database.heartbeats import UNNAMED_PROXY, beat
from domain.engine.model import Deadline, DeadlineState
from domain.orders.model import OrderStatus
from tests.makers.orders import an_order
from tests.support.site import Site

pytestmark = pytest.mark.database


async def test_metrics_tell_what_is_late_was_given_up_and_is_silent(site: Site) -> None:
    case = await an_order(OrderStatus.IN_REVIEW)
    await Deadline.filter(order_id=case.order.id).update(state=DeadlineState.FAILED)
    await beat("clock")

    text = (await site.client.get("/metrics")).text

    assert "werkstand_database_readable 1.0" in text
    assert "werkstand_failed_deadlines 1.0" in text
    assert "werkstand_late_deadlines 0.0" in text
    assert 'werkstand_process_silent_seconds{process="clock"}' in text


async def test_a_proxy_that_was_seen_is_no_silent_process(site: Site) -> None:
    await beat(UNNAMED_PROXY)

    text = (await site.client.get("/metrics")).text

    assert UNNAMED_PROXY not in text
