"""The entities of this schema with the tables of their rows, for the fields that find objects of any type."""

from domain.billing.scope import INVOICES_SCOPE
from domain.client_status.scope import CLIENT_STATUS_CHANGES_SCOPE, CLIENT_STATUSES_SCOPE
from domain.deliveries.scope import DEFECTS_SCOPE, DELIVERIES_SCOPE, DELIVERY_VERSIONS_SCOPE
from domain.orders.related_scopes import COMMENTS_SCOPE, PLANNED_INVOICES_SCOPE
from domain.orders.scope import ORDERS_SCOPE
from domain.parties.scope import CUSTOMERS_SCOPE, MANAGED_CONTACTS_SCOPE
from domain.receivables.scope import ENTRIES_SCOPE, RECEIVABLES_SCOPE
from domain.supplements.scope import SUPPLEMENTS_SCOPE
from domain.timeline import EVENTS_SCOPE, NOTIFICATIONS_SCOPE
from domain.uploads.scope import FILES_SCOPE
from schema.declarations.nodes import node_sources
from schema.portal.billing.invoices import Invoice
from schema.portal.billing.receivables import Receivable, ReceivableEntry
from schema.portal.billing.supplements import Supplement
from schema.portal.client_status import ClientStatus, ClientStatusChange
from schema.portal.deliveries import Delivery, DeliveryVersion
from schema.portal.files import File
from schema.portal.notifications import UserNotification
from schema.portal.orders import Comment, Order, PlannedInvoice
from schema.portal.parties import Contact, Customer
from schema.portal.timeline import TimelineEntry
from schema.shared.deliveries.delivery import Defect

NODES = node_sources(
    {
        Order: ORDERS_SCOPE,
        PlannedInvoice: PLANNED_INVOICES_SCOPE,
        Comment: COMMENTS_SCOPE,
        Delivery: DELIVERIES_SCOPE,
        DeliveryVersion: DELIVERY_VERSIONS_SCOPE,
        Defect: DEFECTS_SCOPE,
        File: FILES_SCOPE,
        Supplement: SUPPLEMENTS_SCOPE,
        Invoice: INVOICES_SCOPE,
        Receivable: RECEIVABLES_SCOPE,
        ReceivableEntry: ENTRIES_SCOPE,
        ClientStatus: CLIENT_STATUSES_SCOPE,
        ClientStatusChange: CLIENT_STATUS_CHANGES_SCOPE,
        Customer: CUSTOMERS_SCOPE,
        Contact: MANAGED_CONTACTS_SCOPE,
        TimelineEntry: EVENTS_SCOPE,
        UserNotification: NOTIFICATIONS_SCOPE,
    }
)
