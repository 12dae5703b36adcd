"""Effects that change whom an order asks, and whose it is."""

from collections.abc import Mapping
from typing import Any

from domain.access.mailed_links import end_links
from domain.access.model import LinkEnd, LinkPurpose
from domain.engine.transition import TransitionContext
from domain.kernel.actors import Role
from domain.kernel.errors import Refused, invalid
from domain.orders.model import OrderStatus

SELECT_CONTACT = "SELECT name, email FROM contacts WHERE id = $1 AND customer_id = $2 AND status = 'KNOWN'"
# Links and messages are written for the contact that the database knows, so that the order has it before they are.
STORE_CONTACT = "UPDATE orders SET contact_id = $1 WHERE id = $2"
NOT_OFFERED = frozenset({OrderStatus.DRAFT, OrderStatus.IN_REVIEW})


async def change_contact(move: TransitionContext) -> None:
    """Ask another person. Only an open offer is mailed at once; a delivery under review follows by itself.

    The reply link of the person before is void.

    The system itself may name the same person again, whose address has changed.
    """
    order, contact_id = move.row, move.input.contact_id
    contact = await _require_contact(move)
    order.contact_id = contact_id
    await move.connection.execute_query(STORE_CONTACT, [contact_id, order.id])
    await end_links(move.work.writes, order.id, LinkPurpose.REPLY, LinkEnd.CLOSED)
    move.event_body["contact"] = contact["name"]
    if move.facts.status is not OrderStatus.AWAITING_CUSTOMER:
        move.notifies -= {Role.CUSTOMER}
    if move.facts.status in NOT_OFFERED:
        move.audience -= {Role.CUSTOMER}
    if move.context.actor.role is Role.CLOCK:
        move.notifies -= {Role.MEMBER}


def follow_customer(move: TransitionContext) -> None:
    move.row.customer_id = move.input.customer_id


async def _require_contact(move: TransitionContext) -> Mapping[str, Any]:
    order, contact_id = move.row, move.input.contact_id
    found = await move.connection.execute_query_dict(SELECT_CONTACT, [contact_id, order.customer_id])
    if not found:
        raise Refused(invalid("contact_unknown", "contact_id"))
    if contact_id == order.contact_id and move.context.actor.role is not Role.CLOCK:
        raise Refused(invalid("contact_is_asked_already", "contact_id"))
    if not found[0]["email"]:
        raise Refused(invalid("contact_without_email", "contact_id"))
    return found[0]
