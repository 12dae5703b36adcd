"""Drafts of orders: saved while they are filled in, with sums by the server's rule, and submitted with one button."""

import re
from typing import Any

import pytest
from httpx2 import Response
from playwright.async_api import expect

from domain.claims.model import Claim
from domain.deliveries.model import DeliveryStatus, DeliveryVersion
from domain.kernel.ids import external
from domain.orders.model import Comment, CommentVisibility, Order, OrderStatus
from tests.makers.accounts import a_member_account, a_session
from tests.makers.deliveries import a_delivery
from tests.makers.orders import an_order
from tests.makers.receivables import a_receivable
from tests.support.impersonation import send, visit
from tests.support.people import FAR, Everyone, everyone
from tests.support.portal_browser import Portal, press
from tests.support.site import Site

ROW = "plannedInvoices-0-"
PLAN = {f"{ROW}text": "Work", f"{ROW}quantity": "3", f"{ROW}unitPrice": "0.3333", f"{ROW}vatCategory": "STANDARD"}


def form_of(people: Everyone, **typed: str) -> dict[str, str | list[str]]:
    order = people.case.order
    assert order.contact_id is not None
    given = {"subject": external("ord", order.id), "mutation": "orderAmend", "version": str(order.version)}
    contact = f"{external('cus', people.case.customer.id)}|{external('con', order.contact_id)}"
    whole = {"project": "Logo", "serviceFrom": "01/04/2031", "serviceTo": "30/04/2031", "contact": contact}
    return {**given, "key": "a", "reviewLength": "3", "offerValidUntil": "01/05/2031", **whole, **PLAN, **typed}


async def save(site: Site, people: Everyone, **typed: str) -> Response:
    return await send(site, await a_session(people.member), "/drafts/save", **form_of(people, **typed))


async def test_a_draft_is_saved_and_told_what_it_comes_to_and_still_needs(site: Site) -> None:
    people = await everyone(OrderStatus.DRAFT)

    told: dict[str, Any] = (await save(site, people)).json()

    await people.case.order.refresh_from_db()
    order = people.case.order
    assert re.fullmatch(r"saved \d\d:\d\d", told["said"])
    assert (order.project, order.net_cents, order.vat_cents) == ("Logo", 100, 19)
    assert (told["figures"]["net"], told["figures"]["gross"]) == ("€1.00", "€1.19")
    assert told["fields"]["version"] == order.version
    assert told["missing"] == [{"text": "A planned invoice has no date yet.", "field": "plannedInvoices"}]


async def test_a_draft_that_was_saved_elsewhere_is_not_overwritten(site: Site) -> None:
    people = await everyone(OrderStatus.DRAFT)
    assert (await save(site, people)).status_code == 200

    late = await save(site, people, project="Older", key="b")

    await people.case.order.refresh_from_db()
    assert (late.status_code, people.case.order.project) == (409, "Logo")


async def test_a_delivery_saves_itself_and_its_next_action_goes_with_the_version_that_is_told(site: Site) -> None:
    people = await everyone()
    delivery, session = await a_delivery(DeliveryStatus.DRAFT, around=people.case), await a_session(people.member)
    row = {"subject": external("del", delivery.id), "mutation": "deliveryDescribe", "key": "a"}
    seen = str(delivery.delivery.version)

    told = await send(site, session, "/drafts/save-delivery", version=seen, description="Half of it.", **row)
    late = await send(site, session, "/drafts/save-delivery", version=seen, description="Old.", **{**row, "key": "b"})

    await delivery.delivery.refresh_from_db()
    assert (told.status_code, late.status_code) == (200, 409)
    assert delivery.delivery.draft_description == "Half of it."
    assert told.json()["fields"]["version"] == delivery.delivery.version


async def test_a_claim_saves_itself_once_it_can_be_saved(site: Site) -> None:
    case = await an_order(OrderStatus.ACTIVE, offer_valid_until=FAR, service_to=FAR)
    await a_receivable("595.00", case=case)
    session = await a_session(await a_member_account(case.member))
    row = {"subject": "", "mutation": "claimCreate", "version": "", "kind": "PAYOUT", "key": "a"}

    too_early = await send(site, session, "/drafts/save-claim", purpose="", amount="", **row)
    told = await send(site, session, "/drafts/save-claim", purpose="Payout for May", amount="20", **row)

    claim = await Claim.get()
    assert (too_early.status_code, told.status_code) == (422, 200)
    assert (claim.purpose, told.json()["address"]) == ("Payout for May", f"/claims/{external('clm', claim.id)}/edit")


async def test_the_sums_follow_the_form_by_the_rule_of_the_saved_draft(site: Site) -> None:
    people = await everyone(OrderStatus.DRAFT)
    session = await a_session(people.member)
    repeated = {f"{ROW}invoiceOn": "31/01/2031", f"{ROW}repeats": "MONTHLY", f"{ROW}repeatCount": "3"}
    typed = form_of(people, **repeated, **{f"{ROW}unitPrice": "10.05", f"{ROW}quantity": "1"})

    figures = (await send(site, session, "/drafts/figures", **typed)).json()["figures"]
    saved = (await send(site, session, "/drafts/save", **typed)).json()["figures"]

    assert figures == saved
    assert (figures["net"], figures["budgetInflow"], figures["invoices"]) == ("€30.15", "€27.45", "3 invoices")


async def test_one_button_saves_and_submits(site: Site) -> None:
    people = await everyone(OrderStatus.DRAFT)
    session, order = await a_session(people.member), people.case.order
    path = f"/orders/{external('ord', order.id)}/edit"

    refused = await send(site, session, path, do="submit", **form_of(people))
    page = await visit(site, session, refused.headers["location"])
    await order.refresh_from_db()
    assert "Saved, but not submitted yet." in page.text
    assert "<title>Error:" in page.text
    assert (order.project, order.status) == ("Logo", OrderStatus.DRAFT)
    dated = form_of(people, key="b", **{f"{ROW}invoiceOn": "1.5.2031"})
    done = await send(site, session, path, do="submit", **dated)

    await order.refresh_from_db()
    assert done.headers["location"] == f"/orders/{external('ord', order.id)}"
    assert order.status is OrderStatus.IN_REVIEW


async def test_the_first_button_of_staff_writes_an_internal_comment(site: Site) -> None:
    people = await everyone()
    session, path = await a_session(people.staff), f"/orders/{external('ord', people.case.order.id)}"

    page = (await visit(site, session, path)).text
    readers = re.findall(r'name="visibility" value="(\w+)">([^<]+)', page)
    form = {"subject": external("ord", people.case.order.id), "mutation": "orderComment", "text": "Between us."}
    await send(site, session, path, visibility=readers[0][0], key="a", **form)

    assert readers[0] == ("INTERNAL", "Note internally (operator only)")
    assert (await Comment.get(order_id=people.case.order.id)).visibility is CommentVisibility.INTERNAL


@pytest.mark.browser
async def test_a_draft_saves_itself_while_it_is_filled_in(portal: Portal) -> None:
    people = await everyone()
    page = await portal.signed_in(people.member)
    await page.goto("/orders/new")

    await page.get_by_label("Project", exact=True).fill("By itself")
    await page.get_by_label("Text").fill("Work")
    await page.get_by_label("Net unit price").fill("500")
    await expect(page.locator("[data-figure=gross]")).to_have_text("€595.00")
    await page.get_by_role("button", name="One more row").click()
    await expect(page.get_by_label("Text").nth(1)).to_be_focused()
    await expect(page.locator("#draft-said")).to_contain_text("saved")
    await page.get_by_label("Service until").fill("31/12/2031")
    await press(page, "Save draft")

    order = await Order.get(project="By itself")
    assert order.net_cents + order.vat_cents == 59_500
    assert str(order.service_to) == "2031-12-31"
    assert page.url.endswith(f"/orders/ord_{order.id}")


@pytest.mark.browser
async def test_a_delivery_is_made_of_what_was_typed_a_moment_ago(portal: Portal) -> None:
    people = await everyone()
    delivery = await a_delivery(DeliveryStatus.DRAFT, around=people.case)
    await delivery.move("describe")
    page = await portal.signed_in(people.member)
    await page.goto(f"/orders/{external('ord', people.case.order.id)}")

    form = page.locator("form[data-draft]")
    await form.locator("[name=description]").fill("First, saved by itself.")
    await expect(page.locator("#draft-said")).to_contain_text("saved")
    await form.locator("[name=description]").fill("Then, in a hurry.")
    async with page.expect_navigation():
        await form.locator("button[value=deliver]").click()

    version = await DeliveryVersion.get(delivery_id=delivery.id)
    assert version.description == "Then, in a hurry."
