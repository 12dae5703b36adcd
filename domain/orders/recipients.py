"""Recipients of messages about orders and what belongs to them."""

from collections.abc import Mapping

from domain.kernel.actors import Role

MEMBER = """SELECT m.account_id, NULL::uuid, NULL::uuid FROM orders o JOIN members m ON m.id = o.member_id
    WHERE o.id = {order}"""
CONTACT = "SELECT NULL::uuid, o.contact_id, NULL::uuid FROM orders o WHERE o.id = {order} AND o.contact_id IS NOT NULL"
STAFF = """SELECT a.id, NULL::uuid, NULL::uuid FROM accounts a WHERE a.status = 'ACTIVE' AND 'STAFF' = ANY(a.roles)
    AND (a.order_access = 'ALL'
        OR EXISTS (SELECT 1 FROM assignments s WHERE s.order_id = {order} AND s.account_id = a.id))"""


def staff_of(order: str) -> str:
    """SQL: the employees who see the order that an SQL expression names."""
    return STAFF.format(order=order)


ORDER_RECIPIENTS: Mapping[Role, str] = {Role.MEMBER: MEMBER, Role.CUSTOMER: CONTACT, Role.STAFF: staff_of("{order}")}
