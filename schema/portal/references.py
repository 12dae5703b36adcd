"""Lazy references to the types of this schema, for types that refer to each other."""

from typing import TYPE_CHECKING, Annotated, Any

import strawberry

if TYPE_CHECKING:
    from schema.portal.billing.invoices import Invoice
    from schema.portal.billing.receivables import Receivable
    from schema.portal.billing.supplements import Supplement
    from schema.portal.deliveries import Delivery
    from schema.portal.files import File
    from schema.portal.notifications import UserNotification
    from schema.portal.orders import Order
    from schema.portal.parties import Contact

AContact = Annotated["Contact", strawberry.lazy("schema.portal.parties")]
ADelivery = Annotated["Delivery", strawberry.lazy("schema.portal.deliveries")]
AFile = Annotated["File", strawberry.lazy("schema.portal.files")]
AnInvoice = Annotated["Invoice", strawberry.lazy("schema.portal.billing.invoices")]
AUserNotification = Annotated["UserNotification", strawberry.lazy("schema.portal.notifications")]
AnOrder = Annotated["Order", strawberry.lazy("schema.portal.orders")]
AReceivable = Annotated["Receivable", strawberry.lazy("schema.portal.billing.receivables")]
ASupplement = Annotated["Supplement", strawberry.lazy("schema.portal.billing.supplements")]

# The type of each noun that this schema moves, in the order in which its mutations stand.
ENTITIES: dict[str, Any] = {
    "order": AnOrder,
    "delivery": ADelivery,
    "supplement": ASupplement,
    "receivable": AReceivable,
    "contact": AContact,
    "notification": AUserNotification,
    "upload": AFile,
}
