"""Triggers of automations: every move and command of orders, deliveries and invoices."""

from domain.billing.noun import NOUN as BILLING
from domain.deliveries.noun import NOUN as DELIVERIES
from domain.engine.registry import extended_lifecycles
from domain.order_templates.noun import NOUN as ORDER_TEMPLATES
from domain.orders.noun import NOUN as ORDERS
from domain.pipelines.noun import NOUN as PIPELINES
from domain.pipelines.stage_entry import STAGE_ENTERED_EVENT

STAGE_ENTERED = STAGE_ENTERED_EVENT
# A deleted order has no client to inform.
EXCLUDED_EVENTS = frozenset({"order.delete"})
LIFECYCLES = {
    lifecycle.noun: lifecycle
    for lifecycle in extended_lifecycles((ORDERS, DELIVERIES, BILLING, PIPELINES, ORDER_TEMPLATES))
}

TRIGGERS: tuple[str, ...] = tuple(
    event
    for noun in ("order", "delivery", "invoice")
    for move in LIFECYCLES[noun].moves.values()
    if (event := LIFECYCLES[noun].event_name(move)) not in EXCLUDED_EVENTS
)
HOLD_RELEASING_EVENTS = frozenset(
    LIFECYCLES["order"].event_name(move)
    for move in LIFECYCLES["order"].moves.values()
    if move.to_states and not move.creates
)
