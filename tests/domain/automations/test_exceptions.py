"""Failed automations: the move stays, the failure is listed, and it can be retried or dismissed."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import asyncpg
import pytest

from domain.automations.model import Automation, AutomationAction, AutomationRun, AutomationState, RunOutcome
from domain.client_status.model import ClientStatusChange
from domain.kernel.availability import Availability
from domain.kernel.errors import Refused
from domain.orders.model import Order, OrderStatus
from domain.status_templates.model import StatusTemplate
from tests.makers.automations import (
    an_automation,
    cancellation_is_requested,
    move_automation,
    move_run,
    sets_template,
    the_reasons_of,
    the_runs_of,
    the_template,
    told_of,
)
from tests.makers.client_status import a_client_status, move_client_status
from tests.makers.orders import Case, an_order
from tests.makers.parties import ADMIN, FINANCE, STAFF, acting_for_member
from tests.makers.records import the_events_of
from tests.makers.time import berlin

pytestmark = pytest.mark.frozen_clock(berlin(2026, 4, 1, 10))


@asynccontextmanager
async def no_history_can_be_written(owner: asyncpg.Connection) -> AsyncIterator[None]:
    """The database itself refuses every new entry of the history."""
    await owner.execute("ALTER TABLE client_status_changes ADD CONSTRAINT nothing_new CHECK (FALSE) NOT VALID")
    try:
        yield
    finally:
        await owner.execute("ALTER TABLE client_status_changes DROP CONSTRAINT nothing_new")


async def the_exception_of(case: Case) -> AutomationRun:
    return await AutomationRun.get(order_id=case.order.id, outcome__in=[RunOutcome.FAILED, RunOutcome.LOOP])


async def a_failed_run() -> tuple[Case, AutomationRun]:
    """An automation found no status to show, because none was written."""
    await an_automation("order.confirm", action=AutomationAction.SHOW)
    case = await an_order(OrderStatus.ACTIVE)
    return case, await the_exception_of(case)


async def test_a_refusal_never_undoes_the_move() -> None:
    case, run = await a_failed_run()

    assert case.order.status is OrderStatus.ACTIVE
    assert "order.confirm" in await the_events_of(case.order.id)
    assert await the_runs_of(case.order.id) == [("Rule", "FAILED")]
    assert await the_reasons_of(case.order.id) == ["label_missing"]
    assert run.error is None


async def test_a_placeholder_without_a_value_is_an_exception() -> None:
    await StatusTemplate.filter(label_en="Planned").update(description_en="Due on {due}.")
    await sets_template("Planned")

    case = await an_order(OrderStatus.ACTIVE)

    assert await the_runs_of(case.order.id) == [("Planned", "FAILED")]
    assert await the_reasons_of(case.order.id) == ["placeholder_without_value"]


async def test_a_template_that_was_retired_is_an_exception() -> None:
    await sets_template("Planned")
    await StatusTemplate.filter(label_en="Planned").update(state=Availability.RETIRED)

    case = await an_order(OrderStatus.ACTIVE)

    assert await the_reasons_of(case.order.id) == ["template_retired"]


async def test_nothing_is_shown_of_an_archived_order() -> None:
    await an_automation("order.archive", action=AutomationAction.SHOW)
    case = await a_client_status()

    await case.move("archive", STAFF)

    assert await told_of(case.order.id) == ("HIDDEN", "In progress")
    assert await the_reasons_of(case.order.id) == ["order_is_archived"]


async def test_an_error_of_the_database_never_undoes_the_move(owner: asyncpg.Connection) -> None:
    await sets_template("Planned", position=1)
    await an_automation("order.confirm", position=2, action=AutomationAction.HIDE)

    async with no_history_can_be_written(owner):
        case = await an_order(OrderStatus.ACTIVE)

    assert case.order.status is OrderStatus.ACTIVE
    assert await the_runs_of(case.order.id) == [("Planned", "FAILED"), ("Rule", "UNCHANGED")]
    assert "nothing_new" in str((await the_exception_of(case)).error)
    assert await told_of(case.order.id) == ("HIDDEN", "")
    assert await the_events_of(case.order.id) == [
        "order.create",
        "order.submit",
        "order.approve",
        "order.confirm",
    ]


async def test_after_one_that_failed_the_next_ones_run() -> None:
    await an_automation("order.confirm", position=1, name="Show", action=AutomationAction.SHOW)
    await sets_template("Planned", position=2)

    case = await an_order(OrderStatus.ACTIVE)

    assert await the_runs_of(case.order.id) == [("Show", "FAILED"), ("Planned", "APPLIED")]
    assert await told_of(case.order.id) == ("SHOWN", "Planned")


async def test_it_is_tried_again_once_the_cause_is_gone() -> None:
    case, run = await a_failed_run()
    template = await the_template("Planned")
    await Automation.filter(id=run.automation_id).update(action=AutomationAction.SET_TEMPLATE, template_id=template.id)

    run = await move_run(run, "retry")

    assert (run.outcome, run.reasons, run.version) == (RunOutcome.APPLIED, [], 2)
    assert await told_of(case.order.id) == ("HIDDEN", "Planned")
    (change,) = await ClientStatusChange.filter(order_id=case.order.id)
    assert change.automation_id == run.automation_id
    assert await the_events_of(run.id) == ["automationRun.retry"]


async def test_what_is_still_not_possible_is_refused_with_its_reason() -> None:
    case, run = await a_failed_run()

    with pytest.raises(Refused, match="label_missing"):
        await move_run(run, "retry")

    assert await the_runs_of(case.order.id) == [("Rule", "FAILED")]


async def test_a_text_written_by_hand_since_is_not_replaced_by_trying_again() -> None:
    await StatusTemplate.filter(label_en="Planned").update(description_en="Due on {due}.")
    await sets_template("Planned")
    case = await an_order(OrderStatus.ACTIVE)
    await a_client_status(case)
    await Order.filter(id=case.order.id).update(delivery_due_at=berlin(2026, 5, 1))

    with pytest.raises(Refused, match="still_kept_by_hand"):
        await move_run(await the_exception_of(case), "retry")
    await move_client_status(case, "clear")
    await move_run(await the_exception_of(case), "retry")

    assert await told_of(case.order.id) == ("SHOWN", "Planned")


async def test_an_automation_that_is_retired_is_not_tried_again() -> None:
    _, run = await a_failed_run()
    automation = await Automation.get(id=run.automation_id)

    await move_automation(automation, "pause")
    with pytest.raises(Refused, match="label_missing"):
        await move_run(run, "retry")
    retired = await move_automation(automation, "retire")

    assert retired.state is AutomationState.RETIRED
    with pytest.raises(Refused, match="automation_is_retired"):
        await move_run(run, "retry")


async def test_an_exception_is_dismissed_once() -> None:
    _, run = await a_failed_run()

    dismissed = await move_run(run, "dismiss")

    assert dismissed.outcome is RunOutcome.DISMISSED
    for move in ("dismiss", "retry"):
        with pytest.raises(Refused, match="not_in_this_state"):
            await move_run(run, move)


async def test_what_went_well_is_neither_tried_again_nor_dismissed() -> None:
    await sets_template("Planned")
    case = await an_order(OrderStatus.ACTIVE)
    run = await AutomationRun.get(order_id=case.order.id)

    for move in ("dismiss", "retry"):
        with pytest.raises(Refused, match="not_in_this_state"):
            await move_run(run, move, by=ADMIN)


async def test_staff_alone_takes_care_of_exceptions() -> None:
    case, run = await a_failed_run()

    with pytest.raises(Refused, match="not_your_move"):
        await move_run(run, "retry", by=FINANCE)
    with pytest.raises(Refused, match="not_found"):
        await move_run(run, "dismiss", by=acting_for_member(case.member))
    with pytest.raises(Refused, match="not_found"):
        await move_run(run, "dismiss", by=case.by_customer)


async def test_the_same_key_tries_again_once() -> None:
    _, run = await a_failed_run()
    await Automation.filter(id=run.automation_id).update(action=AutomationAction.HIDE)

    first = await move_run(run, "retry", idempotency_key="k")
    again = await move_run(run, "retry", idempotency_key="k")

    assert (first.outcome, again.version) == (RunOutcome.UNCHANGED, 2)


async def test_a_move_that_is_refused_leaves_no_run() -> None:
    await sets_template("On hold", "order.requestCancellation")
    case = await an_order(OrderStatus.ACTIVE)
    await cancellation_is_requested(case)

    with pytest.raises(Refused):
        await cancellation_is_requested(case)

    assert await the_runs_of(case.order.id) == [("On hold", "APPLIED")]
