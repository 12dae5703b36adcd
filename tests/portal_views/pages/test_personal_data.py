"""The pages about a person's data: the download, what would be kept, and the erasure."""

import json

import pytest

from domain.kernel.actors import Role
from domain.orders.model import OrderStatus
from domain.parties.model import Contact
from tests.makers.accounts import an_account
from tests.makers.orders import an_order
from tests.support.people import FAR, everyone
from tests.support.portal_browser import Portal, press, text_of

pytestmark = pytest.mark.browser


async def test_a_person_downloads_what_is_stored_about_them(portal: Portal) -> None:
    people = await everyone()
    page = await portal.signed_in(people.customer)
    await page.goto("/account")
    assert "Download the data (JSON)" in await text_of(page)

    answer = await page.request.get("/account/data")

    assert answer.headers["cache-control"] == "no-store"
    assert json.loads(await answer.text())["account"][0]["email"] == people.customer.email
    assert people.staff.email not in await answer.text()


async def test_nobody_but_administrators_downloads_the_data_of_others(portal: Portal) -> None:
    people = await everyone()
    page = await portal.sign_in(people.staff)

    answer = await page.request.get(f"/accounts/acc_{people.customer.id}/data")

    assert answer.status == 404


async def test_an_administrator_reads_what_is_kept_before_and_after_an_erasure(portal: Portal) -> None:
    case = await an_order(OrderStatus.CANCELED, offer_valid_until=FAR, service_to=FAR)
    contact = await Contact.get(customer_id=case.customer.id)
    page = await portal.signed_in(await an_account(Role.ADMIN))
    await page.goto(f"/customers/cus_{case.customer.id}")
    assert "Proofs of confirmed offers (1)" in (await page.locator("main").text_content() or "")

    await press(page, "Erase person")

    await contact.refresh_from_db()
    assert (contact.name, contact.email) == ("gelöscht", None)
    told = await page.locator("main").text_content() or ""
    assert "gelöscht" in told
    assert "Proofs of confirmed offers (1)" in told
