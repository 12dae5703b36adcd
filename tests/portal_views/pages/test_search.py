"""The search: what each role finds, as a page and in the dialog of every page."""

import pytest
from playwright.async_api import expect

from domain.orders.model import OrderStatus
from domain.parties.model import Customer
from tests.makers.accounts import a_session
from tests.makers.orders import an_order
from tests.support.impersonation import visit
from tests.support.people import FAR, everyone
from tests.support.portal_browser import Portal
from tests.support.site import Site


@pytest.mark.parametrize("role", ["member", "staff", "finance", "admin", "customer"])
async def test_each_role_finds_what_it_may_see_and_has_pages_for(site: Site, role: str) -> None:
    people = await everyone(project="Lighthouse")
    await an_order(OrderStatus.ACTIVE, project="Lighthouse of another", offer_valid_until=FAR)
    await Customer.filter(id=people.case.customer.id).update(legal_name="Lighthouse Ltd")
    session = await a_session(getattr(people, role))

    page = await visit(site, session, "/search?text=lightHOUSE")

    order, customer = f"/orders/ord_{people.case.order.id}", f"/customers/cus_{people.case.customer.id}"
    assert f'href="{order}"' in page.text
    assert (f'href="{customer}"' in page.text) is (role != "customer")
    assert ("Lighthouse of another" in page.text) is (role in ("staff", "finance", "admin"))
    assert 'id="found-members"' not in page.text


async def test_a_hit_leads_to_the_form_of_an_open_action(site: Site) -> None:
    people = await everyone(OrderStatus.IN_REVIEW)
    session = await a_session(people.staff)

    part = await visit(site, session, f"/search?part=1&text={people.case.order.number}")

    assert f'href="/orders/ord_{people.case.order.id}#orderApprove-ord-{people.case.order.id}"' in part.text
    assert "<html" not in part.text


@pytest.mark.browser
async def test_the_search_opens_by_key_and_leads_to_an_order_without_a_mouse(portal: Portal) -> None:
    people = await everyone(project="Lighthouse")
    page = await portal.sign_in(people.staff)

    await page.keyboard.press("/")
    await page.keyboard.type("lightho")
    await expect(page.locator("#search-dialog a.hit")).to_have_count(1)
    await page.keyboard.press("ArrowDown")
    async with page.expect_navigation():
        await page.keyboard.press("Enter")

    assert page.url.endswith(f"/orders/ord_{people.case.order.id}")


@pytest.mark.browser
async def test_escape_closes_the_search_and_its_button_opens_it_again(portal: Portal) -> None:
    page = await portal.sign_in((await everyone()).member)

    await page.keyboard.press("Control+k")
    await expect(page.locator("#search-dialog-text")).to_be_focused()
    await page.keyboard.press("Escape")
    await expect(page.locator("#search-dialog")).to_be_hidden()
    await page.locator("a.find").click()

    await expect(page.locator("#search-dialog")).to_be_visible()


@pytest.mark.browser
async def test_without_scripts_the_search_is_a_page(portal: Portal) -> None:
    people = await everyone(project="Lighthouse")
    page = await portal.sign_in(people.staff, java_script_enabled=False)

    await page.locator("a.find").click()
    await page.locator("#search-text").fill("lighthouse")
    await page.get_by_role("button", name="Search", exact=True).first.click()

    assert await page.get_by_role("link", name="Lighthouse").first.is_visible()
    assert page.url.endswith("/search?text=lighthouse")
