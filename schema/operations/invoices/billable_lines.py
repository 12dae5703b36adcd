"""Billable lines as members and finance see them."""

from datetime import date, datetime
from decimal import Decimal

import strawberry

from domain.billing.model import LineSource, LineStatus
from domain.billing.scope import INVOICES_SCOPE
from domain.deliveries.scope import DELIVERIES_SCOPE
from domain.kernel.money import VatCategory
from domain.orders.related_scopes import PLANNED_INVOICES_SCOPE
from domain.orders.scope import ORDERS_SCOPE
from domain.parties.scope import CUSTOMERS_SCOPE, MEMBERS_SCOPE
from domain.supplements.scope import SUPPLEMENTS_SCOPE
from domain.timeline import EVENTS_SCOPE
from schema.declarations.fields import column, connection, to_one
from schema.operations.api_profile import OPEN_ACTIONS
from schema.operations.orders.parts import PlannedInvoice
from schema.operations.parties import Customer, Member
from schema.operations.references import ADelivery, AnInvoice, AnOrder, ASupplement
from schema.operations.timeline import EVENT_SORTS, Deadline, Event, deadlines_field
from schema.shared.actions import OpenAction
from schema.shared.money import Money, money_field, price_field
from schema.shared.node import Node
from schema.shared.pagination import Connection
from schema.shared.translated_fields import translated

EFFECTIVE_STATUS = "coalesce((SELECT i.status FROM invoices i WHERE i.id = {t}.invoice_id), {t}.status)"
EFFECTIVE_STATUS_KEY = """coalesce((SELECT 'invoice.' || i.status FROM invoices i WHERE i.id = {t}.invoice_id),
    'line.' || {t}.status)"""


@strawberry.type(description="Something that is to be invoiced.")
class BillableLine(Node):
    """Something that is to be invoiced."""

    id: strawberry.ID = column(id_prefix="lin", description="The line's identifier.")
    status: LineStatus = column(description="Whether it may be invoiced.")
    status_label: str = translated("status.line", "{t}.status", description="That in the viewer's language.")
    effective_status: str = column(
        EFFECTIVE_STATUS, description="Its invoice's status once it is on one, else its own."
    )
    effective_status_label: str = translated(
        "status", EFFECTIVE_STATUS_KEY, description="That in the viewer's language."
    )
    version: int = column(description="Counts its changes; for `expectedVersion`.")
    source: LineSource = column(description="What it came from.")
    source_label: str = translated("status.lineSource", "{t}.source", description="That in the viewer's language.")
    text: str = column(description="What is invoiced.")
    quantity: Decimal = column("trim_scale({t}.quantity)", description="How many units.")
    unit_price: Money = price_field("{t}.unit_price_cents", description="Net price of one unit.")
    net: Money = money_field("{t}.net_cents", description="Net amount.")
    currency: str = column(description="The currency.")
    vat_category: VatCategory = column(description="How value added tax applies.")
    vat_category_label: str = translated(
        "status.vatCategory", "{t}.vat_category", description="That in the viewer's language."
    )
    vat_rate: Decimal = column("trim_scale({t}.vat_rate)", description="The tax rate in percent.")
    invoice_on: date | None = column(description="The day its invoice is to be dated.")
    service_from: date | None = column(description="First day of the service.")
    service_to: date | None = column(description="Last day of the service.")
    payment_days: int = column(description="How many days the customer has to pay.")
    composed_by_finance_only: bool = column(description="Whether only finance puts it on an invoice.")
    consumed_at: datetime | None = column(description="When it was booked.")
    created_at: datetime = column(description="When it was made.")
    member: Member = to_one(MEMBERS_SCOPE, on="{t}.id = {p}.member_id", description="Whose work it is.")
    customer: Customer | None = to_one(CUSTOMERS_SCOPE, on="{t}.id = {p}.customer_id", description="Who pays.")
    order: AnOrder | None = to_one(ORDERS_SCOPE, on="{t}.id = {p}.order_id", description="Its order.")
    delivery: ADelivery | None = to_one(
        DELIVERIES_SCOPE, on="{t}.id = {p}.delivery_id", description="The delivery it came from."
    )
    planned_invoice: PlannedInvoice | None = to_one(
        PLANNED_INVOICES_SCOPE, on="{t}.id = {p}.planned_invoice_id", description="The plan it came from."
    )
    invoice: AnInvoice | None = to_one(
        INVOICES_SCOPE, on="{t}.id = {p}.invoice_id", description="The invoice it is on."
    )
    supplement: ASupplement | None = to_one(
        SUPPLEMENTS_SCOPE,
        on="{t}.line_id = {p}.id",
        order="{t}.id DESC",
        description="What the customer was last asked about it, where they were asked.",
    )
    events: Connection[Event] = connection(
        EVENTS_SCOPE,
        on="{t}.subject_id = {p}.id AND {t}.subject_kind = 'line'",
        sorts=EVENT_SORTS,
        description="What happened to it.",
    )
    deadlines: list[Deadline] = deadlines_field("line")
    open_actions: list[OpenAction] = OPEN_ACTIONS.open_actions("line")
