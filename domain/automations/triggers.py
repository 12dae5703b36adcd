"""What an automation may follow: every move and command of orders, deliveries and invoices."""

from domain.billing.lifecycle.invoices import INVOICES
from domain.deliveries.lifecycle import DELIVERIES
from domain.orders.lifecycle import ORDERS
from domain.pipelines.stage_entry import STAGE_ENTERED_EVENT

STAGE_ENTERED = STAGE_ENTERED_EVENT
# An order that is thrown away tells its client nothing.
EXCLUDED_EVENTS = frozenset({"order.delete"})

TRIGGERS: tuple[str, ...] = tuple(
    event
    for lifecycle in (ORDERS, DELIVERIES, INVOICES)
    for move in lifecycle.moves.values()
    if (event := lifecycle.event_name(move)) not in EXCLUDED_EVENTS
)
HOLD_RELEASING_EVENTS = frozenset(
    ORDERS.event_name(move) for move in ORDERS.moves.values() if move.to_states and not move.creates
)
