"""Automations for tests, written down through the door, and what came of them."""

from typing import Any
from uuid import UUID

from domain.actions import perform
from domain.automations.model import Automation, AutomationAction, AutomationRun
from domain.automations.takes import AutomationEntry
from domain.core.actors import Actor
from domain.core.door import Command
from domain.status_templates.model import StatusTemplate
from tests.makers.parties import STAFF


async def an_automation(trigger: str = "order.confirm", by: Actor = STAFF, **facts: Any) -> Automation:
    """An automation at the first place; it shows the client status unless something else is named."""
    outcome = await perform(Command(noun="automation", move="create", takes=an_entry(trigger, **facts)), by)
    return await Automation.get(id=outcome.subject_id)


def an_entry(trigger: str = "order.confirm", **named: Any) -> AutomationEntry:
    """What an automation is written down with."""
    facts: dict[str, Any] = {"name": "Rule", "position": 1, "action": AutomationAction.SHOW} | named
    return AutomationEntry(trigger=trigger, **facts)


async def move_automation(automation: Automation, name: str, takes: Any = None, by: Actor = STAFF) -> Automation:
    """Make one move of an automation and read it afresh."""
    await perform(Command(noun="automation", move=name, subject_id=automation.id, takes=takes), by)
    return await Automation.get(id=automation.id)


async def the_template(label_en: str) -> StatusTemplate:
    """One of the templates that every installation begins with."""
    return await StatusTemplate.get(label_en=label_en)


async def the_runs_of(order_id: UUID) -> list[tuple[str, str]]:
    """What automations did for an order, in order: the automation's name and the outcome."""
    runs = await AutomationRun.filter(order_id=order_id).order_by("id").prefetch_related("automation")
    return [(run.automation.name, run.outcome.value) for run in runs]
