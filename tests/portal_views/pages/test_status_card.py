"""The status card on an order's page: the client status, its author, its hold, and the change that is due."""

from datetime import date

import pytest
from playwright.async_api import Page

from domain.client_status.model import ClientStatus, PendingStatus, StatusRules, Visibility
from tests.makers.client_status import a_client_status
from tests.makers.time import berlin, the_clock_shows
from tests.support.people import Everyone, everyone
from tests.support.portal_browser import Portal, notice, press, switch_status, unfold, write_status

pytestmark = pytest.mark.browser


async def the_order_page(portal: Portal, people: Everyone, **more: bool) -> Page:
    page = await portal.signed_in(people.staff, **more)
    await page.goto(f"/orders/ord_{people.case.order.id}")
    return page


async def card(page: Page) -> str:
    return await page.locator(".status-card").inner_text()


async def test_a_template_is_chosen_without_script(portal: Portal) -> None:
    people = await everyone()
    page = await the_order_page(portal, people, java_script_enabled=False)

    await page.locator(".pick", has_text="In review").get_by_role("radio").check()
    await press(page, "Show")

    said = await card(page)
    assert "In review" in said
    assert "template “In review”" in said
    assert (await ClientStatus.get(id=people.case.order.id)).color == "#7c3aed"


async def test_a_text_can_be_saved_and_stay_hidden(portal: Portal) -> None:
    people = await everyone()
    page = await the_order_page(portal, people)

    await write_status(page, "Almost there", "Only save, keep hidden")

    status = await ClientStatus.get(id=people.case.order.id)
    assert (status.visibility, status.label_en) == (Visibility.HIDDEN, "Almost there")


async def test_a_mistake_is_said_at_its_form_and_keeps_what_was_typed(portal: Portal) -> None:
    people = await everyone()
    page = await the_order_page(portal, people)

    form = page.locator("#status-form")
    await form.locator("[name=label]").fill("Almost there")
    await form.locator("summary").click()
    await form.locator("select[name=keptUntil]").select_option("DATE")
    async with page.expect_navigation():
        await form.get_by_role("button", name="Show", exact=True).click()

    assert "last day" in await page.get_by_role("alert").inner_text()
    assert await form.locator("[name=label]").input_value() == "Almost there"


async def test_a_change_in_its_quiet_period_can_be_taken_back(portal: Portal) -> None:
    people = await everyone()
    await StatusRules.all().update(quiet_minutes=30)
    page = await the_order_page(portal, people)

    await write_status(page, "Too early", "Show")
    assert "is released" in await notice(page)
    said = await card(page)
    assert "Becomes visible" in said
    assert "Too early" in said
    await press(page, "Take back")

    assert "never saw it" in await notice(page)
    assert "Becomes visible" not in await card(page)


async def test_what_waits_is_what_a_further_change_begins_with(portal: Portal) -> None:
    people = await everyone()
    await a_client_status(people.case)
    await StatusRules.all().update(quiet_minutes=30)
    page = await the_order_page(portal, people)
    await page.locator(".pick", has_text="In review").get_by_role("radio").check()
    async with page.expect_navigation():
        await page.get_by_role("button", name="Update", exact=True).click()

    await page.locator("#status-form [name=expectedOn]").fill("2026-12-24")
    async with page.expect_navigation():
        await page.get_by_role("button", name="Update", exact=True).click()

    waits = await PendingStatus.get(id=people.case.order.id)
    assert (waits.label_de, waits.label_en, waits.edited_by_hand) == ("In Prüfung", "In review", False)
    assert waits.expected_on == date(2026, 12, 24)


async def test_a_text_by_hand_wins_over_automations_until_it_is_cleared(portal: Portal) -> None:
    people = await everyone()
    await a_client_status(people.case)
    page = await the_order_page(portal, people)

    assert "wins over automations until you clear it" in await card(page)
    await press(page, "Let automations write again")

    assert "wins over automations" not in await card(page)


async def test_what_only_waits_can_be_opened_to_automations_too(portal: Portal) -> None:
    people = await everyone()
    await StatusRules.all().update(quiet_minutes=30)
    page = await the_order_page(portal, people)
    await write_status(page, "Almost there", "Show")

    assert "What is to become visible wins over automations" in await card(page)
    await press(page, "Let automations write again")

    assert "wins over automations" not in await card(page)


async def test_a_status_that_has_not_changed_for_long_is_marked(portal: Portal) -> None:
    await the_clock_shows(berlin(2026, 4, 1, 10))
    people = await everyone()
    await a_client_status(people.case)
    await the_clock_shows(berlin(2026, 11, 1, 10))

    page = await the_order_page(portal, people)

    assert "Not changed for 214 days" in await card(page)


async def test_the_history_tells_who_changed_what_and_whether_the_client_saw_it(portal: Portal) -> None:
    people = await everyone()
    await a_client_status(people.case)
    page = await the_order_page(portal, people)
    await switch_status(page)

    await unfold(page, "All changes")

    entries = await page.locator(".status-card .timeline li").all_inner_texts()
    assert [entry.split(":")[0] for entry in entries] == ["Hidden", "Shown"]
    assert "Petra Person, by hand" in entries[0]
    assert "The client saw this change" in entries[1]


async def test_a_member_tells_clients_of_their_own(portal: Portal) -> None:
    people = await everyone()
    page = await portal.signed_in(people.member)
    await page.goto(f"/orders/ord_{people.case.order.id}")

    await write_status(page, "On my desk", "Show")

    assert "On my desk" in await card(page)


async def test_finance_reads_the_card_and_changes_nothing(portal: Portal) -> None:
    people = await everyone()
    await a_client_status(people.case)
    page = await portal.signed_in(people.finance)

    await page.goto(f"/orders/ord_{people.case.order.id}")

    assert "In progress" in await card(page)
    assert await page.locator(".status-card button").count() == 0
