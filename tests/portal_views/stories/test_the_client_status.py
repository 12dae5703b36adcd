"""What a customer is told of an order: from a template, by hand, nothing any more, and what fits the facts."""

import pytest

from tests.makers.deliveries import a_delivery
from tests.support.browsing.cast import Cast
from tests.support.browsing.visitor import Visitor
from tests.support.people import everyone
from tests.support.portal_browser import text_of

pytestmark = pytest.mark.browser


async def test_a_status_is_chosen_written_hidden_and_brought_in_line_with_the_facts(cast: Cast) -> None:
    people = await everyone()
    staff = await cast.signed_in(people.staff, "/orders?tab=active")
    customer = await cast.signed_in(people.customer)

    await chooses_from_the_list(staff)
    await reads(customer, "In progress")
    await a_delivery(around=people.case)
    await resolves_the_contradiction(staff)
    await reads(customer, "In review")
    await writes_by_hand(staff)
    await reads(customer, "At the printer")
    await hides(staff)
    await customer.page.goto("/")
    assert "At the printer" not in await text_of(customer.page)


async def reads(customer: Visitor, label: str) -> None:
    await customer.page.goto("/")
    assert label in await text_of(customer.page)


async def chooses_from_the_list(staff: Visitor) -> None:
    row = staff.within("Projekt ABC")
    await row.unfold("No status")
    await row.press("In progress")


async def resolves_the_contradiction(staff: Visitor) -> None:
    await staff.page.reload()
    assert "contradicts" in await text_of(staff.page)
    await staff.follow("Projekt ABC")
    await staff.press("Show “In review”")


async def writes_by_hand(staff: Visitor) -> None:
    await staff.tick("Own text")
    await staff.fill("Status", "At the printer")
    await staff.fill("Description", "Two more days.")
    await staff.press("Update")


async def hides(staff: Visitor) -> None:
    await staff.press("Show in the portal")
