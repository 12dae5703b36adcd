"""Orders as customers see them, from the offer on."""

from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import Any

import strawberry

from domain.billing.scope import INVOICES_OF_ORDER, INVOICES_SCOPE
from domain.client_status.scope import CLIENT_STATUSES_SCOPE
from domain.deliveries.scope import DELIVERIES_SCOPE
from domain.engine.context import EvaluationContext
from domain.engine.facts import facts_subset
from domain.kernel.money import VatCategory
from domain.orders import guards
from domain.orders.facts import OrderFacts
from domain.orders.model import ReviewUnit
from domain.orders.related_scopes import COMMENTS_SCOPE, PLANNED_INVOICES_SCOPE
from domain.parties.scope import CUSTOMERS_SCOPE
from schema.declarations.fields import column, computed, connection, embedded, to_many, to_one
from schema.portal.api_profile import OPEN_ACTIONS
from schema.portal.client_status import ClientStatus
from schema.portal.deliveries import Delivery
from schema.portal.enums import OrderStatus
from schema.portal.next_steps import NextStep, order_next_steps
from schema.portal.order_lists import COMMENT_SORTS
from schema.portal.parties import Customer
from schema.portal.references import AnInvoice
from schema.portal.timeline import Deadline, TimelineEntry, deadlines_field, timeline_field
from schema.shared.actions import OpenAction
from schema.shared.money import Money, money_field
from schema.shared.pagination import Connection
from schema.shared.translated_fields import translated

OfferFacts = facts_subset(OrderFacts, "offer_valid_until")
CURRENCY = "(SELECT o.currency FROM orders o WHERE o.id = {t}.order_id)"
PROVIDER = "(SELECT m.name FROM members m WHERE m.id = {t}.member_id)"
CONTACT = "(SELECT c.name FROM contacts c WHERE c.id = {t}.contact_id)"
INVOICES_OF = INVOICES_OF_ORDER.format(order="{p}.id")
AUTHOR = """CASE WHEN {t}.author_role IN ('CUSTOMER', 'MEMBER') THEN {t}.author_name ELSE
    (SELECT CASE {language} WHEN 'en' THEN s.name_en ELSE s.name_de END FROM operator_settings s) END"""


def offer_ends_at(order: Any, _arguments: Mapping[str, Any], context: EvaluationContext) -> datetime | None:
    """The instant at which the last valid day of the offer is over."""
    return guards.offer_ends_at(order, context)


@strawberry.type(description="An invoice that the offer plans.")
class PlannedInvoice:
    """An invoice that the offer plans."""

    id: strawberry.ID = column(id_prefix="pin", description="The entry's identifier.")
    position: int = column(description="Its place in the plan, from 1.")
    invoice_on: date | None = column(description="The day it is dated; empty until acceptance sets it.")
    text: str = column(description="What is invoiced.")
    quantity: Decimal = column("trim_scale({t}.quantity)", description="How many units.")
    unit_price: Money = money_field("{t}.unit_price_cents", currency=CURRENCY, description="Net price of one unit.")
    vat_category: VatCategory = column(description="How value added tax applies.")
    vat_rate: Decimal = column("trim_scale({t}.vat_rate)", description="The tax rate in percent.")
    net: Money = money_field("{t}.net_cents", currency=CURRENCY, description="Net amount.")
    vat: Money = money_field("{t}.vat_cents", currency=CURRENCY, description="Value added tax.")
    gross: Money = money_field("{t}.net_cents + {t}.vat_cents", currency=CURRENCY, description="Net and tax together.")


@strawberry.type(description="A sentence on an order.")
class Comment:
    """A sentence on an order."""

    id: strawberry.ID = column(id_prefix="cmt", description="The comment's identifier.")
    text: str = column(description="What was said.")
    mine: bool = column("{t}.author_role = 'CUSTOMER'", description="Whether the customer's side said it.")
    author_name: str = column(AUTHOR, description="Who said it; the operator's people speak as the operator.")
    created_at: datetime = column(description="When it was said.")


@strawberry.type(description="The customer's yes.")
class Confirmation:
    """The customer's yes."""

    at: datetime = column("{t}.confirmed_at", description="When it was given.")
    by: str = column("{t}.confirmed_by", description="The name that was given.")
    revision: int = column("{t}.confirmed_revision", description="The revision of the offer that was confirmed.")


@strawberry.type(description="An order, from the offer on.")
class Order:
    """An order, from the offer on."""

    id: strawberry.ID = column(id_prefix="ord", description="The order's identifier.")
    number: str = column(description="Its number.")
    status: OrderStatus = column(description="Where it stands.")
    status_label: str = translated(
        "status.orderForCustomer", "{t}.status", description="That in the viewer's language."
    )
    version: int = column(description="Counts its changes; for `expectedVersion`.")
    project: str = column(description="Name of the project.")
    description: str = column(description="What is to be done.")
    currency: str = column(description="The currency of all its amounts.")
    provider_name: str = column(PROVIDER, description="Who does the work.")
    customer: Customer | None = to_one(CUSTOMERS_SCOPE, on="{t}.id = {p}.customer_id", description="Who orders.")
    contact_name: str | None = column(CONTACT, description="Who is asked at the customer.")
    offer_revision: int = column(description="The revision of the offer, to be named when confirming.")
    offer_valid_until: date | None = column(description="Last day on which the offer can be confirmed.")
    offer_ends_at: datetime | None = computed(
        OfferFacts, offer_ends_at, description="The instant at which that day is over."
    )
    service_from: date | None = column(description="First day of the service period.")
    service_to: date | None = column(description="Last day of the service period.")
    delivery_due_at: datetime | None = column(description="When the work is to be delivered.")
    review_length: int = column(description="How long your review of a delivery lasts.")
    review_unit: ReviewUnit = column(description="How that length counts.")
    net: Money = money_field("{t}.net_cents", description="Net sum.")
    vat: Money = money_field("{t}.vat_cents", description="Value added tax.")
    gross: Money = money_field("{t}.net_cents + {t}.vat_cents", description="Net and tax together.")
    planned_invoices: list[PlannedInvoice] = to_many(
        PLANNED_INVOICES_SCOPE,
        on="{t}.order_id = {p}.id",
        order="{t}.position, {t}.id",
        limit=120,
        description="When what will be invoiced.",
    )
    offered_at: datetime | None = column(description="When it was offered.")
    confirmation: Confirmation | None = embedded(
        when="{t}.confirmed_at IS NOT NULL AND {t}.confirmed_by IS NOT NULL", description="The customer's yes."
    )
    declined_at: datetime | None = column(
        "CASE {t}.rejection_cause WHEN 'CUSTOMER' THEN {t}.rejected_at END", description="When it was declined."
    )
    expired_at: datetime | None = column(
        "CASE {t}.rejection_cause WHEN 'OFFER_EXPIRED' THEN {t}.rejected_at END",
        description="When the offer expired unanswered.",
    )
    canceled_at: datetime | None = column(description="When it was canceled.")
    completed_at: datetime | None = column(description="When it was complete.")
    deliveries: list[Delivery] = to_many(
        DELIVERIES_SCOPE,
        on="{t}.order_id = {p}.id",
        order="{t}.position, {t}.id",
        limit=100,
        description="What was delivered, first to last.",
    )
    invoices: list[AnInvoice] = to_many(
        INVOICES_SCOPE,
        on=f"{{t}}.id = {INVOICES_OF}",
        order="{t}.id",
        limit=120,
        description="Issued invoices with something of this order.",
    )
    client_status: ClientStatus | None = to_one(
        CLIENT_STATUSES_SCOPE, on="{t}.id = {p}.id", description="How the work is getting on, where that is told."
    )
    comments: Connection[Comment] = connection(
        COMMENTS_SCOPE, on="{t}.order_id = {p}.id", sorts=COMMENT_SORTS, description="What was said."
    )
    next_steps: list[NextStep] = computed(OrderFacts, order_next_steps, description="What comes next.")
    deadlines: list[Deadline] = deadlines_field("order")
    timeline: Connection[TimelineEntry] = timeline_field("{t}.order_id = {p}.id")
    open_actions: list[OpenAction] = OPEN_ACTIONS.open_actions("order")
