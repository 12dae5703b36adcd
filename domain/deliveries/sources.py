"""Which deliveries, versions and defects exist for whom."""

from collections.abc import Mapping

from domain.access.scope_inheritance import inherit_scopes
from domain.access.scoped_table import ScopedTable
from domain.kernel.actors import ActorKind
from domain.orders.sources import ACCESS, OFFERED, to_operations

SUBMITTED = "{t}.current_number > 0"
UNDER_REVIEW = "{t}.status IN ('DELIVERED', 'REVISION_REQUESTED')"


def on_order(condition: str) -> str:
    """A condition written over an order as `{t}`, as one over the delivery's order."""
    return condition.replace("{t}", "o")


def of_order(condition: str) -> str:
    """SQL: the delivery `{t}` has an order `o` for which the condition holds."""
    return f"EXISTS (SELECT 1 FROM orders o WHERE o.id = {{t}}.order_id AND {condition})"


# With access to the status only, customers see what waits for their review and nothing older.
SEEN_BY_CUSTOMER = f"{on_order(OFFERED)} AND ({UNDER_REVIEW} OR {on_order(ACCESS)} = 'FULL')"
SCOPES: Mapping[ActorKind, str] = {
    **to_operations("order_id"),
    ActorKind.CUSTOMER: f"{SUBMITTED} AND " + of_order(f"o.customer_id = ANY({{customers}}) AND {SEEN_BY_CUSTOMER}"),
    ActorKind.LINK: f"{{t}}.id = {{delivery}} AND {SUBMITTED} AND {of_order(SEEN_BY_CUSTOMER)}",
}

DELIVERIES_SOURCE = ScopedTable(name="deliveries", table="deliveries", predicates=SCOPES)
BELOW = inherit_scopes(DELIVERIES_SOURCE, "delivery_id")
DELIVERY_VERSIONS_SOURCE = ScopedTable(name="delivery_versions", table="delivery_versions", predicates=BELOW)
DEFECTS_SOURCE = ScopedTable(name="defects", table="defects", predicates=BELOW)
