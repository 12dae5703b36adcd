"""The page of notifications, and the bell that leads to it."""

import pytest

from domain.accounts.model import Account
from domain.orders.inputs import RequiredComment
from domain.orders.model import OrderStatus
from domain.outbox.model import OutboxMessage
from portal_views.pages.account.notifications import target
from tests.makers.accounts import a_customer_account, a_member_account
from tests.makers.orders import Case, an_order
from tests.makers.parties import STAFF, a_member
from tests.support.looks import DESKTOP_FIRST
from tests.support.page_flaws import flaws_of
from tests.support.people import FAR
from tests.support.portal_browser import Portal

pytestmark = pytest.mark.browser


async def a_returned_order() -> tuple[Case, Account]:
    member = await a_member()
    account = await a_member_account(member)
    case = await an_order(OrderStatus.IN_REVIEW, member=member, offer_valid_until=FAR)
    await case.move("sendBack", STAFF, RequiredComment(comment="Please say more."))
    return case, account


async def test_the_bell_counts_and_leads_to_what_was_told(portal: Portal) -> None:
    case, member = await a_returned_order()
    page = await portal.sign_in(member)
    bell = page.locator(".bell")
    assert "1" in str(await bell.get_attribute("aria-label"))

    await bell.click()
    await page.locator(".notifications a").first.click()

    assert page.url.endswith(f"/orders/ord_{case.order.id}")


async def test_all_are_marked_as_read_with_one_button(portal: Portal) -> None:
    case, member = await a_returned_order()
    await case.move("submit", case.by_member)
    await case.move("approve", STAFF)
    page = await portal.signed_in(member)
    await page.goto("/notifications")

    await page.locator(".head button").click()
    await page.wait_for_load_state()

    assert not await OutboxMessage.filter(account_id=member.id, read_at=None).exists()
    assert await page.locator(".unread-count").count() == 0


async def test_a_customer_finds_the_offer(portal: Portal) -> None:
    case = await an_order(OrderStatus.AWAITING_CUSTOMER, offer_valid_until=FAR)
    page = await portal.signed_in(await a_customer_account(case.customer))
    await page.goto("/notifications")

    await page.locator(".notifications a").first.click()

    assert page.url.endswith(f"/orders/ord_{case.order.id}")


def test_a_notification_leads_only_where_its_reader_may_go() -> None:
    account = {"invoice": None, "order": None, "subjectKind": "account", "subjectId": "acc_1"}

    assert target("ADMIN", account) == "/accounts/acc_1"
    assert target("MEMBER", account) == ""
    assert target("STAFF", account | {"subjectId": None}) == ""


@DESKTOP_FIRST
async def test_everybody_can_use_the_page(portal: Portal, size: dict[str, int], colors: str) -> None:
    _, member = await a_returned_order()
    page = await portal.sign_in(member, size=size, color_scheme=colors)

    assert [
        flaw for path in ("/notifications", "/notifications?tab=unread") for flaw in await flaws_of(page, path)
    ] == []
