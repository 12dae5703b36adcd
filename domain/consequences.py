"""What a move of one aggregate asks of another, by the name of the event."""

from collections import defaultdict

from domain.billing.consequences import CONSEQUENCES as OF_BILLING
from domain.client_status.consequences import CONSEQUENCES as OF_CLIENT_STATUS
from domain.deliveries.consequences import CONSEQUENCES as OF_DELIVERIES
from domain.engine.registry import Consequence
from domain.order_templates.consequences import CONSEQUENCES as OF_ORDER_TEMPLATES
from domain.pipelines.consequences import CONSEQUENCES as OF_PIPELINES

Consequences = dict[str, tuple[Consequence, ...]]


def together(*parts: Consequences) -> Consequences:
    """Merge by event name; within one event the parts keep their order."""
    merged: dict[str, list[Consequence]] = defaultdict(list)
    for part in parts:
        for event, follows in part.items():
            merged[event].extend(follows)
    return {event: tuple(follows) for event, follows in merged.items()}


CONSEQUENCES = together(OF_DELIVERIES, OF_BILLING, OF_CLIENT_STATUS, OF_PIPELINES, OF_ORDER_TEMPLATES)
