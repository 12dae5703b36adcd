"""Notices of the board's pages about what was done."""

import pytest

from domain.kernel.actors import Role
from domain.kernel.ids import external
from domain.orders.model import Order
from tests.makers.accounts import a_session, an_account
from tests.makers.orders import a_returned_draft
from tests.makers.pipelines import a_pipeline, enter, ids_of
from tests.support.impersonation import follow, send
from tests.support.site import Site


@pytest.mark.parametrize(
    ("count", "off", "said"),
    [
        (1, False, "The order is in its new stage."),
        (2, False, "The orders are in their new stage."),
        (1, True, "The order is on no board any more."),
        (2, True, "The orders are on no board any more."),
    ],
)
async def test_a_move_onto_the_board_and_off_it_are_told_apart(site: Site, count: int, off: bool, said: str) -> None:
    first, second, *_ = await ids_of(await a_pipeline())
    cases = [await a_returned_draft() for _ in range(count)]
    for case in cases:
        await enter(case, first)
    session = await a_session(await an_account(Role.STAFF))
    form = {"step": "do", "key": "once", "stage": "off" if off else external("stg", second)}

    answer = await send(site, session, "/board/move", **form, order=[external("ord", case.order.id) for case in cases])

    assert said in (await follow(site, session, answer)).text
    assert await Order.filter(stage_id=None if off else second).count() == count
