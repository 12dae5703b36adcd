"""Queries of what is ordered, delivered, billed, and of who takes part."""

import strawberry

from domain.billing.register import REGISTER_SCOPE, SERIES_SCOPE
from domain.billing.scope import INVOICES_SCOPE, LINES_SCOPE
from domain.deliveries.scope import DELIVERIES_SCOPE
from domain.invoice_runs.scope import INVOICE_RUNS_SCOPE
from domain.orders.scope import ORDERS_SCOPE
from domain.parties.merging import current_customer
from domain.parties.scope import CONTACTS_SCOPE, CUSTOMERS_SCOPE, MEMBERS_SCOPE
from domain.supplements.scope import SUPPLEMENTS_SCOPE
from domain.uploads.scope import FILES_SCOPE
from schema.declarations.fields import connection, lookup, to_many
from schema.operations.deliveries import DELIVERY_SORTS, Delivery, DeliveryWhere
from schema.operations.files import File
from schema.operations.invoice_runs.run import RUN_SORTS, InvoiceRun, InvoiceRunWhere
from schema.operations.invoices.billable_lines import BillableLine
from schema.operations.invoices.invoice import Invoice
from schema.operations.invoices.line_sums import LINE_SUMS, BillableLineConnection
from schema.operations.invoices.lists import INVOICE_SORTS, IS_ARCHIVED, LINE_SORTS, InvoiceWhere, LineWhere
from schema.operations.invoices.register import (
    REGISTER_SORTS,
    NumberSeries,
    RegisterEntry,
    RegisterEntryWhere,
)
from schema.operations.invoices.sums import SUMS, InvoiceConnection
from schema.operations.invoices.supplements import Supplement
from schema.operations.orders.lists import ORDER_SORTS, OrderWhere
from schema.operations.orders.order import Order
from schema.operations.orders.plan_sums import PlanSums, plan_sums_field
from schema.operations.parties import (
    CUSTOMER_SORTS,
    MEMBER_SORTS,
    Contact,
    Customer,
    CustomerWhere,
    Member,
    MemberWhere,
)
from schema.shared.billing.supplements import SUPPLEMENT_SORTS, SupplementWhere
from schema.shared.pagination import Connection


@strawberry.type
class BusinessQueries:
    """Queries of what is ordered, delivered, billed, and of who takes part."""

    order: Order | None = lookup(ORDERS_SCOPE, column_name="id", id_prefix="ord", description="One order.")
    order_by_number: Order | None = lookup(
        ORDERS_SCOPE, column_name="number", description="One order by its number.", argument_description="Its number."
    )
    orders: Connection[Order] = connection(
        ORDERS_SCOPE, filters=OrderWhere, sorts=ORDER_SORTS, description="Orders, the newest first by default."
    )
    plan_sums: PlanSums | None = plan_sums_field()
    delivery: Delivery | None = lookup(DELIVERIES_SCOPE, column_name="id", id_prefix="del", description="One delivery.")
    deliveries: Connection[Delivery] = connection(
        DELIVERIES_SCOPE, filters=DeliveryWhere, sorts=DELIVERY_SORTS, description="Deliveries of all orders."
    )
    file: File | None = lookup(FILES_SCOPE, column_name="id", id_prefix="fil", description="One uploaded file.")
    line: BillableLine | None = lookup(LINES_SCOPE, column_name="id", id_prefix="lin", description="One billable line.")
    lines: BillableLineConnection = connection(
        LINES_SCOPE, filters=LineWhere, sorts=LINE_SORTS, sums=LINE_SUMS, description="Billable lines."
    )
    supplement: Supplement | None = lookup(
        SUPPLEMENTS_SCOPE, column_name="id", id_prefix="sup", description="One supplement."
    )
    supplements: Connection[Supplement] = connection(
        SUPPLEMENTS_SCOPE,
        filters=SupplementWhere,
        sorts=SUPPLEMENT_SORTS,
        description="Further invoices that customers were asked about, the newest first.",
    )
    invoice: Invoice | None = lookup(INVOICES_SCOPE, column_name="id", id_prefix="inv", description="One invoice.")
    invoice_by_number: Invoice | None = lookup(
        INVOICES_SCOPE,
        column_name="number",
        description="One issued invoice by its number.",
        argument_description="The number of the document.",
    )
    invoices: InvoiceConnection = connection(
        INVOICES_SCOPE,
        filters=InvoiceWhere,
        sorts=INVOICE_SORTS,
        sums=SUMS,
        default_filter=f"NOT {IS_ARCHIVED}",
        description="Invoices and cancellation invoices; without a filter those that are not archived.",
    )
    number_series: list[NumberSeries] = to_many(
        SERIES_SCOPE,
        on="TRUE",
        order="{t}.year DESC NULLS FIRST, {t}.name",
        limit=100,
        description="The series of document numbers with their gaps; for finance and administrators.",
    )
    register_entry: RegisterEntry | None = lookup(
        REGISTER_SCOPE,
        column_name="number",
        description="One document number, explained; for finance and administrators.",
        argument_description="The number as it stands on the document.",
    )
    register_entries: Connection[RegisterEntry] = connection(
        REGISTER_SCOPE,
        filters=RegisterEntryWhere,
        sorts=REGISTER_SORTS,
        description="The register of document numbers, the newest first; for finance and administrators.",
    )
    invoice_run: InvoiceRun | None = lookup(
        INVOICE_RUNS_SCOPE, column_name="id", id_prefix="ivr", description="One invoice run, for finance."
    )
    invoice_runs: Connection[InvoiceRun] = connection(
        INVOICE_RUNS_SCOPE,
        filters=InvoiceRunWhere,
        sorts=RUN_SORTS,
        description="Invoice runs, for finance, the newest first by default.",
    )
    customer: Customer | None = lookup(
        CUSTOMERS_SCOPE,
        column_name="id",
        id_prefix="cus",
        description="One customer; one that was merged leads to the one it was merged into.",
        redirect=current_customer("{value}"),
    )
    customers: Connection[Customer] = connection(
        CUSTOMERS_SCOPE,
        on="{t}.status <> 'MERGED'",
        filters=CustomerWhere,
        sorts=CUSTOMER_SORTS,
        description="Customers; members see those they work with.",
    )
    contact: Contact | None = lookup(
        CONTACTS_SCOPE, column_name="id", id_prefix="con", description="One contact of a customer."
    )
    member: Member | None = lookup(MEMBERS_SCOPE, column_name="id", id_prefix="mem", description="One member.")
    members: Connection[Member] = connection(
        MEMBERS_SCOPE, filters=MemberWhere, sorts=MEMBER_SORTS, description="Members; members see themselves."
    )
