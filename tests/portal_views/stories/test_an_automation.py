"""An automation: staff writes down a template and what sets it, and the customer reads it after a delivery."""

import pytest

from tests.support.browsing.cast import Cast
from tests.support.browsing.delivering import delivers
from tests.support.browsing.visitor import Visitor
from tests.support.people import everyone
from tests.support.portal_browser import notice, text_of

pytestmark = [pytest.mark.browser, pytest.mark.thorough]


async def test_an_automation_tells_the_customer_of_a_delivery(cast: Cast) -> None:
    people = await everyone()
    staff = await cast.signed_in(people.staff, "/setup")
    member = await cast.signed_in(people.member, f"/orders/ord_{people.case.order.id}")
    customer = await cast.signed_in(people.customer)

    await writes_a_template(staff)
    await sets_it_up(staff)
    await delivers(member)
    await customer.page.reload()
    assert "Please look at it" in await text_of(customer.page)


async def writes_a_template(staff: Visitor) -> None:
    await staff.follow("Status templates")
    await staff.follow("+ New")
    await staff.fill("Status in German", "Bitte ansehen")
    await staff.fill("Status in English", "Please look at it")
    await staff.press("Save")
    assert "created" in await notice(staff.page)


async def sets_it_up(staff: Visitor) -> None:
    await staff.follow("Set up")
    await staff.follow("Automations")
    await staff.follow("+ New")
    await staff.fill("Name", "Tell of deliveries")
    await staff.choose("When this happens", "Delivered")
    await staff.choose("Then", "Set a template")
    await staff.choose("Template", "Please look at it")
    await staff.choose("The status is then", "Shown")
    await staff.press("Save")
    assert "Please look at it" in await text_of(staff.page)
