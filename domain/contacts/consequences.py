"""Consequences of the removal of a contact for their customer, in the same transaction."""

from uuid import UUID

from domain.engine.noun import Consequence, each_alone
from domain.engine.transition import TransitionContext
from domain.parties.inputs import DefaultContact

SELECT_DEFAULT = "SELECT c.default_contact_id FROM customers c WHERE c.id = $1"


async def choose_successor(move: TransitionContext) -> None:
    """The customer's default contact is one who is still there."""
    (row,) = await move.connection.execute_query_dict(SELECT_DEFAULT, [move.row.customer_id])
    if row["default_contact_id"] in (None, move.row.id):
        successor = DefaultContact(contact_id=UUID(str(move.event_body["successor_id"])))
        await move.cascade("customer", "chooseDefaultContact", [move.row.customer_id], successor)


CONSEQUENCES: dict[str, tuple[Consequence, ...]] = {"contact.remove": (each_alone(choose_successor),)}
