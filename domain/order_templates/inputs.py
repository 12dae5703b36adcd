"""Inputs of the moves of order templates."""

from dataclasses import dataclass
from decimal import Decimal
from uuid import UUID

from domain.client_status.model import Visibility
from domain.engine.inputs import input_field
from domain.kernel.amendments import amendment_of
from domain.kernel.money import VatCategory
from domain.operator.model import CustomerAccess
from domain.orders.model import CompletionRule, ReviewStart, ReviewUnit
from domain.orders.repetition import Repetition

MAX_DAYS = 3650


@dataclass(frozen=True, kw_only=True)
class TemplateInvoiceEntry:
    """One planned invoice of the orders that are created from the template, or several that repeat."""

    invoice_days: int | None = input_field(
        "Its date, in days after the order's first day; empty when it follows the acceptance.",
        default=None,
        least=0,
        most=MAX_DAYS,
    )
    text: str = input_field(
        "What is invoiced. In a repeated entry {month}, {year}, {quarter}, {period}, {pastPeriod}, {number} and "
        "{count} are filled for each invoice.",
        shortest=1,
        longest=500,
    )
    quantity: Decimal = input_field("How many units, up to four decimals.", default=Decimal(1))
    unit_price: Decimal = input_field("Net price of one unit in the order's currency, up to four decimals.")
    vat_category: VatCategory = input_field("How value added tax applies.", default=VatCategory.STANDARD)
    repeats: Repetition | None = input_field("How often it comes again; empty for once.", default=None)
    repeat_months: int | None = input_field(
        "The months from one invoice to the next, for EVERY_N_MONTHS.", default=None, least=1, most=120
    )
    repeat_count: int | None = input_field("How many invoices there are in all.", default=None, least=2, most=120)


@dataclass(frozen=True, kw_only=True)
class OrderTemplateEntry:
    """All facts of an order template. Days count from the order's first."""

    name: str = input_field("Its name in lists of choice.", shortest=1, longest=100)
    position: int = input_field("Its place among the templates.", least=1, most=10_000)
    project: str = input_field("Name of the project.", default="", longest=200)
    description: str = input_field("What is to be done.", default="")
    internal_notes: str = input_field("Notes the customer never sees.", default="")
    tags: tuple[str, ...] = input_field(
        "Words to find and sort by; never shown to customers.", default=(), longest=30, longest_entry=100
    )
    offer_days: int | None = input_field(
        "The last day of the offer, in days after the first.", default=None, least=0, most=MAX_DAYS
    )
    service_days: int | None = input_field(
        "Length of the service period in days, the first one among them.", default=None, least=1, most=MAX_DAYS
    )
    delivery_days: int | None = input_field(
        "The day the delivery is due at 18:00, in days after the first.", default=None, least=0, most=MAX_DAYS
    )
    completion_rule: CompletionRule = input_field("When the order is complete.", default=CompletionRule.FULLY_INVOICED)
    required_deliveries: int = input_field("Deliveries that must be accepted.", default=0, least=0, most=100)
    review_length: int = input_field("Length of the customer's review.", default=3, least=1, most=90)
    review_unit: ReviewUnit = input_field("How that length counts.", default=ReviewUnit.DAYS)
    review_start: ReviewStart = input_field("What the review counts from.", default=ReviewStart.DELIVERY)
    review_extensions: int | None = input_field(
        "How often the customer may extend a review; empty for the operator's setting.", default=None, least=0, most=10
    )
    review_extension_days: int | None = input_field(
        "By how many days at most, each time; empty for the operator's setting.", default=None, least=1, most=60
    )
    customer_access: CustomerAccess | None = input_field(
        "How much the customer sees; empty for the operator's setting.", default=None
    )
    stage_id: UUID | None = input_field("The stage of a pipeline that the order enters.", id_prefix="stg", default=None)
    status_template_id: UUID | None = input_field(
        "The template that fills the client status.", id_prefix="stt", default=None
    )
    status_visibility: Visibility = input_field(
        "Whether that status is shown as soon as the client may see the order.", default=Visibility.HIDDEN
    )
    invoices: tuple[TemplateInvoiceEntry, ...] = input_field("The billing plan.", default=(), longest=120)


OrderTemplateAmendment = amendment_of(OrderTemplateEntry, "OrderTemplateAmendment")
