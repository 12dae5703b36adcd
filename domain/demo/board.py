"""The demo's board: stages that orders enter by themselves, and automations that keep clients informed."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from domain.actions import perform
from domain.automations.model import AutomationAction
from domain.automations.takes import AutomationEntry
from domain.demo.order_templates import write_down_usual_orders
from domain.engine.commands import Command
from domain.kernel.actors import Actor
from domain.pipelines.model import Stage
from domain.pipelines.takes import PipelineEntry, StageEntry
from domain.status_templates.model import StatusTemplate

GRAY, BLUE, PURPLE, GREEN = "#64748b", "#2563eb", "#7c3aed", "#15803d"
BOARD = PipelineEntry(
    name="Auftragsablauf",
    stages=(
        StageEntry(name="Angebot", color=GRAY),
        StageEntry(name="In Arbeit", color=BLUE, card_limit=12),
        StageEntry(name="Beim Kunden", color=PURPLE),
        StageEntry(name="Abgenommen", color=GREEN),
    ),
)
ENTERS = (
    ("order.approve", "Angebot", "Freigegeben: aufs Board"),
    ("order.confirm", "In Arbeit", "Bestätigt: in Arbeit"),
    ("delivery.submit", "Beim Kunden", "Geliefert: beim Kunden"),
    ("delivery.requestRevision", "In Arbeit", "Überarbeitung: zurück in Arbeit"),
    ("delivery.accept", "Abgenommen", "Abgenommen"),
    ("delivery.autoAccept", "Abgenommen", "Durch Schweigen abgenommen"),
)
SAYS = (
    ("delivery.submit", "In Prüfung", "Kund*in prüft: Status „In Prüfung“"),
    ("delivery.requestRevision", "In Arbeit", "Überarbeitung: Status „In Arbeit“"),
    ("delivery.accept", "Fertig", "Abgenommen: Status „Fertig“"),
)


async def set_up_the_office(staff: Actor) -> None:
    """Pipeline, automations and order templates, through the door; what an earlier attempt has made stays."""
    pipeline_id = await _once(staff, "pipeline", "demo:board", BOARD)
    stages = {stage.name: stage.id for stage in await Stage.filter(pipeline_id=pipeline_id)}
    templates = await template_ids()
    entries = [
        *(_entering(trigger, name, stages[stage]) for trigger, stage, name in ENTERS),
        *(_saying(trigger, name, templates[label]) for trigger, label, name in SAYS),
    ]
    for position, entry in enumerate(entries, start=1):
        await _once(staff, "automation", f"demo:automation:{position}", AutomationEntry(position=position, **entry))
    await write_down_usual_orders(staff, stages, templates)


async def template_ids() -> Mapping[str, UUID]:
    """The status templates by their German label."""
    return {template.label_de: template.id for template in await StatusTemplate.all()}


def _entering(trigger: str, name: str, stage_id: UUID) -> dict[str, Any]:
    return {
        "trigger": trigger,
        "name": name,
        "action": AutomationAction.ENTER_STAGE,
        "target_stage_id": stage_id,
    }


def _saying(trigger: str, name: str, template_id: UUID) -> dict[str, Any]:
    return {"trigger": trigger, "name": name, "action": AutomationAction.SET_TEMPLATE, "template_id": template_id}


async def _once(staff: Actor, noun: str, key: str, takes: object) -> UUID:
    command = Command(noun=noun, move="create", input=takes, idempotency_key=key)
    return (await perform(command, staff)).subject_id
