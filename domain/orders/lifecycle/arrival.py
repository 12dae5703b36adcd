"""The command by which an order of another system comes in, in the state in which it stood there."""

from domain.engine.context import EvaluationContext
from domain.engine.lifecycle import Choice, Transition
from domain.kernel.actors import CLOCK_ROLE
from domain.orders.facts import OrderFacts
from domain.orders.imported import effects
from domain.orders.imported.inputs import ImportedOrder
from domain.orders.imported.validators import IMPORTABLE, VALIDATORS
from domain.orders.model import OrderStatus


def imported_status(order: OrderFacts, context: EvaluationContext) -> OrderStatus:
    """The state in which the order stood in the other system."""
    return order.status


ARRIVAL_COMMANDS = (
    Transition(
        name="import",
        doc="An order comes from another system with its number, status and days.",
        roles=CLOCK_ROLE,
        to_state=Choice(states=IMPORTABLE, choose=imported_status),
        creates=True,
        input=ImportedOrder,
        validators=VALIDATORS,
        effect=effects.insert,
    ),
)
