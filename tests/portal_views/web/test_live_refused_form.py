"""A form that was refused stays as it was typed, with what is wrong with it, while the rest of its page follows."""

import pytest
from playwright.async_api import expect

from api.dependencies import Dependencies
from domain.orders.inputs import OfferEnd
from domain.orders.model import OrderStatus
from tests.makers.client_status import a_client_status
from tests.portal_views.web.test_live_updates import a_live_page, until_subscribed
from tests.support.people import FAR, everyone
from tests.support.portal_browser import Portal

pytestmark = pytest.mark.browser


async def test_a_refused_form_keeps_what_was_typed_and_why_it_was_refused(
    portal: Portal, dependencies: Dependencies
) -> None:
    people = await everyone(OrderStatus.AWAITING_CUSTOMER)
    page = await a_live_page(portal, dependencies, people.customer, f"/orders/ord_{people.case.order.id}")
    confirmation = page.locator("#answer form").first
    await confirmation.locator("[name=name]").fill("Kim Bright")
    await people.case.move("extendOffer", people.case.by_member, OfferEnd(valid_until=FAR.replace(year=2036)))
    async with page.expect_navigation():
        await confirmation.locator("button").click()
    await expect(page.get_by_role("alert")).to_be_visible()

    await until_subscribed(dependencies)
    await a_client_status(people.case, description="We are drawing.")
    await expect(page.get_by_text("We are drawing.").first).to_be_visible()

    await expect(page.get_by_role("alert")).to_be_visible()
    assert await confirmation.locator("[name=name]").input_value() == "Kim Bright"
