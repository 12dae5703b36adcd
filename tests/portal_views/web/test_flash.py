"""Notices of what a form has done: told on the next page, once."""

import pytest

from api.auth.authentication import SESSION_COOKIE
from domain.kernel.actors import Role
from domain.kernel.ids import external
from domain.orders.model import OrderStatus
from portal_views.web.flash import NOTICE_COOKIE
from tests.makers.accounts import a_session, an_account
from tests.makers.orders import an_order
from tests.support.impersonation import follow, send, visit
from tests.support.people import FAR
from tests.support.site import Site

TOLD = 'class="notice" role="status" tabindex="-1" autofocus'


async def test_a_notice_is_told_on_the_next_page_and_taken_back(site: Site) -> None:
    case, session = (
        await an_order(OrderStatus.IN_REVIEW, offer_valid_until=FAR),
        await a_session(await an_account(Role.STAFF)),
    )
    path, order_id = f"/orders/{external('ord', case.order.id)}", external("ord", case.order.id)

    answer = await send(site, session, path, subject=order_id, mutation="orderApprove", key="once")
    page = await follow(site, session, answer)

    assert (answer.status_code, answer.headers["location"]) == (303, f"{path}?decided=1")
    assert TOLD in page.text
    assert f'{NOTICE_COOKIE}=""; HttpOnly; Max-Age=0' in page.headers["set-cookie"]
    assert TOLD not in (await visit(site, session, path)).text


@pytest.mark.parametrize("address", ["/?done=orderApprove", "/"])
async def test_neither_an_address_nor_a_foreign_cookie_makes_a_page_tell_something(site: Site, address: str) -> None:
    session = await a_session(await an_account(Role.STAFF))
    cookie = f"{SESSION_COOKIE}={session}; {NOTICE_COOKIE}=<b>orderVanish</b>"

    page = await site.client.get(address, headers={"cookie": cookie, "accept": "text/html"})

    assert page.status_code == 200
    assert 'class="notice"' not in page.text
    assert "orderVanish" not in page.text
