"""Which rows below an order exist for whom: its billing plan, comments, evidence and employees."""

from domain.core.actors import OFFICE_AND_CLOCK, ActorKind
from domain.core.belonging import below, limited
from domain.core.sources import Source
from domain.orders.sources import ORDERS_SOURCE

OPERATIONS = OFFICE_AND_CLOCK | {ActorKind.MEMBER}
TO_THE_MEMBER = "{t}.visibility IN ('MEMBER', 'CUSTOMER')"
TO_THE_CUSTOMER = "{t}.visibility = 'CUSTOMER'"

PLANNED_INVOICES_SOURCE = Source(
    name="planned_invoices", table="planned_invoices", scopes=below(ORDERS_SOURCE, "order_id")
)
EVIDENCE_SOURCE = Source(
    name="evidence", table="evidence", scopes=limited(below(ORDERS_SOURCE, "order_id"), OPERATIONS)
)
ASSIGNMENTS_SOURCE = Source(
    name="assignments", table="assignments", scopes=limited(below(ORDERS_SOURCE, "order_id"), OFFICE_AND_CLOCK)
)
COMMENTS_SOURCE = Source(
    name="comments",
    table="comments",
    scopes={
        **limited(below(ORDERS_SOURCE, "order_id"), OFFICE_AND_CLOCK),
        **limited(below(ORDERS_SOURCE, "order_id", also=TO_THE_MEMBER), [ActorKind.MEMBER]),
        **limited(below(ORDERS_SOURCE, "order_id", also=TO_THE_CUSTOMER), [ActorKind.CUSTOMER, ActorKind.LINK]),
    },
)
