"""Scope of supplements."""

from domain.access.scoped_table import ScopedTable
from domain.deliveries.scope import of_order, on_order
from domain.kernel.actors import ActorKind
from domain.orders.scope import CUSTOMER_ACCESS, ORDER_VISIBLE_TO_CUSTOMER, operations_scope

# With access to the status only, customers see supplements that wait for their answer and no older ones.
AWAITS_ANSWER_OR_FULL_ACCESS = f"({{t}}.status = 'OPEN' OR {on_order(CUSTOMER_ACCESS)} = 'FULL')"
CUSTOMER_SCOPE = f"{on_order(ORDER_VISIBLE_TO_CUSTOMER)} AND {AWAITS_ANSWER_OR_FULL_ACCESS}"

SUPPLEMENTS_SCOPE = ScopedTable(
    name="supplements",
    table="supplements",
    predicates={
        **operations_scope("order_id"),
        ActorKind.CUSTOMER: of_order(f"o.customer_id = ANY({{customers}}) AND {CUSTOMER_SCOPE}"),
        ActorKind.LINK: f"{{t}}.id = {{supplement}} AND {of_order(CUSTOMER_SCOPE)}",
    },
)
