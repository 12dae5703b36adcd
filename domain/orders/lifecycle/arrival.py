"""The command by which an order of another system comes in, in the state in which it stood there."""

from domain.engine.context import EvaluationContext
from domain.engine.lifecycle import Choice, Transition
from domain.kernel.actors import CLOCK_ROLE
from domain.orders.imported import effects
from domain.orders.imported.inputs import ImportedOrder
from domain.orders.imported.validators import IMPORTABLE, VALIDATORS
from domain.orders.model import OrderStatus


def imported_status(order: None, context: EvaluationContext) -> OrderStatus:
    """The first state for the lifecycle's documentation; the effect takes that of the other system."""
    return OrderStatus.DRAFT


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
