"""The queries of the portal schema."""

from datetime import datetime

import strawberry

from domain.billing.scope import INVOICES_SCOPE
from domain.client_status.scope import CLIENT_STATUSES_SCOPE
from domain.deliveries.scope import DELIVERIES_SCOPE
from domain.operator.scope import OPERATOR_SCOPE
from domain.orders.due_proposals import IS_PROPOSED
from domain.orders.scope import MANAGED_ORDERS_SCOPE, ORDERS_SCOPE
from domain.receivables.scope import RECEIVABLES_SCOPE
from domain.supplements.scope import SUPPLEMENTS_SCOPE
from domain.timeline import NOTIFICATIONS_SCOPE
from domain.uploads.scope import FILES_SCOPE
from schema.declarations.fields import column, connection, embedded, lookup, singleton
from schema.declarations.nodes import node_list, node_lookup
from schema.portal.billing.invoices import INVOICE_SORTS, Invoice, InvoiceWhere
from schema.portal.billing.receivables import Receivable
from schema.portal.billing.supplements import Supplement
from schema.portal.client_status import CLIENT_STATUS_SORTS, ClientStatus, ClientStatusWhere
from schema.portal.deliveries import DELIVERY_SORTS, Delivery, DeliveryWhere
from schema.portal.files import File
from schema.portal.nodes import NODES
from schema.portal.notifications import UserNotification
from schema.portal.order_lists import ORDER_SORTS, OrderWhere
from schema.portal.orders import Order
from schema.portal.parties import Operator, Viewer
from schema.portal.queries.question_threads import QuestionThread
from schema.portal.queries.search import SearchResults
from schema.shared.billing.supplements import SUPPLEMENT_SORTS, SupplementWhere
from schema.shared.node import NODES_DESCRIPTION, Node
from schema.shared.notifications import notifications_field
from schema.shared.pagination import Connection
from schema.shared.search.found_rows import search_field


@strawberry.type(description="Where reading begins. What the viewer may not see looks like what does not exist.")
class Query:
    """The root of all queries."""

    now: datetime = column("{now}", description="The instant by which everything here is judged.")
    viewer: Viewer = embedded(description="Who is asking.")
    operator: Operator = singleton(OPERATOR_SCOPE, where="TRUE", description="Who runs this platform.")

    node: Node | None = node_lookup(NODES, description="One object of any type.")
    nodes: list[Node | None] = node_list(NODES, description=NODES_DESCRIPTION)
    search: SearchResults = search_field("What a text finds among orders and invoices.")

    work_in_progress: Connection[ClientStatus] = connection(
        CLIENT_STATUSES_SCOPE,
        filters=ClientStatusWhere,
        sorts=CLIENT_STATUS_SORTS,
        description="How the work is getting on, where that is told.",
    )
    client_status: ClientStatus | None = lookup(
        CLIENT_STATUSES_SCOPE,
        column_name="id",
        id_prefix="cst",
        description="How the work on one order is getting on. The order's identifier is taken, too, until 2027-06-30.",
    )
    offers: Connection[Order] = connection(
        ORDERS_SCOPE,
        on="{t}.status = 'AWAITING_CUSTOMER'",
        sorts=ORDER_SORTS,
        description="Offers that await an answer.",
    )
    deliveries_to_review: Connection[Delivery] = connection(
        DELIVERIES_SCOPE,
        on="{t}.status = 'DELIVERED' AND {t}.review_left_seconds IS NULL",
        sorts=DELIVERY_SORTS,
        description="Deliveries that await a review which does not rest.",
    )
    due_proposals_to_answer: Connection[Order] = connection(
        ORDERS_SCOPE,
        on=IS_PROPOSED,
        sorts=ORDER_SORTS,
        description="Orders for which another day of delivery was proposed that awaits an answer.",
    )
    supplements_to_answer: Connection[Supplement] = connection(
        SUPPLEMENTS_SCOPE,
        on="{t}.status = 'OPEN'",
        sorts=SUPPLEMENT_SORTS,
        description="Further invoices that await an answer.",
    )
    order: Order | None = lookup(ORDERS_SCOPE, column_name="id", id_prefix="ord", description="One order.")
    order_by_number: Order | None = lookup(
        ORDERS_SCOPE, column_name="number", description="One order by its number.", argument_description="Its number."
    )
    orders: Connection[Order] = connection(
        ORDERS_SCOPE, filters=OrderWhere, sorts=ORDER_SORTS, description="Orders, the newest first by default."
    )
    question_thread: QuestionThread | None = lookup(
        MANAGED_ORDERS_SCOPE,
        column_name="id",
        id_prefix="ord",
        description="What was said on one order, for who answers it by a mailed link too.",
        argument_description="The order's identifier.",
    )
    delivery: Delivery | None = lookup(DELIVERIES_SCOPE, column_name="id", id_prefix="del", description="One delivery.")
    deliveries: Connection[Delivery] = connection(
        DELIVERIES_SCOPE, filters=DeliveryWhere, sorts=DELIVERY_SORTS, description="What was delivered."
    )
    file: File | None = lookup(FILES_SCOPE, column_name="id", id_prefix="fil", description="One uploaded file.")
    supplement: Supplement | None = lookup(
        SUPPLEMENTS_SCOPE, column_name="id", id_prefix="sup", description="One supplement."
    )
    supplements: Connection[Supplement] = connection(
        SUPPLEMENTS_SCOPE,
        filters=SupplementWhere,
        sorts=SUPPLEMENT_SORTS,
        description="Further invoices that the customer was asked about, the newest first.",
    )
    invoice: Invoice | None = lookup(INVOICES_SCOPE, column_name="id", id_prefix="inv", description="One invoice.")
    invoice_by_number: Invoice | None = lookup(
        INVOICES_SCOPE,
        column_name="number",
        description="One invoice by its number.",
        argument_description="Its number.",
    )
    invoices: Connection[Invoice] = connection(
        INVOICES_SCOPE, filters=InvoiceWhere, sorts=INVOICE_SORTS, description="Issued invoices, the newest first."
    )
    receivable: Receivable | None = lookup(
        RECEIVABLES_SCOPE, column_name="id", id_prefix="rcv", description="What is owed of one invoice."
    )
    notification: UserNotification | None = lookup(
        NOTIFICATIONS_SCOPE, column_name="id", id_prefix="ntf", description="One notification of the viewer."
    )
    notifications: Connection[UserNotification] = notifications_field()
