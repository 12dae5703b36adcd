"""Concurrent actors and schedulers: one winner each, and no command meets a deadlock."""

import asyncio
from dataclasses import replace
from datetime import date

import asyncpg
import pytest

from domain.commands import execute, fire_due_deadlines
from domain.engine.commands import Command
from domain.engine.model import Event
from domain.kernel.actors import CLOCK, Actor
from domain.kernel.errors import Refused
from domain.orders.inputs import CommentText, Confirmation, OfferEnd, OptionalReason
from domain.orders.model import Order, OrderStatus
from tests.benchmarks.move_rows import copy_offers
from tests.makers.orders import Case, an_order
from tests.makers.parties import STAFF
from tests.makers.time import berlin, the_clock_shows

pytestmark = pytest.mark.database

RACES = 300
SIDE_BY_SIDE = 10
LAST_SECOND = berlin(2026, 5, 10, 23, 59, 59)
TOO_LATE = berlin(2026, 5, 11)


async def so_many_offers(owner: asyncpg.Connection, number: int) -> list[Case]:
    await the_clock_shows(berlin(2026, 4, 1, 10))
    first = await an_order(OrderStatus.AWAITING_CUSTOMER, offer_valid_until=date(2026, 5, 10))
    order_ids = await copy_offers(owner, first, number)
    return [replace(first, order=order) for order in await Order.filter(id__in=order_ids)]


async def tried(case: Case, move: str, actor: Actor, takes: object = None) -> str | None:
    """The name of the move when it was made, nothing when it was refused."""
    try:
        await execute(Command(noun="order", move=move, subject_id=case.order.id, input=takes), actor)
    except Refused:
        return None
    return move


async def race(case: Case, gate: asyncio.Semaphore) -> list[str]:
    confirmation = Confirmation(name="Kim Kontakt", revision=1)
    async with gate:
        winners = await asyncio.gather(
            tried(case, "confirm", case.by_customer, confirmation),
            tried(case, "decline", case.by_customer, OptionalReason()),
            tried(case, "expire", CLOCK),
        )
    return [winner for winner in winners if winner]


@pytest.mark.parametrize(("instant", "possible"), [(LAST_SECOND, {"confirm", "decline"}), (TOO_LATE, {"expire"})])
async def test_confirm_decline_and_expire_have_one_winner(
    owner: asyncpg.Connection, instant: object, possible: set[str]
) -> None:
    cases = await so_many_offers(owner, RACES // 2)
    await the_clock_shows(instant)  # type: ignore[arg-type]
    gate = asyncio.Semaphore(SIDE_BY_SIDE)

    winners = await asyncio.gather(*(race(case, gate) for case in cases))

    decided = await Event.filter(name__in=["order.confirm", "order.decline", "order.expire"]).values_list(
        "subject_id", flat=True
    )
    assert len(decided) == len(set(decided)) == len(cases)
    assert {name for names in winners for name in names} <= possible
    assert all(len(names) <= 1 for names in winners)


async def test_people_never_meet_a_lock_while_two_clocks_sweep(owner: asyncpg.Connection) -> None:
    cases = await so_many_offers(owner, 60)
    await the_clock_shows(TOO_LATE)

    async def people() -> list[str | None]:
        said = CommentText(text="Still there?")
        later = OfferEnd(valid_until=date(2026, 6, 1))
        moves = [tried(case, "comment", STAFF, said) for case in cases]
        moves += [tried(case, "extendOffer", case.by_member, later) for case in cases]
        return await asyncio.gather(*moves)

    made, *_ = await asyncio.gather(people(), fire_due_deadlines(), fire_due_deadlines())

    assert made[: len(cases)] == ["comment"] * len(cases)
    expired = await Event.filter(name="order.expire").count()
    extended = await Event.filter(name="order.extendOffer").count()
    assert (expired, extended) == (len(cases) + 1, 0)
