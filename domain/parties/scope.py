"""Scopes of members, customers and contacts."""

from domain.access.scoped_table import EVERYTHING, ScopedTable
from domain.kernel.actors import PORTAL_KINDS, ActorKind
from domain.orders.scope import ASSIGNED, VISIBLE_TO_OFFICE

OFFICE = dict.fromkeys((ActorKind.STAFF, ActorKind.FINANCE, ActorKind.ADMIN, ActorKind.CLOCK), EVERYTHING)


def order_is_assigned(column: str) -> str:
    """SQL: an order that the employee sees, and which is assigned to them, names `{t}` in this column."""
    visible, assigned = (each.replace("{t}", "o") for each in (VISIBLE_TO_OFFICE, ASSIGNED))
    return f"EXISTS (SELECT 1 FROM orders o WHERE o.{column} = {{t}}.id AND {visible} AND {assigned})"


def collaborates(customer: str) -> str:
    """SQL: the member works with this customer."""
    return f"""EXISTS (SELECT 1 FROM collaborations w
        WHERE w.customer_id = {customer} AND w.member_id = {{member}})"""


OF_LINK = "(SELECT o.customer_id FROM orders o WHERE o.id = {order})"

MEMBERS_SCOPE = ScopedTable(
    name="members",
    table="members",
    predicates={
        **OFFICE,
        ActorKind.MEMBER: "{t}.id = {member}",
        ActorKind.STAFF_ASSIGNED: order_is_assigned("member_id"),
    },
)
CUSTOMERS_SCOPE = ScopedTable(
    name="customers",
    table="customers",
    predicates={
        **OFFICE,
        ActorKind.MEMBER: collaborates("{t}.id"),
        ActorKind.STAFF_ASSIGNED: order_is_assigned("customer_id"),
        ActorKind.CUSTOMER: "{t}.id = ANY({customers})",
        ActorKind.LINK: f"{{t}}.id = {OF_LINK}",
    },
)
CONTACTS_SCOPE = ScopedTable(
    name="contacts",
    table="contacts",
    predicates={
        **OFFICE,
        ActorKind.MEMBER: collaborates("{t}.customer_id"),
        ActorKind.STAFF_ASSIGNED: order_is_assigned("contact_id"),
        ActorKind.CUSTOMER: "{t}.customer_id = ANY({customers})",
        ActorKind.LINK: f"{{t}}.customer_id = {OF_LINK}",
    },
)
# The contacts that an actor may move. A contact moves only their own row; a link without an order ends mails, and its
# scope is its contact.
MANAGED_CONTACTS_SCOPE = ScopedTable(
    name="managed_contacts",
    table="contacts",
    predicates={
        **{kind: scope for kind, scope in CONTACTS_SCOPE.predicates.items() if kind not in PORTAL_KINDS},
        ActorKind.CUSTOMER: "({t}.id = {contact} OR {t}.account_id = {account}) AND {t}.customer_id = ANY({customers})",
        ActorKind.LINK: "{order} IS NULL AND {t}.id = {contact}",
        ActorKind.STATUS_LINK: "{t}.id = {contact}",
        ActorKind.CLOCK: EVERYTHING,
    },
)
