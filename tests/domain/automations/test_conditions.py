"""Conditions of an automation: every one that is given must hold."""

import pytest

from domain.automations.model import AutomationAction
from domain.orders.model import OrderStatus
from tests.makers.automations import (
    an_automation,
    cancellation_is_requested,
    sets_template,
    shown_from_template,
    the_runs_of,
    the_template,
    told_of,
)
from tests.makers.orders import Case, an_order
from tests.makers.parties import a_customer, a_member
from tests.makers.pipelines import a_pipeline, enter, ids_of, named
from tests.makers.templates import an_order_from, an_order_template
from tests.makers.time import berlin

pytestmark = pytest.mark.frozen_clock(berlin(2026, 4, 1, 10))


async def ran_for(case: Case) -> bool:
    return bool(await the_runs_of(case.order.id))


async def test_all_tags_must_be_there() -> None:
    await an_automation(tags=("web", "urgent"))

    both = await an_order(OrderStatus.ACTIVE, tags=("urgent", "web", "print"))
    one = await an_order(OrderStatus.ACTIVE, tags=("web",))

    assert await ran_for(both)
    assert not await ran_for(one)


async def test_the_orders_of_one_customer() -> None:
    customer = await a_customer()
    await an_automation(customer_id=customer.id)

    assert await ran_for(await an_order(OrderStatus.ACTIVE, customer=customer))
    assert not await ran_for(await an_order(OrderStatus.ACTIVE))


async def test_the_orders_of_one_member() -> None:
    member = await a_member()
    await an_automation(member_id=member.id)

    assert await ran_for(await an_order(OrderStatus.ACTIVE, member=member))
    assert not await ran_for(await an_order(OrderStatus.ACTIVE))


async def test_the_orders_on_one_board() -> None:
    ours, other = await a_pipeline(**named("Ours")), await a_pipeline(**named("Other"))
    await an_automation("order.requestCancellation", pipeline_id=ours.id)
    here, there, nowhere = [await an_order(OrderStatus.ACTIVE) for _ in range(3)]
    await enter(here, (await ids_of(ours))[1])
    await enter(there, (await ids_of(other))[1])

    for case in (here, there, nowhere):
        await cancellation_is_requested(case)

    assert [await ran_for(case) for case in (here, there, nowhere)] == [True, False, False]


async def test_the_orders_begun_from_one_template() -> None:
    template, other = await an_order_template(name="Ours"), await an_order_template(name="Other")
    ours, theirs = await an_order_from(template), await an_order_from(other)
    await an_automation("order.archive", name="Archived", order_template_id=template.id, action=AutomationAction.HIDE)

    for case in (ours, theirs):
        await case.move("archive", case.by_member)

    assert await the_runs_of(ours.order.id) == [("Archived", "UNCHANGED")]
    assert not await ran_for(theirs)


async def test_an_order_that_begins_in_a_stage_enters_it() -> None:
    (stage,) = await ids_of(await a_pipeline("One"))
    await sets_template("Planned", "order.enterStage", stage_id=stage)

    case = await an_order_from(await an_order_template(stage_id=stage))

    assert await told_of(case.order.id) == ("SHOWN", "Planned")


async def test_the_status_came_from_a_template() -> None:
    template = await the_template("In progress")
    await an_automation("order.requestCancellation", from_template_id=template.id, action=AutomationAction.HIDE)
    from_it, from_another = await shown_from_template("In progress"), await shown_from_template("In review")

    for case in (from_it, from_another):
        await cancellation_is_requested(case)

    assert await told_of(from_it.order.id) == ("HIDDEN", "In progress")
    assert await told_of(from_another.order.id) == ("SHOWN", "In review")


async def test_an_earlier_automation_may_make_a_condition_of_a_later_one_true() -> None:
    template = await the_template("Planned")
    await sets_template("Planned", position=1)
    await sets_template("In progress", position=2, from_template_id=template.id)

    case = await an_order(OrderStatus.ACTIVE)

    assert await told_of(case.order.id) == ("SHOWN", "In progress")


async def test_everything_that_is_given_must_hold() -> None:
    customer = await a_customer()
    await an_automation(customer_id=customer.id, tags=("web",))

    assert await ran_for(await an_order(OrderStatus.ACTIVE, customer=customer, tags=("web",)))
    assert not await ran_for(await an_order(OrderStatus.ACTIVE, customer=customer))


async def test_only_the_stage_that_is_entered() -> None:
    planned, working, done = await ids_of(await a_pipeline())
    await sets_template("In progress", "order.enterStage", stage_id=working)
    case = await an_order(OrderStatus.ACTIVE)

    await enter(case, planned)
    before = await told_of(case.order.id)
    await enter(case, working)

    assert (before, await told_of(case.order.id)) == (("HIDDEN", ""), ("SHOWN", "In progress"))
    await enter(case, done)
    assert len(await the_runs_of(case.order.id)) == 1
