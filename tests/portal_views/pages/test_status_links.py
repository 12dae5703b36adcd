"""The pages behind a status link: the work in progress without a sign-in, and a new link after its end."""

from dataclasses import replace

import pytest
from tortoise import connections

from domain.outbox.model import OutboxMessage
from domain.parties.model import Contact, StatusMails
from settings import Settings
from tests.makers.client_status import IN_PROGRESS, a_client_status, move_client_status
from tests.support.people import Everyone, a_status_link, everyone
from tests.support.portal_browser import Portal, press, text_of
from tests.support.site import Site, codes

browser = pytest.mark.browser
EXPIRE = "UPDATE links SET expires_at = clock_timestamp() WHERE purpose = 'STATUS'"


@browser
async def test_a_contact_reads_the_status_without_signing_in(portal: Portal, settings: Settings) -> None:
    people = await everyone(description="QUITE PRIVATE")
    await a_client_status(people.case, name="The new shop", label="Nearly done", description="Two pages are missing.")
    page = await portal.page()

    answer = await page.goto(f"{await a_status_link(people.case, settings)}?lang=en")

    text = await text_of(page)
    assert answer is not None
    assert (answer.status, answer.headers["referrer-policy"]) == (200, "no-referrer")
    for said in ("For Kim Kontakt", "The new shop", "Nearly done", "Two pages are missing.", "since"):
        assert said in text
    assert "QUITE PRIVATE" not in text
    assert "There is nothing to do" not in text


@browser
async def test_the_whole_history_is_one_click_away(portal: Portal, settings: Settings) -> None:
    people = await everyone()
    for label in ("Planned", "Begun", "Drawn", "Built", "Done"):
        await move_client_status(people.case, "show", replace(IN_PROGRESS, label=label))
    page = await portal.page()
    await page.goto(f"{await a_status_link(people.case, settings)}?lang=en")

    await page.locator(".work h2 a").click()

    assert await page.locator(".told .label").all_inner_texts() == ["Done", "Built", "Drawn", "Begun", "Planned"]
    await page.get_by_role("link", name="Work in progress").click()
    assert await page.locator(".work").count() == 1


@browser
async def test_it_leads_to_the_choice_of_mails(portal: Portal, settings: Settings) -> None:
    people = await everyone()
    page = await portal.page()
    await page.goto(f"{await a_status_link(people.case, settings)}?lang=en")

    await page.get_by_role("link", name="Choose when we write to you").click()
    await press(page, "Do not write to me any more")

    contact = await Contact.get(customer_id=people.case.customer.id)
    assert contact.status_mails is StatusMails.NONE


@browser
async def test_an_expired_link_offers_a_new_one(portal: Portal, settings: Settings) -> None:
    link = await an_expired_link(await everyone(), settings)
    page = await portal.page()
    answer = await page.goto(f"{link}?lang=en")
    assert answer is not None
    assert answer.status == 410

    await press(page, "Send me a new one")

    assert "Please look at your mail" in await text_of(page)
    assert await new_links() == 1


async def test_three_new_links_an_hour_are_enough(site: Site, settings: Settings) -> None:
    link = await an_expired_link(await everyone(), settings)

    answers = [(await site.client.post(link)).status_code for _ in range(4)]

    assert answers == [303, 303, 303, 429]
    assert await new_links() == 3


async def test_a_link_that_is_open_takes_no_form(site: Site, settings: Settings) -> None:
    link = await a_status_link((await everyone()).case, settings)

    answer = await site.client.post(link)

    assert answer.status_code == 405
    assert await new_links() == 0


async def test_a_contact_without_an_address_gets_the_same_answer(site: Site, settings: Settings) -> None:
    people = await everyone()
    link = await an_expired_link(people, settings)
    await Contact.filter(customer_id=people.case.customer.id).update(email=None)

    answer = await site.client.post(link, follow_redirects=True)

    assert (answer.status_code, "Bitte sehen Sie in Ihr Postfach" in answer.text) == (200, True)


async def test_work_that_is_hidden_or_of_others_has_no_page(site: Site, settings: Settings) -> None:
    people, foreign = await everyone(), (await everyone()).case
    await a_client_status(foreign)
    hidden = await a_client_status(people.case, shown=False)
    link = await a_status_link(people.case, settings)

    for work in (f"ord_{foreign.order.id}", f"ord_{hidden.order.id}", "nothing"):
        assert (await site.client.get(f"{link}?work={work}")).status_code == 404


async def test_the_link_is_a_bearer_of_the_portal_schema_alone(site: Site, settings: Settings) -> None:
    people = await everyone()
    await a_client_status(people.case, label="Nearly done")
    header = {"authorization": f"Link {(await a_status_link(people.case, settings)).removeprefix('/l/')}"}
    query = "{ workInProgress(first: 5) { nodes { label } } orders(first: 5) { totalCount } }"

    seen = await site.ask(query, path="/portal/graphql", headers=header)
    elsewhere = await site.ask("{ now }", path="/graphql", headers=header)

    assert seen.json()["data"] == {"workInProgress": {"nodes": [{"label": "Nearly done"}]}, "orders": {"totalCount": 0}}
    assert (elsewhere.status_code, codes(elsewhere)) == (403, ["WRONG_ENDPOINT"])


async def an_expired_link(people: Everyone, settings: Settings) -> str:
    link = await a_status_link(people.case, settings)
    await connections.get("default").execute_query(EXPIRE)
    return link


async def new_links() -> int:
    return await OutboxMessage.filter(name="contact.sendStatusLink").count()
