"""The agreed part of an order, as members and the operator's people see it: terms, billing plan and offers."""

from datetime import datetime
from decimal import Decimal

import strawberry

from domain.operator.model import CustomerAccess
from domain.orders.model import CompletionRule, ReviewStart
from domain.orders.related_scopes import OFFER_REVISIONS_SCOPE, PLANNED_INVOICES_SCOPE
from schema.declarations.fields import column, embedded, to_many
from schema.operations.orders.parts import Cancellation, PlannedInvoice, Rejection
from schema.operations.orders.revisions import OfferRevision, RevisionComparison, revision_comparison_field
from schema.shared.money import Money, money_field
from schema.shared.orders.order import OrderFields


@strawberry.type
class OrderAgreement(OrderFields):
    """The part of an order that is agreed, beside what both schemas show."""

    skip_confirmation: bool = column(description="Whether the customer agreed elsewhere and is not asked.")
    completion_rule: CompletionRule = column(description="When the order is complete.")
    required_deliveries: int = column(description="How many deliveries must be accepted.")
    review_start: ReviewStart = column(description="What it counts from.")
    review_extensions: int | None = column(
        description="How often the customer may extend a review; null: operator's rule."
    )
    review_extension_days: int | None = column(
        description="By how many days at most, each time; null: operator's rule."
    )
    customer_access: CustomerAccess | None = column(description="How much the customer sees; null: operator's rule.")
    internal_notes: str = column(description="The member's notes, which no customer sees.")
    tags: list[str] = column(description="Words to find and sort by, which no customer sees.")

    fee_percent: Decimal | None = column(description="The operator's fee, frozen when the order was submitted.")
    budget_inflow: Money = money_field("{t}.budget_inflow_cents", description="Net less the fee, per planned invoice.")

    submitted_at: datetime | None = column(description="When it was last handed to review.")
    activated_at: datetime | None = column(description="When it became active.")
    archived_at: datetime | None = column(description="When it was put away.")
    created_at: datetime = column(description="When it was begun.")
    rejection: Rejection | None = embedded(
        when="{t}.rejected_at IS NOT NULL AND {t}.rejection_cause IS NOT NULL",
        description="Why and when it was rejected.",
    )
    cancellation: Cancellation | None = embedded(
        when="{t}.cancellation_requested_at IS NOT NULL", description="The wish to cancel it."
    )

    planned_invoices: list[PlannedInvoice] = to_many(
        PLANNED_INVOICES_SCOPE,
        on="{t}.order_id = {p}.id",
        order="{t}.position, {t}.id",
        limit=120,
        description="The billing plan, in its order.",
    )
    offer_revisions: list[OfferRevision] = to_many(
        OFFER_REVISIONS_SCOPE,
        on="{t}.order_id = {p}.id",
        order="{t}.revision DESC",
        limit=20,
        description="The offer as it was submitted each time, the latest first.",
    )
    offer_comparison: RevisionComparison | None = revision_comparison_field()
