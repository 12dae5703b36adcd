"""Which client statuses exist for whom; what a customer effectively sees is said here and nowhere else."""

from domain.access.scoped_table import ScopedTable
from domain.kernel.actors import ActorKind
from domain.orders.sources import ACCESS, OFFERED, THERE, to_operations

MAY_BE_SEEN = f"""{THERE} AND {{t}}.archived_at IS NULL AND {{t}}.status <> 'DRAFT'
    AND ({OFFERED} OR {ACCESS} = 'STATUS_ONLY')"""
OF_CUSTOMER = "{t}.customer_id = ANY({customers})"
OF_LINK = "{t}.id = {order}"
SHOWN = "{t}.visibility = 'SHOWN'"
TOLD_ITS_CUSTOMER = "{t}.seen AND {t}.customer_id = (SELECT o.customer_id FROM orders o WHERE o.id = {t}.order_id)"
SHOWN_NOW = "EXISTS (SELECT 1 FROM client_statuses s WHERE s.order_id = {t}.order_id AND s.visibility = 'SHOWN')"


def of_order(condition: str) -> str:
    """SQL: the order of `{t}` fulfils a condition that is itself written over the alias `{t}`."""
    return f"EXISTS (SELECT 1 FROM orders o WHERE o.id = {{t}}.order_id AND {condition.replace('{t}', 'o')})"


# The status's own column leads to the index; that it follows the order's is the database's work.
SEEN_BY_CUSTOMER = of_order(f"{OF_CUSTOMER} AND {MAY_BE_SEEN}")
SEEN_BY_LINK = of_order(f"{OF_LINK} AND {MAY_BE_SEEN}")

CLIENT_STATUSES_SOURCE = ScopedTable(
    name="client_statuses",
    table="client_statuses",
    predicates={
        **to_operations("id"),
        ActorKind.CUSTOMER: f"{SHOWN} AND {OF_CUSTOMER} AND {SEEN_BY_CUSTOMER}",
        ActorKind.LINK: f"{SHOWN} AND {SEEN_BY_LINK}",
    },
)
CLIENT_STATUS_CHANGES_SOURCE = ScopedTable(
    name="client_status_changes",
    table="client_status_changes",
    predicates={
        **to_operations("order_id"),
        ActorKind.CUSTOMER: f"{TOLD_ITS_CUSTOMER} AND {SHOWN_NOW} AND {SEEN_BY_CUSTOMER}",
        ActorKind.LINK: f"{TOLD_ITS_CUSTOMER} AND {SHOWN_NOW} AND {SEEN_BY_LINK}",
    },
)
PENDING_STATUSES_SOURCE = ScopedTable(
    name="pending_statuses",
    table="pending_statuses",
    predicates=to_operations("id"),
)
