"""Consequences of the merging of customers for automations, in the same transaction."""

from domain.engine.noun import Consequence, each_alone
from domain.engine.transition import TransitionContext

FOLLOW_CUSTOMER = "UPDATE automations SET customer_id = $2 WHERE customer_id = $1"


async def follow_customer(move: TransitionContext) -> None:
    """Automations for orders of a merged customer are for those of the customer that stays."""
    await move.connection.execute_query(FOLLOW_CUSTOMER, [move.row.id, move.row.merged_into_id])


CONSEQUENCES: dict[str, tuple[Consequence, ...]] = {"customer.merge": (each_alone(follow_customer),)}
