"""Consequences of changes of customers and contacts for orders, in the same transaction."""

from uuid import UUID

from domain.engine.noun import Consequence, each_alone
from domain.engine.transition import TransitionContext
from domain.orders.due_proposals import open_proposal
from domain.orders.imported.effects import freeze_offers, mail_offers
from domain.orders.inputs import ContactChoice, FollowedCustomer

ORDERS_OF_CONTACT = """SELECT o.id FROM orders o WHERE o.contact_id = $1 AND o.deleted_at IS NULL
    AND o.status IN ('DRAFT', 'IN_REVIEW', 'AWAITING_CUSTOMER', 'ACTIVE', 'CANCELLATION_REVIEW') ORDER BY o.id"""
WAITING_ORDERS = """SELECT o.id FROM orders o WHERE o.contact_id = $1 AND o.deleted_at IS NULL
    AND (o.status = 'AWAITING_CUSTOMER' OR o.status IN ('ACTIVE', 'CANCELLATION_REVIEW') AND (
        EXISTS (SELECT 1 FROM deliveries d WHERE d.order_id = o.id AND d.status IN ('DELIVERED', 'REVISION_REQUESTED'))
        OR EXISTS (SELECT 1 FROM supplements s WHERE s.order_id = o.id AND s.status = 'OPEN')
        OR o.due_proposed_on > (app_now() AT TIME ZONE (SELECT s.zone FROM operator_settings s))::date))
    ORDER BY o.id"""
ORDERS_OF_CUSTOMER = "SELECT o.id FROM orders o WHERE o.customer_id = $1 ORDER BY o.id"


async def ask_successor(move: TransitionContext) -> None:
    """Running orders of a removed contact ask the one who takes their place."""
    successor = ContactChoice(contact_id=UUID(str(move.event_body["successor_id"])))
    await move.cascade("order", "changeContact", await _ids(move, ORDERS_OF_CONTACT), successor)


async def ask_again_at_new_address(move: TransitionContext) -> None:
    """What waits for a contact is sent to the new address, and the link at the earlier one is void."""
    if move.event_body.get("email_changed"):
        waiting = await _ids(move, WAITING_ORDERS)
        await move.cascade("order", "changeContact", waiting, ContactChoice(contact_id=move.row.id))


async def repeat_due_proposal(move: TransitionContext) -> None:
    """A proposed day of delivery is put to the person who is asked now."""
    if open_proposal(move.facts, move.context):
        await move.cascade("order", "repeatDueProposal", [move.row.id])


async def follow_customer(move: TransitionContext) -> None:
    target = FollowedCustomer(customer_id=move.row.merged_into_id)
    await move.cascade("order", "followCustomer", await _ids(move, ORDERS_OF_CUSTOMER), target)


async def _ids(move: TransitionContext, statement: str) -> list[UUID]:
    """The orders, which are locked already: the move names them as affected."""
    return [row["id"] for row in await move.connection.execute_query_dict(statement, [move.row.id])]


CONSEQUENCES: dict[str, tuple[Consequence, ...]] = {
    "order.changeContact": (each_alone(repeat_due_proposal),),
    "contact.remove": (each_alone(ask_successor),),
    "contact.amend": (each_alone(ask_again_at_new_address),),
    "customer.merge": (each_alone(follow_customer),),
    "order.import": (freeze_offers, mail_offers),
}
