"""GraphiQL in a browser: queries and subscriptions with the visitor's own session."""

import pytest
from graphql import build_schema, parse, validate
from playwright.async_api import Page, expect

from api.developer.graphiql import example_queries
from domain.kernel.actors import Role
from domain.orders.inputs import CommentText
from domain.orders.model import OrderStatus
from schema.api_schema import SchemaName
from schema.sdl_export import FOLDER
from tests.makers.accounts import a_customer_account, an_account
from tests.makers.orders import an_order
from tests.makers.time import berlin
from tests.support.polling import it_happens
from tests.support.portal_browser import Portal
from tests.support.site import Site

EXECUTE = "Execute query (Ctrl-Enter)"


@pytest.mark.parametrize("name", ["operations", "portal"])
def test_every_example_fits_its_schema(name: SchemaName) -> None:
    schema = build_schema((FOLDER / f"{name}.graphql").read_text("utf-8"))

    assert len(example_queries(name)) >= 3
    assert [validate(schema, parse(text)) for text in example_queries(name)] == [[] for _ in example_queries(name)]


async def test_the_anonymous_are_sent_to_sign_in(site: Site) -> None:
    response = await site.client.get("/graphiql", headers={"accept": "text/html"})

    assert response.status_code == 303
    assert response.headers["location"].startswith("/sign-in?next=")


@pytest.mark.browser
async def test_staff_run_a_query_of_the_first_tab(portal: Portal) -> None:
    case = await an_order(OrderStatus.IN_REVIEW)
    page, violations = await opened(portal, await portal.sign_in(await an_account(Role.STAFF)))

    await page.get_by_role("button", name=EXECUTE).click()

    await expect(page.locator(".result-window")).to_contain_text(case.order.number)
    assert violations == []


@pytest.mark.browser
@pytest.mark.frozen_clock(berlin(2026, 4, 1, 10))
async def test_a_subscription_shows_what_happens(portal: Portal) -> None:
    case = await an_order(OrderStatus.ACTIVE)
    page, violations = await opened(portal, await portal.sign_in(await an_account(Role.STAFF)))
    await page.get_by_role("tab", name="OrderChanged").click()
    await page.get_by_role("button", name=EXECUTE).click()

    async def a_change_is_shown() -> bool:
        """Changes that are made before the subscription has begun are not told."""
        await case.move("comment", case.by_member, CommentText(text="A thought."))
        return case.order.number in await page.locator(".result-window").inner_text()

    await it_happens(a_change_is_shown)
    assert violations == []


@pytest.mark.browser
@pytest.mark.frozen_clock(berlin(2026, 4, 1, 10))
async def test_a_customer_works_on_the_portal_s_schema(portal: Portal) -> None:
    case = await an_order(OrderStatus.ACTIVE)
    page, _ = await opened(portal, await portal.sign_in(await a_customer_account(case.customer)))

    await page.get_by_role("button", name=EXECUTE).click()

    assert "Portal" in await page.locator("h1").inner_text()
    await expect(page.locator(".result-window")).to_contain_text("nextSteps")


@pytest.mark.browser
async def test_the_panels_of_the_workbench_obey_its_policy(portal: Portal) -> None:
    page, violations = await opened(portal, await portal.sign_in(await an_account(Role.STAFF)))

    await page.get_by_role("button", name="Show Documentation Explorer").click()
    await page.get_by_role("link", name="Query").first.click()
    await page.get_by_role("button", name="Open settings dialog").click()

    await expect(page.get_by_role("dialog")).to_be_visible()
    assert violations == []


async def opened(portal: Portal, page: Page) -> tuple[Page, list[str]]:
    """The workbench, and what the browser complains of while it is used."""
    violations: list[str] = []
    page.on("console", lambda message: violations.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: violations.append(str(error)))
    await page.goto("/graphiql")
    await page.locator(".graphiql-query-editor .CodeMirror").wait_for()
    return page, violations
