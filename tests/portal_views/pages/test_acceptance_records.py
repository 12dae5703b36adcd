"""The acceptance record on pages: for the customer who accepts, signed in or behind a mailed link, and the member."""

import asyncio

import pytest
from playwright.async_api import Page

from settings import Settings
from tests.support.people import a_delivered_order, a_review_link
from tests.support.portal_browser import Portal, accept_delivery

pytestmark = pytest.mark.browser


async def the_record(page: Page, name: str) -> tuple[str, bytes]:
    """The name and the bytes of the record that a page offers."""
    async with page.expect_download() as downloading:
        await page.get_by_role("link", name=name).first.click()
    download = await downloading.value
    return download.suggested_filename, await asyncio.to_thread((await download.path()).read_bytes)


async def test_customer_and_member_download_the_same_record(portal: Portal) -> None:
    people, _ = await a_delivered_order()
    customer, member = await portal.sign_in(people.customer), await portal.sign_in(people.member)
    await customer.goto(f"/orders/ord_{people.case.order.id}")
    await accept_delivery(customer)
    await member.goto(f"/orders/ord_{people.case.order.id}")

    records = [await the_record(page, "Acceptance record") for page in (customer, member)]

    assert records[0] == records[1]
    assert records[0][0] == f"{people.case.order.number}-1.pdf"
    assert records[0][1].startswith(b"%PDF")


async def test_the_mailed_link_gives_the_record_after_the_acceptance(portal: Portal, settings: Settings) -> None:
    _, delivery = await a_delivered_order()
    page = await portal.page()
    await page.goto(f"{await a_review_link(delivery, settings)}?lang=de")
    await accept_delivery(page, "Lieferung abnehmen", "Ja, verbindlich abnehmen")

    _, content = await the_record(page, "Abnahmeprotokoll")

    assert content.startswith(b"%PDF")
