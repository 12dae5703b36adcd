"""The board without a script: open work only, filters that stay, undo, and the client status of a card."""

import re
from datetime import date

import pytest

from api.auth.authentication import SESSION_COOKIE
from domain.client_status.inputs import StatusInput
from domain.client_status.model import ClientStatus, Visibility
from domain.kernel.actors import Role
from domain.kernel.ids import external
from domain.orders.model import Order, OrderStatus
from domain.pipelines.model import Pipeline
from tests.makers.accounts import a_session, an_account
from tests.makers.automations import the_template
from tests.makers.client_status import move_client_status
from tests.makers.orders import Case, a_known_order
from tests.makers.pipelines import a_pipeline, a_stage, enter, ids_of
from tests.support.impersonation import follow, send, visit
from tests.support.people import FAR
from tests.support.site import Site


async def a_card(pipeline: Pipeline, status: OrderStatus = OrderStatus.ACTIVE, place: int = 0) -> Case:
    case = await a_known_order(status, offer_valid_until=FAR, service_to=FAR)
    await enter(case, (await ids_of(pipeline))[place], despite_limit=True)
    return case


async def test_ended_orders_are_out_and_do_not_count(site: Site) -> None:
    pipeline = await a_pipeline(a_stage("Eng", card_limit=1))
    open_card, ended = await a_card(pipeline), await a_card(pipeline, OrderStatus.REJECTED)
    session = await a_session(await an_account(Role.STAFF))

    board = (await visit(site, session, "/board")).text
    whole = (await visit(site, session, "/board?closed=1")).text

    assert (open_card.order.number in board, ended.order.number in board) == (True, False)
    assert (open_card.order.number in whole, ended.order.number in whole) == (True, True)
    assert "Too full" not in board
    assert "2 shown, 1 open" in whole


async def test_filters_stay_for_their_account_alone(site: Site) -> None:
    await a_pipeline()
    mine, other = [await a_session(await an_account(Role.STAFF)) for _ in range(2)]

    cookie = (await visit(site, mine, "/board?tag=print&done=x")).headers["set-cookie"].partition(";")[0]
    answers = [
        await site.client.get("/board", headers={"cookie": f"{SESSION_COOKIE}={session}; {cookie}"})
        for session in (mine, other)
    ]

    assert (answers[0].status_code, answers[0].headers["location"]) == (303, "/board?tag=print")
    assert answers[1].status_code == 200


@pytest.mark.parametrize("count", [1, 2])
async def test_a_move_is_undone_without_a_script(site: Site, count: int) -> None:
    pipeline = await a_pipeline()
    first, second, third = await ids_of(pipeline)
    cases = [await a_card(pipeline, place=place) for place in range(count)]
    session = await a_session(await an_account(Role.STAFF))
    orders = [external("ord", case.order.id) for case in cases]
    moved = await send(site, session, "/board/move", step="do", key="a", stage=external("stg", third), order=orders)
    assert await Order.filter(stage_id=third).count() == count

    page = await follow(site, session, moved)
    undo = re.findall(r'name="undo" value="([^"]+)"', page.text)
    await send(site, session, "/board/undo", key="b", undo=undo)

    assert [(await Order.get(id=case.order.id)).stage_id for case in cases] == [first, second][:count]


async def test_a_card_shows_its_client_another_status(site: Site) -> None:
    case, template = await a_card(await a_pipeline()), await the_template("In progress")
    status = await ClientStatus.get(id=case.order.id)
    session = await a_session(await an_account(Role.STAFF))
    form = {"order": external("ord", case.order.id), "version": str(status.version), "back": "/board"}
    said = {"templateId": external("stt", template.id), "expectedOn": "31.12.2030"}

    answer = await send(site, session, "/board/status", mutation="clientStatusShow", key="a", **form, **said)
    late = await send(site, session, "/board/status", mutation="clientStatusHide", key="b", **form)

    await status.refresh_from_db()
    assert answer.headers["location"].endswith(f"#card-{form['order']}")
    assert (status.visibility, status.label_en, status.expected_on) == (
        Visibility.SHOWN,
        "In progress",
        date(2030, 12, 31),
    )
    assert (late.status_code, "Error:" in late.text) == (422, True)


async def test_another_day_leaves_what_the_client_reads(site: Site) -> None:
    case = await a_card(await a_pipeline())
    await move_client_status(case, "show", StatusInput(label="At the printer", description="By hand."))
    status = await ClientStatus.get(id=case.order.id)
    session = await a_session(await an_account(Role.STAFF))
    form = {"order": external("ord", case.order.id), "version": str(status.version), "templateId": "", "key": "a"}

    await send(site, session, "/board/status", mutation="clientStatusUpdate", expectedOn="2030-12-31", **form)

    await status.refresh_from_db()
    assert (status.label_en, status.description_en, status.expected_on) == (
        "At the printer",
        "By hand.",
        date(2030, 12, 31),
    )
