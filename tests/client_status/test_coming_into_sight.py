"""A status is told of when its order comes into the client's sight, and again when it changed out of sight."""

import pytest

from domain.client_status.model import ClientStatusChange
from domain.client_status.sources import CLIENT_STATUS_CHANGES_SOURCE
from domain.client_status.takes import StatusText
from domain.orders.model import OrderStatus
from domain.orders.takes import OptionalComment, OptionalReason
from tests.client_status.test_client_status import sees
from tests.makers.client_status import a_client_status, move_client_status
from tests.makers.orders import Case, an_order
from tests.makers.parties import STAFF
from tests.makers.records import the_letters
from tests.makers.time import berlin, the_clock_shows

pytestmark = pytest.mark.database


@pytest.fixture(autouse=True)
async def april(database: str) -> None:
    await the_clock_shows(berlin(2026, 4, 1, 10))


async def sent_again(case: Case) -> None:
    await case.move("submit", case.by_member)
    await case.move("approve", STAFF, OptionalComment())


async def test_what_was_said_out_of_sight_is_told_when_the_order_is_back() -> None:
    case = await a_client_status(await an_order(OrderStatus.AWAITING_CUSTOMER))
    await case.move("withdraw", case.by_member, OptionalReason())
    await move_client_status(case, "update", StatusText(label="Planned anew"))

    await sent_again(case)

    seen = await ClientStatusChange.filter(order_id=case.order.id, seen=True).order_by("id")
    assert [change.label_en for change in seen] == ["In progress", "Planned anew"]
    assert await the_letters("clientStatus.reveal") == ["CUSTOMER"]


async def test_what_says_the_same_as_before_is_not_told_again() -> None:
    case = await a_client_status(await an_order(OrderStatus.AWAITING_CUSTOMER))
    await case.move("withdraw", case.by_member, OptionalReason())

    await sent_again(case)

    assert await the_letters("clientStatus.reveal") == []
    assert await sees(case.by_customer, case, CLIENT_STATUS_CHANGES_SOURCE) == 1
