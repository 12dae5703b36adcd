"""What members, staff, finance and administrators may move."""

from typing import Annotated, Any

import strawberry

from domain.actions import BOOK
from domain.core.actors import Role
from schema.derive.open_actions import Menus
from schema.derive.surface import Surface
from schema.operations.errors import error

Order = Annotated["Order", strawberry.lazy("schema.operations.orders")]
Delivery = Annotated["Delivery", strawberry.lazy("schema.operations.deliveries")]
BillableLine = Annotated["BillableLine", strawberry.lazy("schema.operations.lines")]
Invoice = Annotated["Invoice", strawberry.lazy("schema.operations.invoices")]
ClientStatus = Annotated["ClientStatus", strawberry.lazy("schema.operations.client_status")]

ENTITIES: dict[str, Any] = {
    "order": Order,
    "delivery": Delivery,
    "line": BillableLine,
    "invoice": Invoice,
    "clientStatus": ClientStatus,
}
SURFACE = Surface(
    book=BOOK,
    roles=frozenset({Role.MEMBER, Role.STAFF, Role.FINANCE, Role.ADMIN}),
    entities=ENTITIES,
    error=error,
)
MENUS = Menus(SURFACE)
