"""Conditions of automations as SQL: the orders `o` that an automation applies to at an event `h`."""

from domain.automations.model import Automation
from domain.automations.triggers import STAGE_ENTERED
from domain.billing.lifecycle.invoices import ORDERS
from domain.client_status.reads import INTENDED_TEMPLATE
from domain.database.parameters import Parameters

STAGE_CONDITION = "EXISTS (SELECT 1 FROM events e WHERE e.id = h.event_id AND e.body->>'stage' = {stage})"


def conditions(automation: Automation, bind: Parameters) -> list[str]:
    """SQL conditions over the order `o` and the event `h`; all must hold."""
    found = ["TRUE"]
    if automation.trigger == STAGE_ENTERED:
        found.append(STAGE_CONDITION.format(stage=bind(str(automation.stage_id), "text")))
    if automation.from_template_id:
        found.append(f"{INTENDED_TEMPLATE.format(o='o')} = {bind(automation.from_template_id, 'uuid')}")
    return found + order_conditions(automation, bind)


def order_conditions(automation: Automation, bind: Parameters) -> list[str]:
    """The conditions about the order `o` alone."""
    found: list[str] = []
    if automation.tags:
        found.append(f"o.tags @> {bind(automation.tags, 'text[]')}")
    for name in ("customer_id", "member_id", "order_template_id"):
        if value := getattr(automation, name):
            found.append(f"o.{name} = {bind(value, 'uuid')}")
    if automation.pipeline_id:
        pipeline = bind(automation.pipeline_id, "uuid")
        found.append(f"o.stage_id IN (SELECT g.id FROM stages g WHERE g.pipeline_id = {pipeline})")
    return found


def join_orders(trigger: str) -> str:
    """SQL that joins to the event `h` the orders it concerns.

    An invoice concerns the orders of its lines, including lines that have left it since.
    """
    orders = ORDERS.replace("{id}", "h.subject_id") if trigger.startswith("invoice.") else "SELECT h.order_id"
    return f"CROSS JOIN LATERAL ({orders}) AS concerned (order_id)"
