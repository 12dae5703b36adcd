"""Actors of every kind who see some of the demo's rows."""

from domain.database.pools import read_sessions
from domain.kernel.actors import Actor, ActorKind, Role

CONTACT_OF_ACTIVE_ORDER = """SELECT id, contact_id FROM orders
    WHERE status = 'ACTIVE' AND archived_at IS NULL AND contact_id IS NOT NULL ORDER BY id"""


async def somebody(kind: ActorKind) -> Actor:
    """A person of this kind who sees something."""
    pool = read_sessions()
    member = await pool.fetchrow("SELECT member_id, customer_id FROM orders GROUP BY 1, 2 ORDER BY count(*) DESC, 1, 2")
    account = await pool.fetchval("SELECT account_id FROM members WHERE id = $1", member["member_id"])
    offered = await pool.fetchval("SELECT id FROM orders WHERE status = 'AWAITING_CUSTOMER' ORDER BY id")
    match kind:
        case ActorKind.MEMBER:
            return Actor(kind=kind, role=Role.MEMBER, account_id=account, member_id=member["member_id"])
        case ActorKind.CUSTOMER:
            return Actor(kind=kind, role=Role.CUSTOMER, customer_ids=(member["customer_id"],), language="en")
        case ActorKind.STATUS_LINK:
            return Actor(kind=kind, role=Role.CUSTOMER, customer_ids=(member["customer_id"],), language="en")
        case ActorKind.REPLY_LINK:
            asked = await pool.fetchrow(CONTACT_OF_ACTIVE_ORDER)
            return Actor(kind=kind, role=Role.CUSTOMER, order_id=asked["id"], contact_id=asked["contact_id"])
        case ActorKind.LINK:
            return Actor(kind=kind, role=Role.CUSTOMER, order_id=offered)
    return Actor(kind=kind, role=Role.STAFF, account_id=account, language="en")
