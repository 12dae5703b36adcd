"""The parts of an order that are objects of their own: its billing plan, comments, evidence, what is derived."""

from datetime import date, datetime
from decimal import Decimal

import strawberry

from domain.billing.scope import LINES_SCOPE
from domain.kernel.actors import Role
from domain.kernel.money import VatCategory
from domain.orders.model import CommentVisibility, RejectionCause
from schema.declarations.fields import column, to_one
from schema.operations.references import ABillableLine
from schema.shared.money import Money, money_field
from schema.shared.translated_fields import translated

CURRENCY = "(SELECT o.currency FROM orders o WHERE o.id = {t}.order_id)"


@strawberry.type(description="One entry of an order's billing plan.")
class PlannedInvoice:
    """One entry of an order's billing plan."""

    id: strawberry.ID = column(id_prefix="pin", description="The entry's identifier.")
    position: int = column(description="Its place in the plan, from 1.")
    invoice_on: date | None = column(description="The day the invoice is dated; empty until acceptance sets it.")
    text: str = column(description="What is invoiced.")
    quantity: Decimal = column("trim_scale({t}.quantity)", description="How many units.")
    unit_price: Money = money_field("{t}.unit_price_cents", currency=CURRENCY, description="Net price of one unit.")
    vat_category: VatCategory = column(description="How value added tax applies.")
    vat_category_label: str = translated(
        "status.vatCategory", "{t}.vat_category", description="That in the viewer's language."
    )
    vat_rate: Decimal = column("trim_scale({t}.vat_rate)", description="The tax rate in percent.")
    net: Money = money_field("{t}.net_cents", currency=CURRENCY, description="Net amount.")
    vat: Money = money_field("{t}.vat_cents", currency=CURRENCY, description="Value added tax.")
    gross: Money = money_field("{t}.net_cents + {t}.vat_cents", currency=CURRENCY, description="Net and tax together.")
    line: ABillableLine | None = to_one(
        LINES_SCOPE, on="{t}.planned_invoice_id = {p}.id", description="What became of it once the order was active."
    )


@strawberry.type(description="A sentence on an order, for the readers its author chose.")
class Comment:
    """A sentence on an order."""

    id: strawberry.ID = column(id_prefix="cmt", description="The comment's identifier.")
    text: str = column(description="What was said.")
    visibility: CommentVisibility = column(description="Who reads it.")
    visibility_label: str = translated(
        "status.commentVisibility", "{t}.visibility", description="That in the viewer's language."
    )
    author_name: str = column(description="Who said it.")
    author_role: Role = column(description="In what capacity.")
    created_at: datetime = column(description="When it was said.")


@strawberry.type(description="Proof that the customer agreed outside the platform.")
class Evidence:
    """Proof that the customer agreed outside the platform."""

    id: strawberry.ID = column(id_prefix="evd", description="The evidence's identifier.")
    title: str = column(description="What it shows.")
    link: str = column(description="Where it is kept.")
    created_at: datetime = column(description="When it was attached.")


@strawberry.type(description="The customer's yes, as proof.")
class Confirmation:
    """The customer's yes, as proof."""

    at: datetime = column("{t}.confirmed_at", description="When they confirmed.")
    by: str = column("{t}.confirmed_by", description="The name they gave.")
    revision: int = column("{t}.confirmed_revision", description="The revision of the offer they confirmed.")


@strawberry.type(description="Why and when an order was rejected.")
class Rejection:
    """Why and when an order was rejected."""

    at: datetime = column("{t}.rejected_at", description="When it was rejected.")
    cause: RejectionCause = column("{t}.rejection_cause", description="By whom or what.")
    cause_label: str = translated(
        "status.rejectionCause", "{t}.rejection_cause", description="That in the viewer's language."
    )
    reason: str | None = column("{t}.rejection_reason", description="The reason that was given.")


@strawberry.type(description="The wish to cancel a running order, and what became of it.")
class Cancellation:
    """The wish to cancel a running order."""

    requested_at: datetime = column("{t}.cancellation_requested_at", description="When it was asked for.")
    reason: str | None = column("{t}.cancellation_reason", description="The reason that was given.")
    canceled_at: datetime | None = column("{t}.canceled_at", description="When the operator agreed.")


@strawberry.type(description="Whether the operator guarantees payment.")
class PaymentGuarantee:
    """Whether the operator guarantees payment."""

    granted: bool = strawberry.field(description="Whether it does.")
    reasons: list[str] = strawberry.field(description="What is missing, in the viewer's language.")


@strawberry.type(description="Whose turn it is, for what, and until when.")
class NextStep:
    """Whose turn it is, for what, and until when."""

    role: Role = strawberry.field(description="Whose turn it is.")
    role_label: str = strawberry.field(description="That in the viewer's language.")
    step: str = strawberry.field(description="For what, as a stable word.")
    label: str = strawberry.field(description="For what, in the viewer's language.")
    until: datetime | None = strawberry.field(description="Until when, where time ends it.")
