"""A status template is worded anew: orders that nobody edited follow, and at last all are hidden at once."""

from typing import Any

import pytest

from domain.orders.model import OrderStatus
from tests.makers.orders import an_order
from tests.support.browsing.cast import Cast
from tests.support.browsing.visitor import Visitor
from tests.support.people import FAR, everyone
from tests.support.portal_browser import notice, text_of

pytestmark = [pytest.mark.browser, pytest.mark.thorough]


async def test_a_new_wording_reaches_orders_and_statuses_are_hidden_for_many(cast: Cast) -> None:
    people = await everyone(project="Cupboard")
    facts: dict[str, Any] = {"project": "Shelf", "offer_valid_until": FAR, "service_to": FAR}
    await an_order(OrderStatus.ACTIVE, member=people.case.member, customer=people.case.customer, **facts)
    staff, customer = await cast.signed_in(people.staff), await cast.signed_in(people.customer)

    await tells_both(staff)
    await writes_one_by_hand(staff)
    await words_it_anew(staff)
    await applies_it(staff)
    told = await home_of(customer)
    assert ("Under way" in told, "Half of it stands" in told) == (True, True)
    await hides_both(staff)
    assert "No status has been published" in await home_of(customer)


async def home_of(customer: Visitor) -> str:
    """What the customer reads on the home page."""
    await customer.page.goto("/")
    return await text_of(customer.page)


async def selects_both(staff: Visitor) -> None:
    await staff.follow("Orders")
    for project in ("Cupboard", "Shelf"):
        await staff.within(project).tick("Select order")


async def tells_both(staff: Visitor) -> None:
    await selects_both(staff)
    await staff.press("Set status …")
    await staff.press("In progress")
    await staff.press("Set the status of 2 orders")
    assert "2 orders changed" in await text_of(staff.page)


async def writes_one_by_hand(staff: Visitor) -> None:
    await staff.follow("Shelf")
    await staff.tick("Own text")
    await staff.fill("Status", "Half of it stands")
    await staff.press("Update")


async def words_it_anew(staff: Visitor) -> None:
    await staff.follow("Set up")
    await staff.follow("Status templates")
    await staff.follow("In progress")
    await staff.fill("Status in English", "Under way")
    await staff.press("Save")
    assert "saved" in await notice(staff.page)


async def applies_it(staff: Visitor) -> None:
    assert "1 order still shows an earlier version" in await text_of(staff.page)
    await staff.press("Try it first")
    await staff.press("Apply to 1 order now")
    assert "1 order has changed" in await text_of(staff.page)


async def hides_both(staff: Visitor) -> None:
    await selects_both(staff)
    await staff.choose("Other moves …", "Hide for many")
    await staff.press("Next")
    await staff.press("Hide the status of 2 orders")
    assert "2 orders changed" in await text_of(staff.page)
