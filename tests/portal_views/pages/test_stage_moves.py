"""Stage moves after the board was opened: stages, pipelines, orders and places that are gone meanwhile."""

from collections.abc import Awaitable, Callable

import pytest

from domain.kernel.actors import Role
from domain.kernel.ids import external
from domain.orders.model import Order
from domain.pipelines.model import Pipeline, Stage
from tests.makers.accounts import a_session, an_account
from tests.makers.orders import Case, a_returned_draft
from tests.makers.parties import STAFF
from tests.makers.pipelines import a_pipeline, a_stage, amended, enter, move_pipeline, named, staying, the_stages
from tests.support.impersonation import send, visit
from tests.support.site import Site


class Desk:
    """A board of one stage and another one, and two orders that are about to be moved."""

    def __init__(self, pipeline: Pipeline, first: Stage, second: Stage, cases: list[Case]) -> None:
        self.pipeline, self.first, self.second, self.cases = pipeline, first, second, cases

    def form(self, count: int) -> dict[str, str | list[str]]:
        orders = [external("ord", case.order.id) for case in self.cases[:count]]
        return {"order": orders, "stage": external("stg", self.second.id), "key": "once"}


async def the_stage_is_taken_out(desk: Desk) -> None:
    await amended(desk.pipeline, staying(desk.first))


async def the_pipeline_is_put_away(desk: Desk) -> None:
    await Order.all().update(stage_id=None)
    await move_pipeline(desk.pipeline, "retire")


async def the_orders_are_archived(desk: Desk) -> None:
    for case in desk.cases:
        await case.move("archive", STAFF)


async def the_drafts_are_thrown_away(desk: Desk) -> None:
    for case in desk.cases:
        await case.move("delete", case.by_member)


async def the_last_place_is_taken(desk: Desk) -> None:
    await enter(await a_returned_draft(), desk.second.id)


Meanwhile = Callable[[Desk], Awaitable[None]]


@pytest.fixture
async def desk(database: str) -> Desk:
    pipeline = await a_pipeline("Eins", a_stage("Zwei", card_limit=1))
    first, second = await the_stages(pipeline)
    cases = [await a_returned_draft() for _ in range(2)]
    for case in cases:
        await enter(case, first.id)
    return Desk(pipeline, first, second, cases)


@pytest.mark.parametrize("count", [1, 2])
@pytest.mark.parametrize(
    ("meanwhile", "status"),
    [
        (the_stage_is_taken_out, 404),
        (the_pipeline_is_put_away, 422),
        (the_orders_are_archived, 422),
        (the_drafts_are_thrown_away, 422),
        (the_last_place_is_taken, 422),
    ],
)
async def test_what_is_no_longer_possible_is_refused_and_said(
    site: Site, desk: Desk, meanwhile: Meanwhile, status: int, count: int
) -> None:
    session = await a_session(await an_account(Role.STAFF))
    assert (await send(site, session, "/board/move", step="look", **desk.form(count))).status_code == 200

    await meanwhile(desk)
    answer = await send(site, session, "/board/move", step="do", **desk.form(count))

    assert answer.status_code == status or (count == 2 and answer.headers["location"].startswith("/bulk/blk_"))
    assert not await Order.filter(id__in=[case.order.id for case in desk.cases], stage_id=desk.second.id).exists()


async def test_pressing_twice_moves_once(site: Site, desk: Desk) -> None:
    session = await a_session(await an_account(Role.STAFF))

    answers = [await send(site, session, "/board/move", step="do", **desk.form(1)) for _ in range(2)]

    assert [answer.status_code for answer in answers] == [303, 303]
    assert await Order.filter(stage_id=desk.second.id).count() == 1


async def test_a_board_of_one_stage_has_nowhere_to_move_to_but_off(site: Site, database: str) -> None:
    only = await a_pipeline("Allein")
    (stage,) = await the_stages(only)
    await enter(await a_returned_draft(), stage.id)

    page = await visit(site, await a_session(await an_account(Role.STAFF)), "/board")

    assert page.status_code == 200
    assert f'<option value="stg_{stage.id}" disabled>' in page.text
    assert '<option value="off">' in page.text


async def test_a_board_that_was_put_away_is_not_opened_by_its_address(site: Site, database: str) -> None:
    gone, there = await a_pipeline("Weg", **named("Alt")), await a_pipeline("Da", **named("Neu"))
    (stage,) = await the_stages(gone)
    await move_pipeline(gone, "retire")
    session = await a_session(await an_account(Role.STAFF))

    for address in (f"pipeline=pip_{gone.id}", f"pipeline=pip_{gone.id}&stage=stg_{stage.id}"):
        page = await visit(site, session, f"/board?{address}")
        assert (f"<h1>{there.name_de}</h1>" in page.text, "Weg" in page.text) == (True, False)
