"""Every page of every role over the demo, in both languages and at three widths: axe and the browser find nothing."""

from collections.abc import AsyncIterator, Iterator, Sequence

import pytest
import pytest_asyncio
from playwright.async_api import Page

from domain.accounts.model import Account
from domain.database import clock
from domain.demo import seed
from portal_views.web.roles import OPERATOR_ROLES
from tests.makers.accounts import PASSWORD
from tests.makers.time import berlin
from tests.support.page_flaws import flaws_of
from tests.support.portal_browser import Portal
from tests.support.portal_paths import first_match, paths_of
from tests.support.servers import TestDatabase

pytestmark = [pytest.mark.browser, pytest.mark.every_page]
WIDTHS = (390, 1024, 1440)
# Shown to a role only in a situation that the demo does not show.
RARE: frozenset[tuple[str, str]] = frozenset()


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def demo(own_database: TestDatabase, pools: None) -> AsyncIterator[str]:
    """The URL of a database with the demo, which is seeded once and read by every test."""
    await clock.freeze(berlin(2026, 11, 20, 8, 30))
    await seed(PASSWORD)
    yield own_database.url
    await own_database.clean()


@pytest.fixture
def database(demo: str) -> str:
    """The database of the demo, which stays from one test to the next."""
    return demo


async def links_on(page: Page) -> Sequence[str]:
    """The paths that the links of a page lead to."""
    found: Sequence[str] = await page.evaluate("[...document.querySelectorAll('a[href]')].map(each => each.pathname)")
    return found


def unvisited(patterns: Sequence[str], links: Sequence[str], seen: set[str]) -> Iterator[tuple[str, str]]:
    """Patterns not seen yet, with a link that leads there."""
    for pattern in patterns:
        if pattern not in seen and (link := first_match(pattern, links)):
            yield pattern, link


@pytest.mark.parametrize("language", ["de", "en"])
@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("role", ["CUSTOMER", "MEMBER", *OPERATOR_ROLES])
async def test_every_page(portal: Portal, role: str, width: int, language: str) -> None:
    account = await Account.get(email=f"{role.lower()}@werkstand.example")
    await Account.filter(id=account.id).update(language=language)
    page = await portal.sign_in(account, size={"width": width, "height": 900})
    patterns, seen, flaws = paths_of(role), set[str](), list[str]()
    links = [path for path in patterns if "{" not in path]

    while found := next(unvisited(patterns, links, seen), None):
        pattern, path = found
        seen.add(pattern)
        flaws += await flaws_of(page, path)
        links += await links_on(page)

    assert flaws == []
    assert {(role, pattern) for pattern in patterns} - {(role, pattern) for pattern in seen} <= RARE
    assert await page.get_attribute("html", "lang") == language
