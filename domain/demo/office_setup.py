"""The demo's office: a pipeline that orders enter by automations, automations that inform clients, and a webhook."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from domain.automations.inputs import AutomationInput
from domain.automations.model import AutomationAction
from domain.commands import execute
from domain.demo.order_templates import create_order_templates
from domain.engine.commands import Command
from domain.kernel.actors import Actor
from domain.pipelines.inputs import PipelineInput, StageEntry
from domain.pipelines.model import Stage
from domain.status_templates.model import StatusTemplate
from domain.webhooks.inputs import WebhookEndpointInput

GRAY, BLUE, PURPLE, GREEN = "#64748b", "#2563eb", "#7c3aed", "#15803d"
PIPELINE = PipelineInput(
    name_de="Auftragsablauf",
    name_en="Order workflow",
    stages=(
        StageEntry(name_de="Angebot", name_en="Offer", color=GRAY),
        StageEntry(name_de="In Arbeit", name_en="In progress", color=BLUE, card_limit=12),
        StageEntry(name_de="Bei der Kund*in", name_en="With the customer", color=PURPLE),
        StageEntry(name_de="Abgenommen", name_en="Accepted", color=GREEN),
    ),
)
STAGE_AUTOMATIONS = (
    ("order.approve", "Angebot", "Freigegeben: aufs Board"),
    ("order.confirm", "In Arbeit", "Bestätigt: in Arbeit"),
    ("delivery.submit", "Bei der Kund*in", "Geliefert: bei der Kund*in"),
    ("delivery.requestRevision", "In Arbeit", "Überarbeitung: zurück in Arbeit"),
    ("delivery.accept", "Abgenommen", "Abgenommen"),
    ("delivery.autoAccept", "Abgenommen", "Durch Schweigen abgenommen"),
)
STATUS_AUTOMATIONS = (
    ("delivery.submit", "In Prüfung", "Kund*in prüft: Status „In Prüfung“"),
    ("delivery.requestRevision", "In Arbeit", "Überarbeitung: Status „In Arbeit“"),
    ("delivery.accept", "Fertig", "Abgenommen: Status „Fertig“"),
)
LEDGER = WebhookEndpointInput(
    url="https://buchhaltung.werkstand.example/rechnungen",
    description="Buchhaltung, noch nicht in Betrieb",
    events=("invoice.print", "invoice.reverse"),
)


async def set_up_office(staff: Actor) -> None:
    """Create pipeline, automations and order templates by commands; rows from an earlier attempt stay."""
    pipeline_id = await _create_once(staff, "pipeline", "demo:board", PIPELINE)
    stages = {stage.name_de: stage.id for stage in await Stage.filter(pipeline_id=pipeline_id)}
    templates = await template_ids()
    entries = [
        *(_stage_automation(trigger, name, stages[stage]) for trigger, stage, name in STAGE_AUTOMATIONS),
        *(_status_automation(trigger, name, templates[label]) for trigger, label, name in STATUS_AUTOMATIONS),
    ]
    for position, entry in enumerate(entries, start=1):
        await _create_once(
            staff, "automation", f"demo:automation:{position}", AutomationInput(position=position, **entry)
        )
    await create_order_templates(staff, stages, templates)


async def prepare_webhook(admin: Actor) -> None:
    """Enter where the ledger is to hear of invoices, and pause that until the ledger is there; once."""
    endpoint_id = await _create_once(admin, "webhookEndpoint", "demo:webhook", LEDGER)
    pause = Command(noun="webhookEndpoint", move="pause", subject_id=endpoint_id, idempotency_key="demo:webhook:pause")
    await execute(pause, admin)


async def template_ids() -> Mapping[str, UUID]:
    """The status templates by their German label."""
    return {template.label_de: template.id for template in await StatusTemplate.all()}


def _stage_automation(trigger: str, name: str, stage_id: UUID) -> dict[str, Any]:
    return {
        "trigger": trigger,
        "name": name,
        "action": AutomationAction.ENTER_STAGE,
        "target_stage_id": stage_id,
    }


def _status_automation(trigger: str, name: str, template_id: UUID) -> dict[str, Any]:
    return {"trigger": trigger, "name": name, "action": AutomationAction.SET_TEMPLATE, "template_id": template_id}


async def _create_once(staff: Actor, noun: str, key: str, input: object) -> UUID:
    command = Command(noun=noun, move="create", input=input, idempotency_key=key)
    return (await execute(command, staff)).subject_id
