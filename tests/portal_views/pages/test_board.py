"""The board in the portal: its columns and filters, and moving cards by form, by mouse and many at once."""

from typing import Any
from uuid import UUID

import pytest
from playwright.async_api import Page, expect

from domain.accounts.model import OrderAccess
from domain.automations.model import AutomationAction
from domain.client_status.model import ClientStatus, Visibility
from domain.kernel.actors import Role
from domain.orders.inputs import Assignees
from domain.orders.model import Order, OrderStatus
from tests.makers.accounts import an_account
from tests.makers.automations import an_automation, the_template
from tests.makers.client_status import a_client_status
from tests.makers.orders import Case, an_order
from tests.makers.parties import STAFF
from tests.makers.pipelines import a_pipeline, a_stage, enter, ids_of
from tests.support.looks import PHONE_FIRST
from tests.support.page_flaws import flaws_of
from tests.support.people import FAR, everyone
from tests.support.portal_browser import Portal, notice, press, text_of, unfold

pytestmark = pytest.mark.browser


async def a_board(*, limit: int | None = None) -> list[UUID]:
    """A pipeline with two stages, the second perhaps with a limit; gives their ids."""
    return await ids_of(await a_pipeline(a_stage("Planned"), a_stage("At work", card_limit=limit)))


async def a_card(stage_id: UUID, project: str, **facts: Any) -> Case:
    case = await an_order(OrderStatus.ACTIVE, project=project, offer_valid_until=FAR, service_to=FAR, **facts)
    await enter(case, stage_id, despite_limit=True)
    return case


async def it_shows_in_progress(stage_id: UUID) -> None:
    """An automation shows every order that enters this stage to its customer as in progress."""
    template = await the_template("In progress")
    facts: dict[str, Any] = {
        "action": AutomationAction.SET_TEMPLATE,
        "template_id": template.id,
        "visibility": Visibility.SHOWN,
    }
    await an_automation("order.enterStage", name="Tell the client", stage_id=stage_id, **facts)


async def stage_of(case: Case) -> UUID | None:
    stage_id: UUID | None = (await Order.get(id=case.order.id)).stage_id
    return stage_id


async def visibility_of(case: Case) -> Visibility:
    return (await ClientStatus.get(id=case.order.id)).visibility


async def move_by_form(page: Page, project: str, stage: str) -> None:
    """Choose a stage on a card and go on to what would happen."""
    card = page.locator(".card", has_text=project)
    await card.get_by_role("button", name="Menu of order").click()
    await card.get_by_label("To the stage").select_option(label=stage)
    async with page.expect_navigation():
        await card.get_by_role("button", name="Continue").click()


async def drag(page: Page, project: str, stage: str) -> None:
    """Take a card with the mouse and let it go above another column."""
    card, column = page.locator(".card", has_text=project), page.get_by_role("region", name=stage, exact=True)
    async with page.expect_navigation():
        await card.locator("p.ids").drag_to(column.locator("ol"))


async def lift(page: Page, project: str, *keys: str) -> None:
    """Take a card with the space bar, and press further keys."""
    await page.locator(".card", has_text=project).locator("a[data-card]").focus()
    for key in (" ", *keys):
        await page.keyboard.press(key)


async def columns(page: Page) -> dict[str, list[str]]:
    """The projects on the board by the name of their stage."""
    found = {}
    for column in await page.locator(".column").all():
        found[await column.locator("h2").inner_text()] = await column.locator(".card h3").all_inner_texts()
    return found


async def test_a_board_that_is_not_there_yet_says_how_to_begin(portal: Portal) -> None:
    page = await portal.signed_in(await an_account(Role.STAFF))

    await page.goto("/board")

    assert "There is no board yet" in await text_of(page)
    await page.get_by_role("link", name="Create a pipeline").click()
    assert "/setup/pipelines" in page.url


async def test_the_columns_hold_their_cards_and_warn_beyond_the_limit(portal: Portal) -> None:
    planned, at_work = await a_board(limit=1)
    await a_card(planned, "First", tags=("print",))
    for project in ("Second", "Third"):
        await a_client_status(await a_card(at_work, project))
    page = await portal.signed_in(await an_account(Role.STAFF))

    await page.goto("/board")

    assert await columns(page) == {"Planned": ["First"], "At work": ["Second", "Third"]}
    full = await page.get_by_role("region", name="At work", exact=True).inner_text()
    assert "Too full" in full
    assert "In progress" in full
    assert "print" in await page.locator(".card", has_text="First").inner_text()


async def test_a_card_is_moved_without_script_after_its_automations_were_seen(portal: Portal) -> None:
    planned, at_work = await a_board()
    case = await a_card(planned, "First")
    await it_shows_in_progress(at_work)
    page = await portal.signed_in(await an_account(Role.STAFF), java_script_enabled=False)
    await page.goto("/board")

    await move_by_form(page, "First", "At work")
    assert "Applies to 1 order here" in await text_of(page)
    assert await stage_of(case) == planned
    await press(page, "Move 1 order")

    assert await columns(page) == {"Planned": [], "At work": ["First"]}
    assert "in its new stage" in await notice(page)
    assert await visibility_of(case) is Visibility.SHOWN


async def test_what_was_deselected_does_not_run(portal: Portal) -> None:
    planned, at_work = await a_board()
    case = await a_card(planned, "First")
    await it_shows_in_progress(at_work)
    page = await portal.signed_in(await an_account(Role.STAFF))
    await page.goto("/board")

    await move_by_form(page, "First", "At work")
    await page.get_by_label("Tell the client").uncheck()
    await press(page, "Move 1 order")

    assert await stage_of(case) == at_work
    assert await visibility_of(case) is Visibility.HIDDEN


async def test_a_dragged_card_moves_at_once_where_nothing_runs(portal: Portal) -> None:
    planned, at_work = await a_board()
    case = await a_card(planned, "First")
    page = await portal.signed_in(await an_account(Role.STAFF))
    await page.goto("/board")

    await drag(page, "First", "At work")

    assert await columns(page) == {"Planned": [], "At work": ["First"]}
    assert await stage_of(case) == at_work


async def test_a_card_is_moved_by_keys_and_the_move_is_undone(portal: Portal) -> None:
    planned, at_work = await a_board()
    case = await a_card(planned, "First")
    page = await portal.signed_in(await an_account(Role.STAFF))
    await page.goto("/board")

    await lift(page, "First", "ArrowRight", "Escape")
    assert "stays where it was" in await page.locator("#board-said").inner_text()
    async with page.expect_navigation():
        await lift(page, "First", "ArrowRight", "Enter")
    assert await stage_of(case) == at_work
    assert "undo" not in page.url
    await press(page, "Undo")

    assert await columns(page) == {"Planned": ["First"], "At work": []}
    assert "Back in the stage before" in await notice(page)


async def test_a_dragged_card_asks_first_where_something_runs(portal: Portal) -> None:
    planned, at_work = await a_board()
    case = await a_card(planned, "First")
    await it_shows_in_progress(at_work)
    page = await portal.signed_in(await an_account(Role.STAFF))
    await page.goto("/board")

    await drag(page, "First", "At work")

    assert "Tell the client" in await text_of(page)
    assert await stage_of(case) == planned


async def test_a_full_stage_refuses_until_somebody_insists(portal: Portal) -> None:
    planned, at_work = await a_board(limit=1)
    case = await a_card(planned, "First")
    await a_card(at_work, "Second")
    page = await portal.signed_in(await an_account(Role.STAFF))
    await page.goto("/board")

    await drag(page, "First", "At work")
    assert "already holds as many cards" in await text_of(page)
    await page.get_by_label("Move despite the limit").check()
    await press(page, "Move")

    assert await stage_of(case) == at_work


async def test_ticked_cards_move_together(portal: Portal) -> None:
    planned, _ = await a_board()
    cases = [await a_card(planned, project) for project in ("First", "Second", "Third")]
    page = await portal.signed_in(await an_account(Role.STAFF))
    await page.goto("/board")

    for case in cases[:2]:
        await page.get_by_label(f"Select order {case.order.number}").check()
    assert "2 selected" in await text_of(page)
    await page.locator("#many-stage").select_option(label="At work")
    await press(page, "Move …")
    await press(page, "Move 2 orders")

    assert await columns(page) == {"Planned": ["Third"], "At work": ["First", "Second"]}


async def test_nothing_moves_when_nothing_was_ticked(portal: Portal) -> None:
    _, at_work = await a_board()
    page = await portal.signed_in(await an_account(Role.STAFF), java_script_enabled=False)
    await page.goto("/board")

    await page.locator("#many-stage").select_option(f"stg_{at_work}")
    await press(page, "Move …")

    assert "select at least one order" in await page.get_by_role("alert").inner_text()


async def test_filters_live_in_the_address_and_can_be_dropped(portal: Portal) -> None:
    planned, _ = await a_board()
    await a_card(planned, "First", tags=("print",))
    await a_client_status(await a_card(planned, "Second"))
    page = await portal.signed_in(await an_account(Role.STAFF))
    await page.goto("/board")

    await unfold(page, "Filters")
    await page.get_by_label("Status for the client").select_option("SHOWN")
    await press(page, "Show")
    assert (await columns(page))["Planned"] == ["Second"]
    assert "visibility=SHOWN" in page.url
    assert "1 of 2" in await text_of(page)
    await page.get_by_role("link", name="Status for the client: Shown").click()

    assert (await columns(page))["Planned"] == ["First", "Second"]


async def test_every_filter_narrows_the_board(portal: Portal) -> None:
    planned, _ = await a_board()
    people = await everyone(project="Mine", tags=("print",))
    await enter(people.case, planned)
    await people.case.move("assign", STAFF, Assignees(account_ids=(people.staff.id,)))
    await a_card(planned, "Other")
    page = await portal.sign_in(people.staff)

    for query in (
        f"member=mem_{people.case.member.id}",
        f"customer=cus_{people.case.customer.id}",
        f"assignee=acc_{people.staff.id}",
        "tag=print",
        "search=Mine",
    ):
        await page.goto(f"/board?{query}")
        assert (await columns(page))["Planned"] == ["Mine"], query
    for query in ("late=1", "stale=1", f"template=stt_{planned}"):
        await page.goto(f"/board?{query}")
        assert (await columns(page))["Planned"] == [], query


async def test_a_long_column_leads_to_its_stage_alone(portal: Portal) -> None:
    planned, _ = await a_board()
    for number in range(21):
        await a_card(planned, f"Card {number}")
    page = await portal.signed_in(await an_account(Role.STAFF))

    await page.goto("/board")
    assert len((await columns(page))["Planned"]) == 20
    await page.get_by_role("link", name="Show 1 more card").click()

    await expect(page.locator(".card")).to_have_count(21)


async def test_an_order_off_the_board_is_put_on_it(portal: Portal) -> None:
    planned, _ = await a_board()
    case = await an_order(OrderStatus.ACTIVE, project="Homeless", offer_valid_until=FAR, service_to=FAR)
    page = await portal.signed_in(await an_account(Role.STAFF))
    await page.goto("/board")

    await page.get_by_role("link", name="1 order off the board").click()
    await move_by_form(page, "Homeless", "Planned")
    await press(page, "Move 1 order")

    assert await stage_of(case) == planned


async def test_whoever_sees_assigned_orders_only_sees_their_cards_only(portal: Portal) -> None:
    planned, _ = await a_board()
    mine = await a_card(planned, "Mine")
    await a_card(planned, "Not mine")
    assigned = await an_account(Role.STAFF, order_access=OrderAccess.ASSIGNED)
    await mine.move("assign", STAFF, Assignees(account_ids=(assigned.id,)))
    page = await portal.signed_in(assigned)

    await page.goto("/board")

    assert (await columns(page))["Planned"] == ["Mine"]
    assert "Not mine" not in await text_of(page)


async def test_the_board_is_there_for_staff_only(portal: Portal) -> None:
    await a_board()
    people = await everyone()

    for account in (people.member, people.customer, people.finance):
        page = await portal.sign_in(account)
        answers = [await page.goto(path) for path in ("/board", "/board/off")]
        posted = await page.request.post("/board/move", form={"stage": "off"}, headers={"origin": portal.address})
        assert [answer.status for answer in answers if answer] == [404, 404]
        assert posted.status == 404


@pytest.mark.parametrize(
    "back", ["https://elsewhere.example/", "//elsewhere.example/board", "/board\\@elsewhere.example"]
)
async def test_nobody_is_led_elsewhere_after_a_move(portal: Portal, back: str) -> None:
    planned, at_work = await a_board()
    case = await a_card(planned, "First")
    page = await portal.sign_in(await an_account(Role.STAFF))

    form: dict[str, str | float | bool] = {"order": f"ord_{case.order.id}", "stage": f"stg_{at_work}", "step": "do"}
    headers = {"origin": portal.address}
    answer = await page.request.post("/board/move", form=form | {"back": back}, headers=headers, max_redirects=0)

    assert answer.headers["location"].startswith("/board?")


@PHONE_FIRST
async def test_the_board_can_be_used_by_everybody(portal: Portal, size: dict[str, int], colors: str) -> None:
    planned, at_work = await a_board(limit=1)
    cases = [
        await a_card(planned, "First", tags=("print",)),
        await a_card(at_work, "Second"),
        await a_card(at_work, "Third"),
    ]
    await a_client_status(cases[0])
    await it_shows_in_progress(at_work)
    await an_order(OrderStatus.ACTIVE, offer_valid_until=FAR, service_to=FAR)
    page = await portal.sign_in(await an_account(Role.STAFF), size=size, color_scheme=colors)

    paths = ("/board", f"/board?stage=stg_{planned}", "/board/off", "/board?late=1", f"/orders/ord_{cases[0].order.id}")
    flaws = [flaw for path in paths for flaw in await flaws_of(page, path)]

    assert flaws == []
