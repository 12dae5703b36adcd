"""The pages on which customers choose their mails: at their settings, and behind the address in a mail."""

import pytest

from domain.parties.model import Contact, StatusMails
from settings import Settings
from tests.support.people import an_unsubscribe_address, everyone
from tests.support.portal_browser import Portal, notice, press, text_of

pytestmark = pytest.mark.browser


async def test_a_customer_chooses_the_daily_summary(portal: Portal) -> None:
    people = await everyone()
    page = await portal.sign_in(people.customer)
    await page.get_by_role("link", name="Mails", exact=True).click()

    await page.get_by_label("Mails about the status of your work").select_option("DAILY")
    await press(page, "Save")

    assert await notice(page) == "Your choice has been saved."
    assert await page.get_by_label("Mails about the status of your work").input_value() == "DAILY"
    assert (await Contact.get(account_id=people.customer.id)).status_mails is StatusMails.DAILY


async def test_mails_are_ended_and_begun_again_behind_the_address_in_a_mail(portal: Portal, settings: Settings) -> None:
    people = await everyone()
    page = await portal.page()
    await page.goto(await an_unsubscribe_address(people.case, settings))
    await page.get_by_role("link", name="English").click()

    await press(page, "Do not write to me any more")
    assert "We no longer write to you about status changes." in await text_of(page)
    assert (await Contact.get(account_id=people.customer.id)).status_mails is StatusMails.NONE

    await page.get_by_label("Mails about the status of your work").select_option("AT_ONCE")
    await press(page, "Save")
    assert "Do not write to me any more" in await text_of(page)
    assert (await Contact.get(account_id=people.customer.id)).status_mails is StatusMails.AT_ONCE


async def test_a_customer_who_is_nobodys_contact_reads_why_there_is_nothing_to_choose(portal: Portal) -> None:
    people = await everyone()
    await Contact.filter(account_id=people.customer.id).update(account_id=None)
    page = await portal.signed_in(people.customer)

    await page.goto("/settings")

    assert "You are not named as the contact of a customer" in await text_of(page)
