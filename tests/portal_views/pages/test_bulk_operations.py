"""Doing something to many orders in the portal: ticked or found by a filter, on trial first, with a result for each."""

from dataclasses import replace
from typing import Any

import pytest
from playwright.async_api import Page

from domain.accounts.model import Account
from domain.bulk.model import BulkKind, BulkMode, BulkOperation
from domain.client_status.model import ClientStatus, Visibility
from domain.kernel.actors import Role
from domain.orders.model import Assignment, Order, OrderStatus
from tests.makers.accounts import a_member_account, an_account
from tests.makers.bulk import hide_statuses
from tests.makers.client_status import a_client_status
from tests.makers.orders import Case, an_order
from tests.makers.parties import a_customer, a_member, acting_for_member
from tests.makers.pipelines import a_pipeline
from tests.makers.templates import a_status_template
from tests.makers.time import berlin
from tests.support.looks import DESKTOP_FIRST
from tests.support.page_flaws import flaws_of, flaws_on
from tests.support.people import FAR, everyone
from tests.support.portal_browser import Portal, notice, press, text_of, unfold

pytestmark = pytest.mark.browser
LOOK = "See what would change"


async def three_orders() -> list[Case]:
    """First, Second and Third of one member."""
    member, customer = await a_member(), await a_customer()
    facts: dict[str, Any] = {"member": member, "customer": customer, "offer_valid_until": FAR, "service_to": FAR}
    return [await an_order(OrderStatus.ACTIVE, project=name, **facts) for name in ("First", "Second", "Third")]


async def told(case: Case) -> tuple[Visibility, str]:
    status = await ClientStatus.get(id=case.order.id)
    return status.visibility, status.label_en


async def tick(page: Page, *cases: Case) -> None:
    for case in cases:
        await page.get_by_label(f"Select order {case.order.number}").check()


async def choose(page: Page, template: str) -> None:
    async with page.expect_navigation():
        await page.locator("button.choice", has_text=template).click()


async def tick_every(page: Page, words: str) -> None:
    """Select the rows of the page, and then all that the filter finds."""
    await page.get_by_label("Select all rows of this page").check()
    await page.get_by_label(words).check()


async def test_ticked_orders_get_a_status_without_script_after_a_trial(portal: Portal) -> None:
    first, second, third = await three_orders()
    page = await portal.signed_in(await an_account(Role.STAFF), java_script_enabled=False)
    await page.goto("/orders")

    await tick(page, first, second)
    await press(page, "Set status …")
    await choose(page, "In progress")
    assert "2 orders would change" in await text_of(page)
    assert "1 person gets one mail." in await text_of(page)
    assert await told(first) == (Visibility.HIDDEN, "")
    await press(page, "Set the status of 2 orders")

    assert "2 orders changed" in await text_of(page)
    assert [await told(case) for case in (first, second)] == [(Visibility.SHOWN, "In progress")] * 2
    assert await told(third) == (Visibility.HIDDEN, "")


async def test_all_that_a_filter_finds_are_changed(portal: Portal) -> None:
    orders = await three_orders()
    page = await portal.signed_in(await an_account(Role.STAFF))
    await page.goto("/orders?tab=active&search=ir")

    await tick_every(page, "all 2 orders that match")
    await press(page, "Set status …")
    await choose(page, "Planned")
    assert "2 orders would change" in await text_of(page)
    await press(page, "Set the status of 2 orders")

    assert [(await told(case))[1] for case in orders] == ["Planned", "", "Planned"]


async def test_without_any_filter_the_page_says_that_every_order_is_meant(portal: Portal) -> None:
    orders = await three_orders()
    await orders[2].move("archive", orders[2].by_member)
    page = await portal.signed_in(await an_account(Role.STAFF))
    await page.goto("/orders?tab=all")

    await tick_every(page, "all 2 orders; no filter is set")
    await press(page, "Set status …")
    assert "Every order that is not archived. No filter is set." in await text_of(page)
    await choose(page, "Planned")
    assert "Every order that is not archived. No filter is set." in await text_of(page)
    await press(page, "Set the status of 2 orders")

    assert [(await told(case))[1] for case in orders] == ["Planned", "Planned", ""]


async def test_what_runs_is_what_was_previewed_and_differences_are_named(portal: Portal) -> None:
    first, second, third = await three_orders()
    page = await portal.signed_in(await an_account(Role.STAFF))
    await page.goto("/orders?search=ir")
    await tick_every(page, "all 2 orders that match")
    await press(page, "Set status …")
    await choose(page, "Planned")
    await first.move("archive", first.by_member)
    await Order.filter(id=second.order.id).update(project="Bird")

    await press(page, "Set the status of 2 orders")

    assert [(await told(case))[1] for case in (first, second, third)] == ["", "", "Planned"]
    assert "1 order turned out differently than in the preview" in await text_of(page)
    await page.get_by_role("link", name="Other than previewed").click()
    assert "In the preview: Changed" in await page.locator("tbody tr").inner_text()


async def test_a_text_by_hand_can_be_changed_after_the_trial(portal: Portal) -> None:
    first, *_ = await three_orders()
    page = await portal.signed_in(await an_account(Role.STAFF))
    await page.goto("/orders")
    await tick(page, first)
    await press(page, "Set status …")

    await unfold(page, "Write by hand")
    form = page.locator("details", has_text="Write by hand")
    await form.locator("[name=label]").fill("At the printer")
    await form.get_by_role("button", name=LOOK).click()
    await page.get_by_role("button", name="Change the text").click()
    label = form.locator("[name=label]")
    assert await label.input_value() == "At the printer"
    await label.fill("At the binder")
    await form.get_by_role("button", name=LOOK).click()
    await press(page, "Set the status of 1 order")

    assert await told(first) == (Visibility.SHOWN, "At the binder")


async def test_a_mistake_in_the_text_is_said_before_anything_happens(portal: Portal) -> None:
    first, *_ = await three_orders()
    page = await portal.signed_in(await an_account(Role.STAFF))
    await page.goto("/orders")
    await tick(page, first)
    await press(page, "Set status …")

    form = page.locator("details", has_text="Write by hand")
    await unfold(page, "Write by hand")
    await form.locator("[name=label]").fill("At the printer")
    await form.locator("summary", has_text="Name, mail and duration").click()
    await form.locator("select[name=keptUntil]").select_option("DATE")
    await form.get_by_role("button", name=LOOK).click()

    assert "last day" in await page.get_by_role("alert").inner_text()
    assert await form.locator("[name=label]").input_value() == "At the printer"


async def test_the_trial_names_those_it_would_refuse_and_why(portal: Portal) -> None:
    first, second, _ = await three_orders()
    await a_status_template(label_de="Fällig {due}", label_en="Due {due}")
    second.order.delivery_due_at = berlin(2035, 1, 31, 12)
    await second.order.save(update_fields=["delivery_due_at"])
    page = await portal.signed_in(await an_account(Role.STAFF))
    await page.goto("/orders")

    await tick(page, first, second)
    await press(page, "Set status …")
    await choose(page, "Due {due}")
    refused = await page.locator(".refusals").inner_text()
    assert "{due} has no value" in refused
    assert "First" in refused
    await press(page, "Set the status of 1 order")

    await page.get_by_role("link", name="Not possible").click()
    assert await page.locator("tbody tr").count() == 1
    assert "First" in await page.locator("tbody tr").inner_text()


async def test_what_failed_is_tried_again(portal: Portal) -> None:
    first, second, _ = await three_orders()
    await a_status_template(label_de="Fällig {due}", label_en="Due {due}")
    page = await portal.signed_in(await an_account(Role.STAFF))
    second.order.delivery_due_at = berlin(2035, 1, 31, 12)
    await second.order.save(update_fields=["delivery_due_at"])
    await page.goto("/orders")
    await tick(page, first, second)
    await press(page, "Set status …")
    await choose(page, "Due {due}")
    await press(page, "Set the status of 1 order")

    first.order.delivery_due_at = berlin(2035, 2, 1, 12)
    await first.order.save(update_fields=["delivery_due_at"])
    await press(page, "Try the rest again")

    assert "1 order changed" in await text_of(page)
    assert (await told(first))[1] == "Due 1 Feb 2035"


async def test_statuses_are_hidden_for_many(portal: Portal) -> None:
    first, second, third = await three_orders()
    for case in (first, second):
        await a_client_status(case)
    page = await portal.signed_in(await an_account(Role.STAFF))
    await page.goto("/orders")

    await tick(page, first, second, third)
    await page.locator("#many-move").select_option("hide")
    await press(page, "Next")
    assert "2 orders would change" in await text_of(page)
    await press(page, "Hide the status of 2 orders")

    assert [(await told(case))[0] for case in (first, second)] == [Visibility.HIDDEN] * 2


async def test_the_order_list_moves_to_a_stage_too(portal: Portal) -> None:
    first, second, _ = await three_orders()
    await a_pipeline("Planned", "At work")
    page = await portal.signed_in(await an_account(Role.STAFF))
    await page.goto("/orders")

    await tick(page, first, second)
    await page.get_by_label("To the stage").select_option(label="At work")
    await press(page, "Move …")
    await press(page, "Move 2 orders")

    assert "in their new stage" in await notice(page)
    assert "/orders" in page.url


async def test_a_member_does_so_with_orders_of_their_own(portal: Portal) -> None:
    orders = await three_orders()
    other = await an_order(OrderStatus.ACTIVE, offer_valid_until=FAR, service_to=FAR)
    page = await portal.signed_in(await a_member_account(orders[0].member))
    await page.goto("/orders")

    await tick_every(page, "all 3 orders that match")
    await press(page, "Set status …")
    await choose(page, "Planned")
    await press(page, "Set the status of 3 orders")

    assert (await told(orders[0]))[1] == "Planned"
    assert (await told(other))[1] == ""
    assert await page.get_by_label("To the stage").count() == 0


async def test_results_come_in_the_order_of_the_list_and_belong_to_whoever_began(portal: Portal) -> None:
    first, second, third = await three_orders()
    ids = tuple(case.order.id for case in (third, first, second))
    account = await a_member_account(first.member)
    operation = await hide_statuses(ids, replace(acting_for_member(first.member), account_id=account.id))
    theirs = await portal.signed_in(account)
    others = await portal.signed_in(await a_member_account(await a_member()))

    await theirs.goto(f"/bulk/blk_{operation}")
    stranger = await others.goto(f"/bulk/blk_{operation}")

    assert [text.split("\n")[0] for text in await theirs.locator("td.first").all_inner_texts()] == [
        "Third",
        "First",
        "Second",
    ]
    assert stranger is not None
    assert stranger.status == 404


async def test_a_running_operation_shows_how_far_it_is_and_can_be_canceled(portal: Portal) -> None:
    first, second, third = await three_orders()
    account = await an_account(Role.STAFF)
    operation = await BulkOperation.create(
        kind=BulkKind.CLIENT_STATUS_HIDE,
        mode=BulkMode.PER_ITEM,
        dry_run=False,
        account_id=account.id,
        role=Role.STAFF,
        subject_ids=[case.order.id for case in (first, second, third)],
        asked={},
        total=3,
        created_at=berlin(2026, 4, 1, 10),
        leased_until=berlin(2035, 4, 1, 10),
    )
    page = await portal.signed_in(account)

    await page.goto(f"/bulk/blk_{operation.id}")
    assert "0 of 3 done" in await text_of(page)
    await press(page, "Cancel")

    assert "Canceled" in await notice(page)
    assert await page.locator(".chip", has_text="Not attempted").count() == 3


async def test_customers_edit_nothing_in_bulk_and_finance_no_orders(portal: Portal) -> None:
    people = await everyone()

    for account in (people.customer, people.finance):
        page = await portal.sign_in(account)
        if account is people.customer:
            answers = [await page.goto("/bulk"), await page.goto("/bulk/new")]
            assert [answer.status for answer in answers if answer] == [404, 404]
        await page.goto("/orders")
        assert await page.locator("#many").count() == 0


@DESKTOP_FIRST
async def test_pages_about_many_can_be_used_by_everybody(portal: Portal, size: dict[str, int], colors: str) -> None:
    first, second, _ = await three_orders()
    operation = await hide_statuses((first.order.id, second.order.id))
    page = await portal.sign_in(await an_account(Role.STAFF), size=size, color_scheme=colors)

    paths = ("/orders", "/bulk", f"/bulk/blk_{operation}")
    flaws = [flaw for path in paths for flaw in await flaws_of(page, path)]
    await page.goto("/orders")
    await tick(page, first)
    await press(page, "Set status …")
    flaws += await flaws_on(page)

    assert flaws == []


async def test_the_list_that_orders_were_ticked_in_is_found_again(portal: Portal) -> None:
    first, *_ = await three_orders()
    page = await portal.signed_in(await an_account(Role.STAFF))
    await page.goto("/orders?tab=all&search=First")

    await tick(page, first)
    await press(page, "Set status …")
    assert "search=First" in str(await page.locator("a.crumb").get_attribute("href"))
    await choose(page, "In progress")
    await page.locator("a.crumb").click()

    assert page.url.endswith("/orders?tab=all&search=First")


async def test_many_orders_are_sent_back_from_the_list_with_one_sentence(portal: Portal) -> None:
    facts: dict[str, Any] = {"offer_valid_until": FAR, "service_to": FAR}
    first, second = [await an_order(OrderStatus.IN_REVIEW, **facts) for _ in range(2)]
    page = await portal.signed_in(await an_account(Role.STAFF), java_script_enabled=False)
    await page.goto("/orders?tab=all")

    await tick(page, first, second)
    await page.locator("#many-move").select_option(label="Send back many")
    await press(page, "Next")
    await page.get_by_label("Comment").fill("Please name the quantities.")
    await press(page, LOOK)
    assert "2 orders would change" in await text_of(page)
    await press(page, "Send back many: 2 orders")

    operation = await BulkOperation.get(dry_run=False)
    assert (operation.kind, operation.applied) == (BulkKind.ORDER_SEND_BACK, 2)
    assert [(await Order.get(id=each.order.id)).status for each in (first, second)] == [OrderStatus.DRAFT] * 2


async def test_many_orders_are_assigned_from_the_list(portal: Portal) -> None:
    first, second, _ = await three_orders()
    colleague = await an_account(Role.STAFF)
    await Account.filter(id=colleague.id).update(name="Cora Colleague")
    page = await portal.signed_in(await an_account(Role.STAFF), java_script_enabled=False)
    await page.goto("/orders")

    await tick(page, first, second)
    await press(page, "Assign …")
    await page.locator("[name=accountIds-search]").fill("Cora")
    await press(page, "Search")
    await page.get_by_label("Cora Colleague").check()
    await press(page, LOOK)
    await press(page, "Assign many: 2 orders")

    assert await Assignment.filter(account_id=colleague.id).count() == 2


async def test_the_review_queue_approves_many_after_a_trial(portal: Portal) -> None:
    facts: dict[str, Any] = {"offer_valid_until": FAR, "service_to": FAR}
    first, second, third = [await an_order(OrderStatus.IN_REVIEW, **facts) for _ in range(3)]
    page = await portal.sign_in(await an_account(Role.STAFF))

    await tick(page, first, second)
    await page.locator("#many-move").select_option(label="Approve many")
    await press(page, "Next")
    await press(page, LOOK)
    assert "2 orders would change" in await text_of(page)
    await press(page, "Approve many: 2 orders")

    states = [(await Order.get(id=each.order.id)).status for each in (first, second, third)]
    assert states == [OrderStatus.AWAITING_CUSTOMER, OrderStatus.AWAITING_CUSTOMER, OrderStatus.IN_REVIEW]
