"""Retry of deadlines that were given up, by administrators only."""

from datetime import date

import pytest

from domain.commands import execute, fire_due_deadlines
from domain.engine.commands import Command
from domain.engine.model import Deadline, DeadlineState
from domain.kernel.actors import Actor
from domain.kernel.errors import Refused
from domain.orders.model import OrderStatus
from tests.makers.orders import Case, an_order
from tests.makers.parties import ADMIN, FINANCE, STAFF
from tests.makers.records import the_events_of
from tests.makers.time import berlin, the_clock_shows

pytestmark = pytest.mark.database

AFTER_THE_END = berlin(2026, 5, 11, 9)


async def an_expiry(state: DeadlineState = DeadlineState.FAILED) -> tuple[Case, Deadline]:
    """An offer whose end has passed unnoticed, because its deadline was given up."""
    await the_clock_shows(berlin(2026, 4, 1, 10))
    case = await an_order(OrderStatus.AWAITING_CUSTOMER, offer_valid_until=date(2026, 5, 10))
    await the_clock_shows(AFTER_THE_END)
    deadline = await Deadline.get(subject_id=case.order.id, kind="order.expire")
    await Deadline.filter(id=deadline.id).update(state=state, attempts=12, last_error="it broke")
    return case, deadline


async def retry(deadline: Deadline, actor: Actor = ADMIN) -> None:
    await execute(Command(noun="deadline", move="retry", subject_id=deadline.id), actor)
    await deadline.refresh_from_db()


async def test_a_retried_deadline_waits_for_the_next_sweep_with_its_attempts_forgotten() -> None:
    _, deadline = await an_expiry()

    await retry(deadline)

    assert (deadline.state, deadline.attempts, deadline.version) == (DeadlineState.PENDING, 0, 2)
    assert deadline.next_attempt_at <= AFTER_THE_END
    assert deadline.due_at == berlin(2026, 5, 11)
    assert await the_events_of(deadline.id) == ["deadline.retry"]


async def test_the_next_sweep_makes_up_for_what_was_given_up() -> None:
    case, deadline = await an_expiry()
    await fire_due_deadlines()
    assert (await the_events_of(case.order.id))[-1] == "order.approve"

    await retry(deadline)
    await fire_due_deadlines()

    await deadline.refresh_from_db()
    assert deadline.state is DeadlineState.FIRED
    assert (await the_events_of(case.order.id))[-1] == "order.expire"


@pytest.mark.parametrize("actor", [STAFF, FINANCE], ids=lambda actor: actor.role)
async def test_only_administrators_retry(actor: Actor) -> None:
    _, deadline = await an_expiry()

    with pytest.raises(Refused) as refused:
        await retry(deadline, actor)

    assert refused.value.refusals[0].reason == "not_your_move"


@pytest.mark.parametrize("state", [DeadlineState.PENDING, DeadlineState.FIRED, DeadlineState.DISARMED])
async def test_what_was_not_given_up_is_not_retried(state: DeadlineState) -> None:
    _, deadline = await an_expiry(state)

    with pytest.raises(Refused) as refused:
        await retry(deadline)

    assert refused.value.refusals[0].reason == "not_in_this_state"


async def test_what_the_facts_no_longer_ask_for_is_disarmed_instead() -> None:
    case, deadline = await an_expiry()
    await type(case.order).filter(id=case.order.id).update(status=OrderStatus.ACTIVE)

    await retry(deadline)

    assert deadline.state is DeadlineState.DISARMED
