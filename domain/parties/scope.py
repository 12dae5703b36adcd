"""Scopes of members, customers and contacts."""

from domain.access.scoped_table import EVERYTHING, ScopedTable
from domain.kernel.actors import ActorKind
from domain.orders.scope import ASSIGNED

OFFICE = dict.fromkeys((ActorKind.STAFF, ActorKind.FINANCE, ActorKind.ADMIN, ActorKind.CLOCK), EVERYTHING)


def order_is_assigned(column: str) -> str:
    """SQL: an order that is assigned to the employee names `{t}` in this column."""
    assigned = ASSIGNED.replace("{t}", "o")
    return f"EXISTS (SELECT 1 FROM orders o WHERE o.{column} = {{t}}.id AND o.deleted_at IS NULL AND {assigned})"


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
# A link without an order ends mails: its scope is its contact and nothing else.
OWN_CONTACTS_SCOPE = ScopedTable(
    name="own_contacts",
    table="contacts",
    predicates={
        ActorKind.CUSTOMER: "({t}.id = {contact} OR {t}.account_id = {account}) AND {t}.customer_id = ANY({customers})",
        ActorKind.LINK: "{order} IS NULL AND {t}.id = {contact}",
        ActorKind.CLOCK: EVERYTHING,
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
