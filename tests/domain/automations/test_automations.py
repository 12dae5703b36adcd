"""Creating and changing automations: who may, which fields are required, which are refused."""

from typing import Any
from uuid import UUID

import pytest

from domain.automations.model import Automation, AutomationAction, AutomationState, ExpectedRule
from domain.client_status.model import Visibility
from domain.kernel.actors import Actor, ActorKind, Role
from domain.kernel.availability import Availability
from domain.kernel.errors import Refused
from domain.kernel.ids import new_id
from domain.status_templates.model import StatusTemplate
from tests.makers.automations import an_automation, an_entry, move_automation, the_template
from tests.makers.parties import ADMIN, FINANCE, a_customer, a_member, acting_for_customer, acting_for_member
from tests.makers.records import the_events_of
from tests.makers.time import berlin

pytestmark = pytest.mark.frozen_clock(berlin(2026, 4, 1, 10))

ASSIGNED_ONLY = Actor(kind=ActorKind.STAFF_ASSIGNED, role=Role.STAFF, account_id=new_id(), language="en")
NOWHERE = UUID("01970000-0000-7000-8000-000000000000")


async def refusals(**facts: Any) -> list[tuple[str, tuple[str, ...]]]:
    """Why an automation is not written down: reasons and the fields they speak of."""
    with pytest.raises(Refused) as refused:
        await an_automation(**facts)
    return [(refusal.reason, refusal.path) for refusal in refused.value.refusals]


async def test_an_automation_is_written_down_and_runs() -> None:
    template, customer = await the_template("In review"), await a_customer()

    automation = await an_automation(
        "delivery.submit",
        name=" Delivered ",
        position=7,
        tags=("web", " web ", "print", ""),
        customer_id=customer.id,
        action=AutomationAction.SET_TEMPLATE,
        template_id=template.id,
        visibility=Visibility.SHOWN,
    )

    assert (automation.name, automation.position, automation.state) == ("Delivered", 7, AutomationState.ACTIVE)
    assert (automation.tags, automation.customer_id) == (["web", "print"], customer.id)
    assert (automation.template_id, automation.visibility) == (template.id, Visibility.SHOWN)
    assert await the_events_of(automation.id) == ["automation.create"]


async def test_an_automation_pauses_and_goes_on_until_it_is_retired() -> None:
    automation = await an_automation()

    paused = await move_automation(automation, "pause")
    resumed = await move_automation(automation, "resume")
    retired = await move_automation(automation, "retire")

    assert [paused.state, resumed.state, retired.state] == ["PAUSED", "ACTIVE", "RETIRED"]
    assert retired.version == 4


async def test_amending_replaces_the_automation_as_a_whole() -> None:
    automation = await an_automation(tags=("web",), action=AutomationAction.HIDE)

    amended = await move_automation(automation, "amend", an_entry("order.archive", name="Rule", position=2))

    assert (amended.trigger, amended.tags, amended.action) == ("order.archive", [], "SHOW")
    assert amended.version == 2


async def test_a_retired_automation_is_not_changed_any_more() -> None:
    retired = await move_automation(await an_automation(), "retire")

    with pytest.raises(Refused, match="not_in_this_state"):
        await move_automation(retired, "amend", an_entry())


async def test_two_automations_do_not_share_a_name_unless_one_is_retired() -> None:
    automation = await an_automation(name="Rule")

    assert await refusals(name="rule ") == [("automation_name_taken", ("name",))]

    await move_automation(automation, "retire")
    await an_automation(name="Rule")
    assert await Automation.filter(name="Rule").count() == 2


async def test_an_automation_keeps_its_own_name_when_it_is_amended() -> None:
    automation = await an_automation(name="Rule")

    assert (await move_automation(automation, "amend", an_entry(name="Rule", position=3))).position == 3


@pytest.mark.parametrize(
    "trigger", ["order.delete", "order.later", "line.confirm", "clientStatus.show", "deadline.retry"]
)
async def test_only_moves_of_orders_deliveries_and_invoices_are_triggers(trigger: str) -> None:
    assert await refusals(trigger=trigger) == [("trigger_unknown", ("trigger",))]


@pytest.mark.parametrize("trigger", ["order.expire", "delivery.autoAccept", "invoice.print", "order.comment"])
async def test_moves_of_orders_deliveries_and_invoices_are_triggers(trigger: str) -> None:
    assert (await an_automation(trigger)).trigger == trigger


@pytest.mark.parametrize("position", [0, 10_001])
async def test_the_position_lies_between_one_and_ten_thousand(position: int) -> None:
    ((reason, path),) = await refusals(position=position)

    assert reason in ("number_too_small", "number_too_large")
    assert path == ("position",)


@pytest.mark.parametrize(
    ("action", "field"),
    [
        (AutomationAction.SET_TEMPLATE, "template_id"),
        (AutomationAction.SET_EXPECTED, "expected_rule"),
        (AutomationAction.ENTER_STAGE, "target_stage_id"),
    ],
)
async def test_an_action_names_what_it_cannot_do_without(action: AutomationAction, field: str) -> None:
    assert await refusals(action=action) == [("action_needs_this", (field,))]


async def test_days_after_the_event_are_counted() -> None:
    by_days: dict[str, Any] = {"action": AutomationAction.SET_EXPECTED, "expected_rule": ExpectedRule.DAYS_AFTER}

    assert await refusals(**by_days) == [("action_needs_this", ("expected_in_days",))]
    assert (await an_automation(**by_days, expected_in_days=0)).expected_in_days == 0


@pytest.mark.parametrize(
    ("field", "facts"),
    [
        ("template_id", {"action": AutomationAction.SHOW, "template_id": NOWHERE}),
        ("visibility", {"action": AutomationAction.HIDE, "visibility": Visibility.HIDDEN}),
        ("expected_rule", {"action": AutomationAction.SHOW, "expected_rule": ExpectedRule.CLEARED}),
        ("target_stage_id", {"action": AutomationAction.HIDE, "target_stage_id": NOWHERE}),
        (
            "expected_in_days",
            {
                "action": AutomationAction.SET_EXPECTED,
                "expected_rule": ExpectedRule.DELIVERY_DUE,
                "expected_in_days": 3,
            },
        ),
    ],
)
async def test_what_an_action_does_not_use_stays_empty(field: str, facts: dict[str, object]) -> None:
    assert await refusals(**facts) == [("action_does_not_use_this", (field,))]


@pytest.mark.parametrize("field", ["customer_id", "member_id", "pipeline_id", "order_template_id", "from_template_id"])
async def test_conditions_name_what_exists(field: str) -> None:
    assert await refusals(**{field: NOWHERE}) == [("cannot_be_chosen", (field,))]


async def test_a_retired_template_is_not_chosen() -> None:
    template = await the_template("Done")
    await StatusTemplate.filter(id=template.id).update(state=Availability.RETIRED)

    assert await refusals(action=AutomationAction.SET_TEMPLATE, template_id=template.id) == [
        ("cannot_be_chosen", ("template_id",))
    ]
    assert await refusals(from_template_id=template.id) == [("cannot_be_chosen", ("from_template_id",))]


async def test_only_an_order_entering_a_stage_has_a_stage() -> None:
    assert await refusals(stage_id=NOWHERE) == [("trigger_enters_no_stage", ("stage_id",))]


async def test_staff_and_administrators_write_automations() -> None:
    automation = await an_automation(by=ADMIN)
    member, customer = await a_member(), await a_customer()

    for somebody in (FINANCE, acting_for_member(member), acting_for_customer(customer)):
        with pytest.raises(Refused, match="not_your_move"):
            await an_automation(by=somebody, name="Another")
    with pytest.raises(Refused, match="not_found"):
        await move_automation(automation, "pause", by=acting_for_member(member))


async def test_who_takes_care_of_assigned_orders_only_writes_no_rules_for_all() -> None:
    automation = await an_automation()

    with pytest.raises(Refused, match="sees_assigned_orders_only"):
        await an_automation(by=ASSIGNED_ONLY, name="Another")
    for move in ("pause", "retire"):
        with pytest.raises(Refused, match="sees_assigned_orders_only"):
            await move_automation(automation, move, by=ASSIGNED_ONLY)
