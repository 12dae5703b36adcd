"""The board: a pipeline is drawn up, and its cards go from stage to stage and tell the customer something else."""

import pytest

from domain.client_status.model import ClientStatus
from domain.orders.model import Order
from domain.pipelines.model import Stage
from tests.support.browsing.cast import Cast
from tests.support.browsing.visitor import Visitor
from tests.support.people import everyone
from tests.support.portal_browser import notice

pytestmark = [pytest.mark.browser, pytest.mark.thorough]


async def the_stage() -> str:
    order = await Order.get()
    return (await Stage.get(id=order.stage_id)).name_en if order.stage_id else "none"


async def test_a_card_goes_over_the_board(cast: Cast) -> None:
    people = await everyone(project="Cupboard")
    staff = await cast.signed_in(people.staff)

    await draws_up_a_pipeline(staff)
    await puts_the_order_on_the_board(staff)
    await moves_the_card(staff)
    await takes_it_back(staff)
    await tells_the_customer(staff)


async def draws_up_a_pipeline(staff: Visitor) -> None:
    await staff.follow("Board")
    await staff.follow("Create a pipeline")
    await names(staff, "Werkstatt", "Workshop")
    for number, (german, english) in enumerate((("Geplant", "Planned"), ("In Arbeit", "At work")), 1):
        await names(staff.within(f"Stage {number}"), german, english)
    await staff.press("Save")


async def names(part: Visitor, german: str, english: str) -> None:
    await part.fill("Name in German", german)
    await part.fill("Name in English", english)


async def puts_the_order_on_the_board(staff: Visitor) -> None:
    await staff.follow("Board")
    await staff.follow("1 order off the board")
    await moves_to(staff, "Planned")


async def moves_the_card(staff: Visitor) -> None:
    await staff.follow("Board")
    await moves_to(staff, "At work")
    assert "in its new stage" in await notice(staff.page)


async def moves_to(staff: Visitor, stage: str) -> None:
    card = staff.within("Cupboard")
    await card.unfold("Menu of order")
    await card.choose("To the stage", stage)
    await card.press("Continue")
    await staff.press("Move 1 order")
    assert await the_stage() == stage


async def takes_it_back(staff: Visitor) -> None:
    await staff.press("Undo")
    assert await the_stage() == "Planned"


async def tells_the_customer(staff: Visitor) -> None:
    card = staff.within("Cupboard")
    await card.unfold("Client status of order")
    await card.choose("What the client reads", "In progress")
    await card.press("Show in the portal")
    assert (await ClientStatus.get()).label_en == "In progress"
