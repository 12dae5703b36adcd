"""Execution of automations after moves of orders, deliveries and invoices."""

from datetime import date
from typing import Any

import pytest

from domain.automations.model import AutomationAction, AutomationRun, ExpectedRule
from domain.billing.model import InvoiceStatus
from domain.client_status.model import ClientStatus, ClientStatusChange, StatusOrigin, Visibility
from domain.commands import fire_due_deadlines
from domain.deliveries.model import DeliveryStatus
from domain.engine.model import Event
from domain.orders.model import CompletionRule, OrderStatus
from tests.makers.automations import (
    an_automation,
    cancellation_is_refused,
    cancellation_is_requested,
    move_automation,
    sets_template,
    shown_from_template,
    the_reasons_of,
    the_runs_of,
    told_of,
)
from tests.makers.billing import an_invoice, the_operator
from tests.makers.client_status import a_client_status
from tests.makers.deliveries import a_delivery
from tests.makers.orders import an_order, planned
from tests.makers.records import the_events_of, the_messages
from tests.makers.templates import a_status_template
from tests.makers.time import berlin, the_clock_shows

pytestmark = pytest.mark.frozen_clock(berlin(2026, 4, 1, 10))


async def test_a_move_of_the_order_sets_a_template_and_shows_it() -> None:
    automation = await sets_template("In progress", "order.confirm")

    case = await an_order(OrderStatus.ACTIVE)

    assert await told_of(case.order.id) == ("SHOWN", "In progress")
    assert await the_runs_of(case.order.id) == [("In progress", "APPLIED")]
    status = await ClientStatus.get(id=case.order.id)
    assert (status.origin, status.automation_id) == (StatusOrigin.AUTOMATION, automation.id)


async def test_the_history_says_which_automation_it_was() -> None:
    automation = await sets_template("In progress", "order.confirm")

    case = await an_order(OrderStatus.ACTIVE)

    (change,) = await ClientStatusChange.filter(order_id=case.order.id)
    assert (change.actor_name, change.automation_id, change.account_id) == ("In progress", automation.id, None)
    (event,) = await Event.filter(subject_kind="clientStatus", subject_id=case.order.id)
    assert (event.name, event.actor_name) == ("clientStatus.show", "In progress")
    assert await the_messages("clientStatus.show") == ["CUSTOMER"]


async def test_a_delivery_is_followed() -> None:
    await sets_template("In review", "delivery.submit")

    delivered = await a_delivery(DeliveryStatus.DELIVERED)

    assert await told_of(delivered.around.order.id) == ("SHOWN", "In review")


async def test_what_the_clock_does_is_followed_once() -> None:
    await sets_template("Done", "delivery.autoAccept")
    delivered = await a_delivery(DeliveryStatus.DELIVERED)
    await the_clock_shows(berlin(2026, 4, 4, 10))

    await fire_due_deadlines()
    await fire_due_deadlines()

    assert await told_of(delivered.around.order.id) == ("SHOWN", "Done")
    assert await the_runs_of(delivered.around.order.id) == [("Done", "APPLIED")]


async def test_an_invoice_is_followed_for_the_order_of_its_lines() -> None:
    await sets_template("Done", "invoice.print")

    await the_operator()
    billed = await an_invoice(InvoiceStatus.PRINTED)

    assert await told_of(billed.case.order.id) == ("SHOWN", "Done")


async def test_an_invoice_that_was_taken_apart_is_followed_for_the_orders_it_had() -> None:
    billed = await an_invoice(InvoiceStatus.READY_TO_PRINT)
    await sets_template("On hold", "invoice.decompose")

    await billed.move("decompose")

    assert await told_of(billed.case.order.id) == ("SHOWN", "On hold")


async def test_hiding_and_showing() -> None:
    case = await a_client_status()
    await an_automation("order.requestCancellation", name="Hide", action=AutomationAction.HIDE)
    await an_automation("order.refuseCancellation", name="Show", action=AutomationAction.SHOW)

    await cancellation_is_requested(case)
    hidden = await told_of(case.order.id)
    await cancellation_is_refused(case)

    assert hidden == ("HIDDEN", "In progress")
    assert await told_of(case.order.id) == ("SHOWN", "In progress")


async def test_a_template_is_set_without_showing_anything() -> None:
    await sets_template("Planned", "order.confirm", visibility=None)

    case = await an_order(OrderStatus.ACTIVE)

    assert await told_of(case.order.id) == ("HIDDEN", "Planned")
    assert await the_messages("clientStatus.update") == []


@pytest.mark.parametrize("shown", [True, False])
async def test_a_template_is_set_and_hidden(*, shown: bool) -> None:
    case = await (shown_from_template() if shown else an_order(OrderStatus.ACTIVE))
    await sets_template("On hold", "order.requestCancellation", visibility=Visibility.HIDDEN)

    await cancellation_is_requested(case)

    assert await told_of(case.order.id) == ("HIDDEN", "On hold")


async def test_what_is_so_already_is_unchanged() -> None:
    await an_automation("order.confirm", action=AutomationAction.HIDE)

    case = await an_order(OrderStatus.ACTIVE)

    assert await the_runs_of(case.order.id) == [("Rule", "UNCHANGED")]
    assert "clientStatus.hide" not in await the_events_of(case.order.id)


async def test_days_after_the_event_are_calendar_days_in_the_operators_zone() -> None:
    await the_clock_shows(berlin(2026, 3, 28, 23, 30))
    by_days: dict[str, Any] = {"expected_rule": ExpectedRule.DAYS_AFTER, "expected_in_days": 2}
    await an_automation("order.confirm", action=AutomationAction.SET_EXPECTED, **by_days)

    case = await an_order(OrderStatus.ACTIVE)

    assert (await ClientStatus.get(id=case.order.id)).expected_on == date(2026, 3, 30)


async def test_the_day_the_delivery_is_due_is_expected() -> None:
    await an_automation("order.confirm", action=AutomationAction.SET_EXPECTED, expected_rule=ExpectedRule.DELIVERY_DUE)

    case = await an_order(OrderStatus.ACTIVE, delivery_due_at=berlin(2026, 4, 20, 0, 30))

    assert (await ClientStatus.get(id=case.order.id)).expected_on == date(2026, 4, 20)


async def test_a_promised_day_is_not_lost_where_no_delivery_day_is_agreed() -> None:
    case = await shown_from_template(expected_on=date(2026, 4, 20))
    due: dict[str, Any] = {"action": AutomationAction.SET_EXPECTED, "expected_rule": ExpectedRule.DELIVERY_DUE}
    automation = await an_automation("order.requestCancellation", **due)

    await cancellation_is_requested(case)

    assert (await ClientStatus.get(id=case.order.id)).expected_on == date(2026, 4, 20)
    assert await the_runs_of(case.order.id) == [(automation.name, "FAILED")]
    assert await the_reasons_of(case.order.id) == ["no_delivery_day"]


async def test_the_expected_day_is_cleared() -> None:
    case = await shown_from_template(expected_on=date(2026, 4, 9))
    await an_automation(
        "order.requestCancellation", action=AutomationAction.SET_EXPECTED, expected_rule=ExpectedRule.CLEARED
    )

    await cancellation_is_requested(case)

    assert (await ClientStatus.get(id=case.order.id)).expected_on is None


async def test_a_text_that_names_the_expected_day_follows_it() -> None:
    await a_status_template(label_de="Bis {expected}", label_en="Until {expected}")
    in_ten_days: dict[str, Any] = {"expected_rule": ExpectedRule.DAYS_AFTER, "expected_in_days": 10}
    await an_automation("order.requestCancellation", action=AutomationAction.SET_EXPECTED, **in_ten_days)
    case = await shown_from_template("Until {expected}", expected_on=date(2026, 4, 9))

    await cancellation_is_requested(case)

    status = await ClientStatus.get(id=case.order.id)
    assert (status.expected_on, status.label_de, status.label_en) == (
        date(2026, 4, 11),
        "Bis 11.04.2026",
        "Until 11 Apr 2026",
    )


@pytest.mark.parametrize("move", ["pause", "retire"])
async def test_an_automation_that_does_not_run_follows_nothing(move: str) -> None:
    await move_automation(await sets_template("In progress"), move)

    case = await an_order(OrderStatus.ACTIVE)

    assert await told_of(case.order.id) == ("HIDDEN", "")
    assert not await AutomationRun.exists()


async def test_automations_run_by_position_and_the_later_one_wins() -> None:
    await sets_template("Done", position=9)
    await sets_template("Planned", position=2)
    await sets_template("In progress", position=5)

    case = await an_order(OrderStatus.ACTIVE)

    assert await the_runs_of(case.order.id) == [(label, "APPLIED") for label in ("Planned", "In progress", "Done")]
    assert await told_of(case.order.id) == ("SHOWN", "Done")
    assert await ClientStatusChange.filter(order_id=case.order.id).count() == 3


async def test_of_two_at_one_position_the_older_one_runs_first() -> None:
    for label in ("Planned", "Done"):
        await sets_template(label, position=3)

    case = await an_order(OrderStatus.ACTIVE)

    assert [name for name, _ in await the_runs_of(case.order.id)] == ["Planned", "Done"]


async def test_events_are_followed_in_the_order_they_happened() -> None:
    await sets_template("Done", "order.complete", position=1)
    await sets_template("In review", "delivery.accept", position=2)

    rules: dict[str, Any] = {
        "completion_rule": CompletionRule.ON_ACCEPTANCE,
        "planned_invoices": (planned(invoice_on=None),),
    }
    accepted = await a_delivery(DeliveryStatus.ACCEPTED, **rules)
    await fire_due_deadlines()

    assert [name for name, _ in await the_runs_of(accepted.around.order.id)] == ["In review", "Done"]
