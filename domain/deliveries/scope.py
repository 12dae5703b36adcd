"""Scopes of deliveries, versions and defects."""

from collections.abc import Mapping

from domain.access.scope_inheritance import inherit_scopes
from domain.access.scoped_table import ScopedTable
from domain.kernel.actors import PORTAL_KINDS, ActorKind
from domain.orders.scope import CUSTOMER_ACCESS, ORDER_VISIBLE_TO_CUSTOMER, operations_scope

SUBMITTED = "{t}.current_number > 0"
# A file of the draft has the number that its version will have.
IS_SUBMITTED = "{t}.number <= (SELECT s.current_number FROM deliveries s WHERE s.id = {t}.delivery_id)"
UNDER_REVIEW = "{t}.status IN ('DELIVERED', 'REVISION_REQUESTED')"


def on_order(condition: str) -> str:
    """A condition over an order `{t}`, rewritten over the delivery's order `o`."""
    return condition.replace("{t}", "o")


def of_order(condition: str) -> str:
    """SQL: the delivery `{t}` has an order `o` for which the condition holds."""
    return f"EXISTS (SELECT 1 FROM orders o WHERE o.id = {{t}}.order_id AND {condition})"


# With access to the status only, customers see deliveries under their review and no older ones.
CUSTOMER_SCOPE = f"{on_order(ORDER_VISIBLE_TO_CUSTOMER)} AND ({UNDER_REVIEW} OR {on_order(CUSTOMER_ACCESS)} = 'FULL')"
SCOPES: Mapping[ActorKind, str] = {
    **operations_scope("order_id"),
    ActorKind.CUSTOMER: f"{SUBMITTED} AND " + of_order(f"o.customer_id = ANY({{customers}}) AND {CUSTOMER_SCOPE}"),
    ActorKind.LINK: f"{{t}}.id = {{delivery}} AND {SUBMITTED} AND {of_order(CUSTOMER_SCOPE)}",
}

DELIVERIES_SCOPE = ScopedTable(name="deliveries", table="deliveries", predicates=SCOPES)
DELIVERY_SCOPES = inherit_scopes(DELIVERIES_SCOPE, "delivery_id")
DELIVERY_VERSIONS_SCOPE = ScopedTable(name="delivery_versions", table="delivery_versions", predicates=DELIVERY_SCOPES)
DEFECTS_SCOPE = ScopedTable(name="defects", table="defects", predicates=DELIVERY_SCOPES)
DELIVERY_FILES_SCOPE = ScopedTable(
    name="delivery_files",
    table="delivery_files",
    predicates={
        kind: f"{scope} AND {IS_SUBMITTED}" if kind in PORTAL_KINDS else scope
        for kind, scope in DELIVERY_SCOPES.items()
    },
)
