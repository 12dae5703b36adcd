"""Customers come in by a file, and are found by the search."""

import pytest
from playwright.async_api import FilePayload

from tests.support.browsing.cast import Cast
from tests.support.browsing.visitor import Visitor
from tests.support.portal_browser import text_of

CUSTOMERS = (
    "legal_name,kind,street,postcode,city,country,vat_id,invoice_email,contact_name,contact_email,contact_language\n"
    "Müller & Söhne GmbH,BUSINESS,Hafenstraße 12,20457,Hamburg,DE,,re@m.example,Karin Müller,k@m.example,de\n"
).encode()
pytestmark = [pytest.mark.browser, pytest.mark.thorough]


async def test_customers_are_imported_and_found(cast: Cast) -> None:
    staff = await cast.employee()

    await staff.unfold("Participants")
    await staff.follow("Imports")
    await takes_the_example(staff)
    await checks_and_imports(staff)
    await searches(staff)


async def takes_the_example(staff: Visitor) -> None:
    await staff.follow("+ Import a file")
    await staff.choose("Content", "Customers")
    file: FilePayload = {"name": "customers.csv", "mimeType": "text/csv", "buffer": CUSTOMERS}
    await staff.give("CSV file", file)
    await staff.press("Check the file")
    assert "without a fault" in await text_of(staff.page)


async def checks_and_imports(staff: Visitor) -> None:
    await staff.press("Import now")
    assert "Everything is imported." in await text_of(staff.page)


async def searches(staff: Visitor) -> None:
    await staff.search("söhne")
    await staff.follow("Müller & Söhne GmbH")
    assert "Karin Müller" in await text_of(staff.page)
