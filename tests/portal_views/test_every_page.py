"""Every page of every role over the demo, in both languages and at three widths: axe and the browser find nothing."""

from collections import Counter
from collections.abc import AsyncIterator, Sequence

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
from tests.support.portal_paths import leads_to, paths_of
from tests.support.servers import TestDatabase

pytestmark = [pytest.mark.browser, pytest.mark.every_page]
WIDTHS = (390, 1024, 1440)
ROLES = ("CUSTOMER", "MEMBER", *OPERATOR_ROLES)
# A page about a person that the link names.
LINKED_ONLY = "/accounts/invite"
# How many pages of kinds that were seen already are opened for their links, before a page counts as not shown.
FURTHER_LOOKS = 60


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


def match(patterns: Sequence[str], links: Sequence[str]) -> tuple[str, str] | None:
    """The first pattern that a link leads to, with this link."""
    return next(((each, link) for each in patterns for link in links if leads_to(link, each)), None)


async def links_on(page: Page) -> Sequence[str]:
    """The paths and queries that the links of a page lead to."""
    found: Sequence[str] = await page.evaluate(
        "[...document.querySelectorAll('main a[href]')].map(each => each.pathname + each.search)"
    )
    return found


class Walk:
    """Opens each kind of page of a role once, all of which the demo shows, and collects what is wrong with it."""

    def __init__(self, page: Page, role: str) -> None:
        self.page, self.role = page, role
        self.patterns = sorted(paths_of(role), key=lambda path: "{" not in path)
        self.unseen = list(self.patterns)
        self.links = [path for path in self.patterns if "{" not in path and (path != LINKED_ONLY or role == "ADMIN")]
        self.opened = set[str]()
        self.flaws: list[str] = []

    async def go(self) -> None:
        """Open pages until all are seen, or nothing new leads on."""
        looks = Counter[str]()
        while self.unseen and looks.total() < FURTHER_LOOKS:
            new = [link for link in self.links if link not in self.opened]
            if found := match(self.unseen, new):
                await self._examine(*found)
            elif further := match(sorted(self.patterns, key=lambda each: looks[each] / self._promise(each)), new):
                pattern, link = further
                looks[pattern] += 1
                await self.page.goto(link)
                await self._note(link)
            else:
                break

    def _promise(self, pattern: str) -> int:
        """Pages above those that are still unseen are looked at more often than others."""
        return 4 if any(each.startswith(f"{pattern}/") for each in self.unseen) else 1

    async def _examine(self, pattern: str, link: str) -> None:
        self.unseen.remove(pattern)
        self.flaws += await flaws_of(self.page, link)
        await self._note(link)

    async def _note(self, link: str) -> None:
        self.opened.add(link)
        self.links += [each for each in await links_on(self.page) if each not in self.links]


@pytest.mark.parametrize("language", ["de", "en"])
@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("role", ROLES)
async def test_every_page(portal: Portal, role: str, width: int, language: str) -> None:
    account = await Account.get(email=f"{role.lower()}@werkstand.example")
    await Account.filter(id=account.id).update(language=language)
    page = await portal.sign_in(account, size={"width": width, "height": 900})
    walk = Walk(page, role)

    await walk.go()

    assert walk.flaws == []
    assert walk.unseen == []
    assert await page.get_attribute("html", "lang") == language
