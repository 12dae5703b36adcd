"""Every page can be used by keyboard and screen reader, on a phone and in the dark, and runs no inline code."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

import pytest
from playwright.async_api import Page
from tortoise import connections

from domain.access.mailed_links import KEY_PURPOSE, token
from domain.access.model import Link, LinkPurpose
from domain.accounts.first_setup import KEY_PURPOSE as SETUP_PURPOSE
from domain.accounts.first_setup import setup_token
from domain.accounts.inputs import NewEmail
from domain.billing.model import InvoiceStatus
from domain.kernel.actors import Role
from domain.orders.inputs import DueProposal
from domain.orders.model import OrderStatus
from domain.self_service.profile import confirm_email
from settings import Settings
from tests.makers.accounts import PASSWORD, an_account
from tests.makers.billing import an_invoice, the_operator
from tests.makers.client_status import a_client_status
from tests.makers.deliveries import a_delivery
from tests.makers.invitations import an_invitation, by_link, by_themself, move_account, the_link
from tests.makers.supplements import customers_are_asked, propose
from tests.support.links import a_reply_token
from tests.support.page_flaws import flaws_of, flaws_on
from tests.support.people import (
    FAR,
    Everyone,
    a_review_link,
    a_status_link,
    an_offer_link,
    an_unsubscribe_address,
    everyone,
)
from tests.support.portal_browser import DESKTOP, PHONE, Portal, press
from tests.support.second_factors import an_app

pytestmark = [pytest.mark.browser, pytest.mark.long]
PAGES = {
    "member": (
        "/",
        "/orders",
        "/orders?tab=drafts",
        "/orders/new",
        "/orders/{order}",
        "/invoices/{invoice}",
        "/password",
        "/security",
        "/security/tokens/new",
        "/customers",
        "/membership",
    ),
    "customer": (
        "/",
        "/work",
        "/work/{order}",
        "/orders",
        "/orders/{order}",
        "/invoices",
        "/invoices/{invoice}",
        "/settings",
    ),
    "staff": (
        "/",
        "/orders?tab=all",
        "/orders/{order}",
        "/customers?tab=proposed",
        "/members",
        "/members/new",
        "/docs",
        "/docs/guide",
        "/docs/operations",
        "/docs/operations?q=order",
        "/docs/operations/Order",
    ),
    "finance": ("/", "/invoices", "/invoices/{invoice}", "/lines", "/lines/{line}"),
    "admin": (
        "/",
        "/accounts",
        "/accounts/{account}",
        "/accounts/invite",
        "/account",
        "/deadlines",
        "/deadlines?tab=coming",
        "/mails",
        "/audit",
        "/postings",
        "/register",
        "/health-overview",
        "/settings/operator",
        "/settings/operator/bookkeeping",
        "/members",
    ),
}


@dataclass(frozen=True)
class Look:
    """How a page is looked at."""

    size: Mapping[str, int]
    colors: Literal["light", "dark"]

    async def take(self, page: Page) -> None:
        await page.set_viewport_size({"width": self.size["width"], "height": self.size["height"]})
        await page.emulate_media(color_scheme=self.colors)


LOOKS = (Look(DESKTOP, "light"), Look(PHONE, "dark"))


async def a_busy_order() -> tuple[Everyone, dict[str, str]]:
    """An active order with a delivery, a shown status and an issued invoice, and the ids in its addresses."""
    await the_operator()
    people = await everyone()
    await a_client_status(people.case)
    await a_delivery(around=people.case)
    billed = await an_invoice(InvoiceStatus.PRINTED, case=people.case)
    (line,) = await billed.lines()
    ids = {"order": people.case.order.id, "invoice": billed.invoice.id, "line": line.id}
    named = {"order": f"ord_{ids['order']}", "account": f"acc_{people.staff.id}"}
    return people, {noun: f"{noun[:3]}_{id_}" for noun, id_ in ids.items()} | named


async def an_account_link(settings: Settings) -> str:
    """The path of a fresh invitation."""
    link = await the_link(await an_invitation())
    return f"/l/{token(link.id, LinkPurpose.INVITATION, settings.key(KEY_PURPOSE))}"


async def the_further_links(settings: Settings) -> list[str]:
    """The paths of links to set a new password, to answer a further invoice, and to answer a day of delivery."""
    await customers_are_asked()
    case = (await everyone()).case
    await propose(case, invoice_on=FAR)
    await case.move("proposeDue", case.by_member, DueProposal(due_on=FAR))
    account = await an_account(Role.STAFF)
    await move_account(account, "requestPasswordReset", by_themself(account))
    links = [await the_link(account, LinkPurpose.RESET)]
    links += [
        await Link.get(order_id=case.order.id, purpose=each) for each in (LinkPurpose.SUPPLEMENT, LinkPurpose.DUE)
    ]
    return [f"/l/{token(each.id, each.purpose, settings.key(KEY_PURPOSE))}" for each in links]


async def the_links_of_new_addresses(settings: Settings) -> list[str]:
    """The paths of links to confirm a new address, to undo its change, of one that is used, and of one that is void."""
    waiting, changed = await an_account(Role.STAFF), await an_account(Role.STAFF)
    for number, account in enumerate((waiting, changed)):
        new = NewEmail(email=f"new{number}@werkstand.example")
        await move_account(account, "requestEmailChange", by_themself(account), new)
    await confirm_email(await by_link(changed, LinkPurpose.EMAIL))
    links = [await the_link(waiting, LinkPurpose.EMAIL)]
    links += [await the_link(changed, purpose) for purpose in (LinkPurpose.EMAIL_UNDO, LinkPurpose.EMAIL)]
    return [*(f"/l/{token(each.id, each.purpose, settings.key(KEY_PURPOSE))}" for each in links), "/l/void"]


@pytest.mark.parametrize("first", [0, pytest.param(1, marks=pytest.mark.thorough)])
async def test_the_pages_of_every_role(portal: Portal, first: int) -> None:
    """Each page is judged in one of both looks, every other one in the same; the thorough test judges the others."""
    people, ids = await a_busy_order()

    flaws = []
    for who, paths in PAGES.items():
        page = await portal.signed_in(getattr(people, who))
        for number, path in enumerate(paths, first):
            await LOOKS[number % 2].take(page)
            flaws += await flaws_of(page, path.format(**ids))
        await page.context.close()

    assert flaws == []


@pytest.mark.parametrize("size", [DESKTOP, PHONE], ids=["desktop", "phone"])
async def test_the_pages_without_signing_in(portal: Portal, settings: Settings, size: dict[str, int]) -> None:
    offered = await everyone(OrderStatus.AWAITING_CUSTOMER)
    delivery = await a_delivery()
    page = await portal.page(size=size)

    flaws = await flaws_of(page, "/sign-in")
    flaws += await flaws_of(page, "/forgot-password")
    flaws += await flaws_of(page, await an_account_link(settings))
    flaws += await flaws_of(page, await an_offer_link(offered.case, settings))
    flaws += await flaws_of(page, await a_review_link(delivery, settings))
    flaws += await flaws_of(page, f"/l/{await a_reply_token(delivery.around, settings)}")
    flaws += await flaws_of(page, await an_unsubscribe_address(delivery.around, settings))

    assert flaws == []


@pytest.mark.parametrize("size", [DESKTOP, PHONE], ids=["desktop", "phone"])
async def test_the_pages_behind_a_status_link(portal: Portal, settings: Settings, size: dict[str, int]) -> None:
    case = await a_client_status((await everyone()).case)
    link, page = await a_status_link(case, settings), await portal.page(size=size)

    flaws = await flaws_of(page, link)
    flaws += await flaws_of(page, f"{link}?work=ord_{case.order.id}")
    await connections.get("default").execute_query("UPDATE links SET expires_at = clock_timestamp()")
    await page.goto(link)
    flaws += await flaws_on(page)

    assert flaws == []


@pytest.mark.parametrize("size", [DESKTOP, PHONE], ids=["desktop", "phone"])
async def test_the_first_setup_and_the_pages_of_further_links(
    portal: Portal, settings: Settings, size: dict[str, int]
) -> None:
    page = await portal.page(size=size)
    flaws = await flaws_of(page, f"/first-run/{setup_token(settings.key(SETUP_PURPOSE))}")

    for path in await the_further_links(settings):
        flaws += await flaws_of(page, f"{path}?lang=de")

    assert flaws == []


@pytest.mark.parametrize("size", [DESKTOP, PHONE], ids=["desktop", "phone"])
async def test_the_second_step_of_a_sign_in(portal: Portal, size: dict[str, int]) -> None:
    account = await an_account(Role.STAFF)
    await an_app(account)
    page = await portal.page(size=size)
    await page.goto("/sign-in")
    await page.fill("#email", account.email)
    await page.fill("#password", PASSWORD)
    await press(page, "Sign in")

    assert page.url.startswith(f"{portal.address}/sign-in/second-factor")
    assert await flaws_on(page) == []


@pytest.mark.thorough
@pytest.mark.parametrize("size", [DESKTOP, PHONE], ids=["desktop", "phone"])
async def test_the_pages_that_few_people_meet(portal: Portal, settings: Settings, size: dict[str, int]) -> None:
    await the_operator(imprint_de="Werkhof 1", privacy_de="Wenig", support_contact="hilfe@werkstand.example")
    stranger = await portal.page(size=size)
    flaws = []
    for path in (*await the_links_of_new_addresses(settings), "/imprint?lang=de", "/privacy?lang=de", "/nowhere"):
        await stranger.goto(path)
        flaws += await flaws_on(stranger)

    administrator = await portal.sign_in(await an_account(Role.ADMIN), size=size)
    for path in ("/security/accounts", "/security/confirm", "/search?q=AF"):
        flaws += await flaws_of(administrator, path)
    beginner = await portal.sign_in(await an_account(Role.STAFF, must_change_password=True), size=size)
    flaws += await flaws_on(beginner)
    await the_operator(staff_second_factor_required=True)
    unprotected = await portal.sign_in(await an_account(Role.ADMIN), size=size)
    flaws += await flaws_on(unprotected)

    assert flaws == []
    assert (beginner.url, unprotected.url) == (f"{portal.address}/password", f"{portal.address}/security")


async def test_the_first_stop_of_the_tab_key_skips_to_the_content(portal: Portal) -> None:
    people = await everyone()
    page = await portal.sign_in(people.staff)

    await page.keyboard.press("Tab")
    await page.keyboard.press("Enter")

    assert page.url.endswith("#main")
    assert await page.evaluate("document.activeElement.id") == "main"


async def test_pages_need_no_code_of_their_own(portal: Portal) -> None:
    people, ids = await a_busy_order()
    page = await portal.signed_in(people.member)

    await page.goto(f"/orders/{ids['order']}")

    assert await page.locator("script:not([src]), style, [style], [onclick]").count() == 0
