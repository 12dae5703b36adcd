"""What an order says of itself; what hangs from it is beside this."""

from datetime import date, datetime
from decimal import Decimal

import strawberry

from domain.order_templates.scope import ORDER_TEMPLATES_SCOPE
from domain.orders.derived import IS_LATE, Fulfilment
from domain.orders.facts import OrderFacts
from domain.orders.model import CompletionRule, CustomerAccess, OrderStatus, ReviewStart, ReviewUnit
from domain.orders.scope import ORDERS_SCOPE
from domain.parties.scope import CONTACTS_SCOPE, CUSTOMERS_SCOPE, MEMBERS_SCOPE
from schema.declarations.fields import column, computed, embedded, to_one
from schema.operations.orders import computed as derive
from schema.operations.orders.parts import Cancellation, Confirmation, NextStep, PaymentGuarantee, Rejection
from schema.operations.orders.templates import OrderTemplate
from schema.operations.parties import Contact, Customer, Member
from schema.operations.references import AnOrder
from schema.shared.money import Money, money_field
from schema.shared.translated_fields import translated


@strawberry.type
class OrderFields:
    """What an order says of itself, and whom it concerns."""

    id: strawberry.ID = column(id_prefix="ord", description="The order's identifier.")
    number: str = column(description="Its number: prefix, member, running number.")
    status: OrderStatus = column(description="Where it stands.")
    status_label: str = translated("status.order", "{t}.status", description="That in the viewer's language.")
    version: int = column(description="Counts changes of lifecycle and offer; for `expectedVersion`.")
    project: str = column(description="Name of the project.")
    description: str = column(description="What is to be done.")
    currency: str = column(description="The currency of all its amounts.")
    member: Member = to_one(MEMBERS_SCOPE, on="{t}.id = {p}.member_id", description="Whose order it is.")
    customer: Customer | None = to_one(
        CUSTOMERS_SCOPE, on="{t}.id = {p}.customer_id", description="Who orders; empty in an unfinished draft."
    )
    contact: Contact | None = to_one(
        CONTACTS_SCOPE, on="{t}.id = {p}.contact_id", description="The person at the customer who is asked."
    )
    duplicated_from: AnOrder | None = to_one(
        ORDERS_SCOPE, on="{t}.id = {p}.duplicated_from_id", description="The order this one was copied from."
    )
    order_template: OrderTemplate | None = to_one(
        ORDER_TEMPLATES_SCOPE,
        on="{t}.id = {p}.order_template_id",
        description="The template it was begun from; null for members once that was retired.",
    )

    service_from: date | None = column(description="First day of the service period.")
    service_to: date | None = column(description="Last day of the service period.")
    offer_valid_until: date | None = column(description="Last day on which the offer can be confirmed.")
    offer_ends_at: datetime | None = computed(
        derive.OfferFacts, derive.offer_ends_at, description="The instant at which that day is over."
    )
    offer_revision: int = column(description="Counts what was offered; the customer confirms one revision.")
    skip_confirmation: bool = column(description="Whether the customer agreed elsewhere and is not asked.")
    delivery_due_at: datetime | None = column(description="When the work is to be delivered.")
    completion_rule: CompletionRule = column(description="When the order is complete.")
    required_deliveries: int = column(description="How many deliveries must be accepted.")
    review_length: int = column(description="How long a review of a delivery lasts.")
    review_unit: ReviewUnit = column(description="How that length counts.")
    review_start: ReviewStart = column(description="What it counts from.")
    customer_access: CustomerAccess | None = column(description="How much the customer sees; null: operator's rule.")
    internal_notes: str = column(description="The member's notes, which no customer sees.")
    tags: list[str] = column(description="Words to find and sort by, which no customer sees.")

    fee_percent: Decimal | None = column(description="The operator's fee, frozen when the order was submitted.")
    net: Money = money_field("{t}.net_cents", description="Net sum of the billing plan.")
    vat: Money = money_field("{t}.vat_cents", description="Value added tax of the billing plan.")
    gross: Money = money_field("{t}.net_cents + {t}.vat_cents", description="Net and tax together.")
    budget_inflow: Money = money_field("{t}.budget_inflow_cents", description="Net less the fee, per planned invoice.")

    submitted_at: datetime | None = column(description="When it was last handed to review.")
    offered_at: datetime | None = column(description="When it was offered to the customer.")
    activated_at: datetime | None = column(description="When it became active.")
    completed_at: datetime | None = column(description="When it was complete.")
    archived_at: datetime | None = column(description="When it was put away.")
    created_at: datetime = column(description="When it was begun.")
    confirmation: Confirmation | None = embedded(
        when="{t}.confirmed_at IS NOT NULL AND {t}.confirmed_by IS NOT NULL",
        description="The customer's yes, as proof.",
    )
    rejection: Rejection | None = embedded(
        when="{t}.rejected_at IS NOT NULL AND {t}.rejection_cause IS NOT NULL",
        description="Why and when it was rejected.",
    )
    cancellation: Cancellation | None = embedded(
        when="{t}.cancellation_requested_at IS NOT NULL", description="The wish to cancel it."
    )

    late: bool = column(IS_LATE, description="Whether the agreed delivery has passed without one.")
    fulfilment: Fulfilment = computed(OrderFacts, derive.fulfilment, description="How far the work is.")
    fulfilment_label: str = computed(OrderFacts, derive.fulfilment_label, description="That in the viewer's language.")
    payment_guarantee: PaymentGuarantee = computed(
        OrderFacts, derive.payment_guarantee, description="Whether the operator guarantees payment."
    )
    next_steps: list[NextStep] = computed(OrderFacts, derive.next_steps, description="Whose turn it is.")
