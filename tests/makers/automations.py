"""Automations for tests, written down through the door, and what came of them."""

from typing import Any
from uuid import UUID

from domain.automations.inputs import AutomationInput
from domain.automations.model import Automation, AutomationAction, AutomationRun
from domain.client_status.inputs import StatusInput
from domain.client_status.model import ClientStatus, Visibility
from domain.commands import execute
from domain.engine.commands import Command
from domain.kernel.actors import Actor
from domain.orders.inputs import CancellationReason, RequiredReason
from domain.orders.model import OrderStatus
from domain.status_templates.model import StatusTemplate
from tests.makers.client_status import move_client_status
from tests.makers.orders import LONG_REASON, Case, an_order
from tests.makers.parties import STAFF


async def an_automation(trigger: str = "order.confirm", by: Actor = STAFF, **facts: Any) -> Automation:
    """An automation at the first place; it shows the client status unless something else is named."""
    outcome = await execute(Command(noun="automation", move="create", input=an_entry(trigger, **facts)), by)
    return await Automation.get(id=outcome.subject_id)


def an_entry(trigger: str = "order.confirm", **named: Any) -> AutomationInput:
    """What an automation is written down with."""
    facts: dict[str, Any] = {"name": "Rule", "position": 1, "action": AutomationAction.SHOW} | named
    return AutomationInput(trigger=trigger, **facts)


async def move_automation(automation: Automation, name: str, takes: Any = None, by: Actor = STAFF) -> Automation:
    """Make one move of an automation and read it afresh."""
    await execute(Command(noun="automation", move=name, subject_id=automation.id, input=takes), by)
    return await Automation.get(id=automation.id)


async def the_template(label_en: str) -> StatusTemplate:
    """One of the templates that every installation begins with."""
    return await StatusTemplate.get(label_en=label_en)


async def the_runs_of(order_id: UUID) -> list[tuple[str, str]]:
    """What automations did for an order, in order: the automation's name and the outcome."""
    runs = await AutomationRun.filter(order_id=order_id).order_by("id").prefetch_related("automation")
    return [(run.automation.name, run.outcome.value) for run in runs]


async def sets_template(label_en: str, trigger: str = "order.confirm", **facts: Any) -> Automation:
    """An automation that shows one of those templates."""
    named = {"name": label_en, "visibility": Visibility.SHOWN} | facts
    template = await the_template(label_en)
    return await an_automation(trigger, action=AutomationAction.SET_TEMPLATE, template_id=template.id, **named)


async def told_of(order_id: UUID) -> tuple[str, str]:
    """The client status: whether it is shown, and its English label."""
    status = await ClientStatus.get(id=order_id)
    return status.visibility.value, status.label_en


async def shown_from_template(label_en: str = "In progress", around: Case | None = None, **texts: Any) -> Case:
    """The order around a client status that staff shows from a template; nothing of it is written by hand."""
    around = around or await an_order(OrderStatus.ACTIVE)
    template = await the_template(label_en)
    await move_client_status(around, "show", StatusInput(template_id=template.id, **texts))
    return around


async def cancellation_is_requested(case: Case) -> None:
    """A move of an active order that any test can make."""
    await case.move("requestCancellation", case.by_member, CancellationReason(reason=LONG_REASON))


async def cancellation_is_refused(case: Case) -> None:
    """The move back."""
    await case.move("refuseCancellation", STAFF, RequiredReason(reason="It is as good as done."))


async def move_run(run: AutomationRun, name: str, by: Actor = STAFF, **more: Any) -> AutomationRun:
    """Make one move of what came of an automation and read it afresh."""
    await execute(Command(noun="automationRun", move=name, subject_id=run.id, **more), by)
    return await AutomationRun.get(id=run.id)


async def the_reasons_of(order_id: UUID) -> list[str]:
    """Why automations could do nothing for an order."""
    runs = await AutomationRun.filter(order_id=order_id).order_by("id")
    return [str(reason["reason"]) for run in runs for reason in run.reasons]
