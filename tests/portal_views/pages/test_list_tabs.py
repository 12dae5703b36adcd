"""The tabs of lists: a search, a filter and an order survive a change of tab."""

import html
import re

import pytest

from domain.kernel.actors import Role
from tests.makers.accounts import a_session, an_account
from tests.support.impersonation import visit
from tests.support.site import Site

TABS = re.compile(r'<nav class="tabs".*?</nav>', re.DOTALL)
LISTS = ("orders", "customers", "members", "accounts", "invoices", "lines", "receivables", "claims", "budgets", "bank")


@pytest.mark.parametrize("name", LISTS)
async def test_another_tab_keeps_what_is_searched_for(site: Site, name: str) -> None:
    session = await a_session(await an_account(Role.ADMIN))

    page = (await visit(site, session, f"/{name}?search=R%26D+Blume&sort=-number")).text

    links = [html.unescape(each) for each in re.findall(r'href="([^"]*)"', TABS.search(page)[0])]  # type: ignore[index]
    assert len(links) >= 2
    assert all("search=R%26D+Blume" in each and "sort=-number" in each for each in links)
