"""Faults in the documents that pages run."""

import pytest
from starlette.requests import Request
from structlog.testing import capture_logs

from api.auth.authentication import SESSION_COOKIE
from domain.kernel.actors import Role
from portal_views.web.page_context import PageContext, QueryFailed
from tests.makers.accounts import a_session, an_account
from tests.support.site import Site


async def test_a_fault_on_a_page_is_logged_under_the_request_id_that_the_page_shows(site: Site) -> None:
    page = await a_page_request(site, request_id="page-0815")

    with capture_logs() as logged, pytest.raises(QueryFailed):
        await page.execute("{ broken }", {})

    assert [entry["request_id"] for entry in logged if entry["event"] == "graphql fault"] == ["page-0815"]


async def a_page_request(site: Site, *, request_id: str) -> PageContext:
    """A staff member's request of a page, under this id."""
    session = await a_session(await an_account(Role.STAFF))
    cookie = (b"cookie", f"{SESSION_COOKIE}={session}".encode())
    scope = {"type": "http", "method": "GET", "path": "/", "query_string": b"", "headers": [cookie]}
    request = Request(scope | {"state": {"request_id": request_id}})
    pages = site.dependencies.pages
    visitor = await pages.auth.visitor(request)
    assert visitor is not None
    return PageContext(request=request, dependencies=pages, visitor=visitor, language=visitor.language)
