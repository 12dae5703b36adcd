"""Scopes of client statuses; the only place that decides what a customer sees of them."""

from domain.access.scoped_table import EVERYTHING, ScopedTable
from domain.kernel.actors import ALL_BUT_CUSTOMER_KINDS, ActorKind
from domain.orders.scope import CUSTOMER_ACCESS, NOT_DELETED, ORDER_VISIBLE_TO_CUSTOMER, operations_scope

ORDER_IS_VISIBLE = f"""{NOT_DELETED} AND {{t}}.archived_at IS NULL AND {{t}}.status <> 'DRAFT'
    AND ({ORDER_VISIBLE_TO_CUSTOMER} OR {CUSTOMER_ACCESS} = 'STATUS_ONLY')"""
IS_OF_CUSTOMER = "{t}.customer_id = ANY({customers})"
IS_OF_LINK = "{t}.id = {order}"
IS_SHOWN = "{t}.visibility = 'SHOWN'"
WAS_SEEN_BY_CUSTOMER = "{t}.seen AND {t}.customer_id = (SELECT o.customer_id FROM orders o WHERE o.id = {t}.order_id)"
STATUS_IS_SHOWN = "EXISTS (SELECT 1 FROM client_statuses s WHERE s.order_id = {t}.order_id AND s.visibility = 'SHOWN')"


def order_where(condition: str) -> str:
    """SQL: the order of `{t}` fulfils a condition, which is written over the alias `{t}`."""
    return f"EXISTS (SELECT 1 FROM orders o WHERE o.id = {{t}}.order_id AND {condition.replace('{t}', 'o')})"


# The status's own customer column uses its index; a trigger keeps it equal to the order's.
OF_CUSTOMERS_VISIBLE_ORDER = order_where(f"{IS_OF_CUSTOMER} AND {ORDER_IS_VISIBLE}")
VISIBLE_TO_CUSTOMER = f"{IS_SHOWN} AND {IS_OF_CUSTOMER} AND {OF_CUSTOMERS_VISIBLE_ORDER}"
SEEN_BY_CUSTOMER = f"{WAS_SEEN_BY_CUSTOMER} AND {STATUS_IS_SHOWN} AND {OF_CUSTOMERS_VISIBLE_ORDER}"
VISIBLE_TO_LINK = order_where(f"{IS_OF_LINK} AND {ORDER_IS_VISIBLE}")

CLIENT_STATUSES_SCOPE = ScopedTable(
    name="client_statuses",
    table="client_statuses",
    predicates={
        **operations_scope("id"),
        ActorKind.CUSTOMER: VISIBLE_TO_CUSTOMER,
        ActorKind.LINK: f"{IS_SHOWN} AND {VISIBLE_TO_LINK}",
        ActorKind.STATUS_LINK: VISIBLE_TO_CUSTOMER,
    },
)
CLIENT_STATUS_CHANGES_SCOPE = ScopedTable(
    name="client_status_changes",
    table="client_status_changes",
    predicates={
        **operations_scope("order_id"),
        ActorKind.CUSTOMER: SEEN_BY_CUSTOMER,
        ActorKind.STATUS_LINK: SEEN_BY_CUSTOMER,
        ActorKind.LINK: f"{WAS_SEEN_BY_CUSTOMER} AND {STATUS_IS_SHOWN} AND {VISIBLE_TO_LINK}",
    },
)
PENDING_STATUSES_SCOPE = ScopedTable(
    name="pending_statuses",
    table="pending_statuses",
    predicates=operations_scope("id"),
)
STATUS_RULES_SCOPE = ScopedTable(
    name="status_rules", table="status_rules", predicates=dict.fromkeys(ALL_BUT_CUSTOMER_KINDS, EVERYTHING)
)
