"""Live pages: they update without a reload, keep the user's input, and never show hidden rows."""

import asyncio
import json
from datetime import timedelta

import pytest
from httpx2 import AsyncClient
from playwright.async_api import Browser, Page, expect

from api.auth.authentication import SESSION_COOKIE
from api.dependencies import Dependencies, build_dependencies, open_dependencies
from api.live import visible_changes
from domain.accounts.model import Account
from domain.billing.model import InvoiceStatus
from domain.client_status.inputs import StatusInput
from domain.kernel.actors import Role
from domain.operator.model import CustomerAccess
from domain.orders.inputs import CommentText
from domain.orders.model import CommentVisibility
from settings import Settings
from tests.makers.accounts import a_session, an_account
from tests.makers.billing import an_invoice, the_operator
from tests.makers.client_status import a_client_status, move_client_status
from tests.makers.deliveries import a_delivery
from tests.makers.parties import STAFF
from tests.support.live_server import serving
from tests.support.people import everyone
from tests.support.polling import PATIENCE_SECONDS
from tests.support.portal_browser import Portal, text_of

pytestmark = pytest.mark.browser
HIDE_THE_TAB = """hidden => { Object.defineProperty(document, "hidden", { value: hidden, configurable: true });
    document.dispatchEvent(new Event("visibilitychange")); }"""


async def test_work_in_progress_comes_changes_and_goes_by_itself(portal: Portal, dependencies: Dependencies) -> None:
    people = await everyone()
    page = await a_live_page(portal, dependencies, people.customer)

    await a_client_status(people.case, description="We are drawing.")
    await expect(page.get_by_text("We are drawing.").first).to_be_visible()
    await move_client_status(people.case, "update", StatusInput(label="Done", description="It is finished."))
    await expect(page.get_by_text("It is finished.").first).to_be_visible()
    await expect(page.locator("#live-said")).to_contain_text("Updated at")

    await move_client_status(people.case, "hide")

    await expect(page.get_by_text("No status has been published")).to_be_visible()


async def test_what_waits_and_what_was_issued_comes_by_itself(portal: Portal, dependencies: Dependencies) -> None:
    await the_operator()
    people = await everyone()
    page = await a_live_page(portal, dependencies, people.customer)

    await a_delivery(around=people.case)
    await expect(page.get_by_role("link", name="Review", exact=True)).to_be_visible()
    billed = await an_invoice(InvoiceStatus.PRINTED, case=people.case)

    await expect(page.get_by_role("link", name=billed.invoice.number, exact=True)).to_be_visible()


async def test_whoever_sees_only_the_status_is_shown_a_delivery_by_itself(
    portal: Portal, dependencies: Dependencies
) -> None:
    people = await everyone(customer_access=CustomerAccess.STATUS_ONLY)
    page = await a_live_page(portal, dependencies, people.customer)

    await a_delivery(around=people.case)

    await expect(page.get_by_role("link", name="Review", exact=True)).to_be_visible()


async def test_a_form_somebody_types_into_stays_while_the_rest_follows(
    portal: Portal, dependencies: Dependencies
) -> None:
    people = await everyone()
    page = await a_live_page(portal, dependencies, people.customer, f"/orders/ord_{people.case.order.id}")
    comment = page.get_by_label("Comment")
    await comment.press_sequentially("Half a sen")

    await a_client_status(people.case, description="We are drawing.")
    await expect(page.get_by_text("We are drawing.").first).to_be_visible()

    assert await comment.input_value() == "Half a sen"
    await expect(comment).to_be_focused()


async def test_what_is_unfolded_and_focused_stays_so(portal: Portal, dependencies: Dependencies) -> None:
    people = await everyone()
    await a_client_status(people.case, label="Begun")
    await move_client_status(people.case, "update", StatusInput(label="Half done"))
    page = await a_live_page(portal, dependencies, people.customer)
    await page.locator("summary", has_text="History").click()
    await expect(page.locator(".told")).to_be_visible()

    await move_client_status(people.case, "update", StatusInput(label="Nearly done"))
    await expect(page.locator(".told")).to_contain_text("Nearly done")

    await expect(page.locator(".told")).to_be_visible()
    await expect(page.locator("summary", has_text="History")).to_be_focused()


async def test_a_button_with_the_focus_keeps_it(portal: Portal, dependencies: Dependencies) -> None:
    people = await everyone()
    page = await a_live_page(portal, dependencies, people.customer, f"/orders/ord_{people.case.order.id}")
    button = page.get_by_role("button", name="Send message")
    await button.focus()

    note = CommentText(text="It will be blue.", visibility=CommentVisibility.CUSTOMER)
    await people.case.move("comment", people.case.by_member, note)
    await expect(page.get_by_text("It will be blue.").first).to_be_visible()

    await expect(button).to_be_focused()


async def test_a_page_of_what_is_out_of_sight_now_says_that_there_is_nothing(
    portal: Portal, dependencies: Dependencies
) -> None:
    people = await everyone()
    await a_client_status(people.case, description="We are drawing.")
    page = await a_live_page(portal, dependencies, people.customer, f"/work/ord_{people.case.order.id}")

    await people.case.move("archive", STAFF)

    await expect(page.get_by_text("This page does not exist")).to_be_visible()


async def test_a_tab_nobody_looks_at_does_nothing(portal: Portal, dependencies: Dependencies) -> None:
    people = await everyone()
    page = await a_live_page(portal, dependencies, people.customer)

    await page.evaluate(HIDE_THE_TAB, True)
    await until_unsubscribed(dependencies)
    await a_client_status(people.case, description="We are drawing.")
    assert "We are drawing." not in await text_of(page)

    await page.evaluate(HIDE_THE_TAB, False)
    await expect(page.get_by_text("We are drawing.").first).to_be_visible()


async def test_whoever_signed_out_elsewhere_is_told_nothing_more(portal: Portal, dependencies: Dependencies) -> None:
    people = await everyone()
    page = await a_live_page(portal, dependencies, people.customer)
    other_tab = await page.context.new_page()
    await other_tab.goto("/")
    await other_tab.get_by_text("Petra Person").first.click()
    await other_tab.get_by_role("button", name="Sign out").click()

    await a_client_status(people.case, description="We are drawing.")
    await until_unsubscribed(dependencies)

    assert "We are drawing." not in await text_of(page)


async def test_a_page_comes_back_after_the_server_was_away(settings: Settings, database: str, browser: Browser) -> None:
    people = await everyone()
    dependencies = build_dependencies(settings)
    async with open_dependencies(dependencies), serving(dependencies) as address:
        page = await a_live_page(Portal(f"http://{address}", browser), dependencies, people.customer)
        await dependencies.change_feed.stop()
    await a_client_status(people.case, description="We are drawing.")

    again = build_dependencies(settings)
    async with open_dependencies(again), serving(again, port=int(address.partition(":")[2])):
        await expect(page.get_by_text("We are drawing.").first).to_be_visible()
        await page.context.close()


async def test_without_scripts_a_reload_shows_the_same(portal: Portal) -> None:
    people = await everyone()
    page = await portal.sign_in(people.customer, java_script_enabled=False)
    await a_client_status(people.case, description="We are drawing.")

    await page.reload()

    assert "We are drawing." in await text_of(page)


@pytest.mark.parametrize("role", [None, Role.MEMBER, Role.STAFF])
async def test_nobody_but_customers_is_told_anything(portal: Portal, role: Role | None) -> None:
    session = await a_session(await an_account(role)) if role else ""

    assert await the_first_kind_told(portal, session) == "ended"


async def test_not_a_word_is_said_of_what_is_hidden(
    portal: Portal, dependencies: Dependencies, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(visible_changes, "PAGE_REPLAY", timedelta(0))
    people = await everyone()
    await a_client_status(people.case, shown=False)
    foreign = await a_client_status((await everyone()).case)
    told = asyncio.ensure_future(the_first_kind_told(portal, await a_session(people.customer)))
    await until_subscribed(dependencies)

    await move_client_status(people.case, "update", StatusInput(label="PLANTED"))
    await move_client_status(foreign, "update", StatusInput(label="PLANTED"))
    await a_delivery(around=people.case)

    assert await told == "orders"


async def a_live_page(portal: Portal, dependencies: Dependencies, account: Account, path: str = "/") -> Page:
    """A page that is listened to, a while after what made its rows."""
    page = await portal.signed_in(account)
    await page.goto(path)
    await until_subscribed(dependencies)
    return page


async def until_subscribed(dependencies: Dependencies) -> None:
    async with asyncio.timeout(PATIENCE_SECONDS):
        while not dependencies.change_feed.has_subscribers:  # noqa: ASYNC110 - only tests wait for this
            await asyncio.sleep(0.05)


async def until_unsubscribed(dependencies: Dependencies) -> None:
    async with asyncio.timeout(PATIENCE_SECONDS):
        while dependencies.change_feed.has_subscribers:  # noqa: ASYNC110 - only tests wait for this
            await asyncio.sleep(0.05)


async def the_first_kind_told(portal: Portal, session: str) -> str:
    """The kind of the first change that the feed tells."""
    headers = {"cookie": f"{SESSION_COOKIE}={session}"} if session else {}
    client = AsyncClient(base_url=portal.address, timeout=PATIENCE_SECONDS)
    async with client, client.stream("GET", "/live", headers=headers) as response:
        async for line in response.aiter_lines():
            if line.startswith("data: "):
                return str(json.loads(line.removeprefix("data: "))["kind"])
    raise AssertionError("the feed ended without a word")
