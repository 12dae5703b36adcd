"""Orders and their parts, as far as both schemas show the same."""

from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import Any

import strawberry

from domain.billing.scope import INVOICES_OF_ORDER
from domain.engine.context import EvaluationContext
from domain.engine.facts import facts_subset
from domain.kernel.money import VatCategory
from domain.orders import guards
from domain.orders.facts import OrderFacts
from domain.orders.model import ReviewUnit
from schema.declarations.fields import column, computed, embedded, ordering, sort_key
from schema.shared.deliveries.due_proposals import DueProposal, due_proposal_field
from schema.shared.money import Money, TotalsFields, money_field, price_field
from schema.shared.node import Node

CURRENCY = "(SELECT o.currency FROM orders o WHERE o.id = {t}.order_id)"
INVOICES_OF = INVOICES_OF_ORDER.format(order="{p}.id")
OfferFacts = facts_subset(OrderFacts, "offer_valid_until")


def offer_ends_at(order: Any, _arguments: Mapping[str, Any], context: EvaluationContext) -> datetime | None:
    """The instant at which the last valid day of the offer is over."""
    return guards.offer_ends_at(order, context)


@strawberry.type(description="The customer's confirmation of an offer.")
class Confirmation:
    """The customer's confirmation of an offer."""

    at: datetime = column("{t}.confirmed_at", description="When they confirmed.")
    by: str = column("{t}.confirmed_by", description="The name they gave.")
    revision: int = column("{t}.confirmed_revision", description="The revision of the offer they confirmed.")


@strawberry.type
class PlannedInvoiceFields(Node):
    """The fields of a planned invoice that both schemas show."""

    id: strawberry.ID = column(id_prefix="pin", description="The entry's identifier.")
    position: int = column(description="Its place in the plan, from 1.")
    invoice_on: date | None = column(description="The day the invoice is dated; empty until acceptance sets it.")
    service_from: date | None = column(description="First day of what it invoices; null for the order's period.")
    service_to: date | None = column(description="Last day of that.")
    text: str = column(description="What is invoiced.")
    quantity: Decimal = column("trim_scale({t}.quantity)", description="How many units.")
    unit_price: Money = price_field("{t}.unit_price_cents", currency=CURRENCY, description="Net price of one unit.")
    vat_category: VatCategory = column(description="How value added tax applies.")
    vat_rate: Decimal = column("trim_scale({t}.vat_rate)", description="The tax rate in percent.")
    net: Money = money_field("{t}.net_cents", currency=CURRENCY, description="Net amount.")
    vat: Money = money_field("{t}.vat_cents", currency=CURRENCY, description="Value added tax.")
    gross: Money = money_field("{t}.net_cents + {t}.vat_cents", currency=CURRENCY, description="Net and tax together.")


@strawberry.type
class CommentFields(Node):
    """The fields of a comment that both schemas show."""

    id: strawberry.ID = column(id_prefix="cmt", description="The comment's identifier.")
    text: str = column(description="What was said.")
    created_at: datetime = column(description="When it was said.")


@strawberry.type
class NextStepFields:
    """The fields of a next step that both schemas show."""

    step: str = strawberry.field(description="For what, as a stable word.")
    label: str = strawberry.field(description="For what, in the viewer's language.")
    until: datetime | None = strawberry.field(description="Until when, where time ends it.")


@strawberry.type
class OrderFields(Node, TotalsFields):
    """The fields of an order that both schemas show."""

    id: strawberry.ID = column(id_prefix="ord", description="The order's identifier.")
    number: str = column(description="Its number: prefix, member, running number.")
    version: int = column(description="Counts its changes; for `expectedVersion`.")
    project: str = column(description="Name of the project.")
    description: str = column(description="What is to be done.")
    currency: str = column(description="The currency of all its amounts.")
    service_from: date | None = column(description="First day of the service period.")
    service_to: date | None = column(description="Last day of the service period.")
    offer_valid_until: date | None = column(description="Last day on which the offer can be confirmed.")
    offer_ends_at: datetime | None = computed(
        OfferFacts, offer_ends_at, description="The instant at which that day is over."
    )
    offer_revision: int = column(description="The revision of the offer, which a confirmation names.")
    delivery_due_at: datetime | None = column(description="When the work is to be delivered.")
    due_proposal: DueProposal | None = due_proposal_field()
    review_length: int = column(description="How long a review of a delivery lasts.")
    review_unit: ReviewUnit = column(description="How that length counts.")
    offered_at: datetime | None = column(description="When it was offered to the customer.")
    completed_at: datetime | None = column(description="When it was complete.")
    confirmation: Confirmation | None = embedded(
        when="{t}.confirmed_at IS NOT NULL AND {t}.confirmed_by IS NOT NULL",
        description="The customer's confirmation of the offer.",
    )


COMMENT_SORTS = ordering(
    "Comment",
    default="CREATED_AT",
    CREATED_AT=sort_key("{t}.created_at", "timestamptz", description="When it was said."),
)
