"""What making and amending an order template take."""

from dataclasses import dataclass
from decimal import Decimal
from uuid import UUID

from domain.client_status.model import Visibility
from domain.core.inputs import given
from domain.core.money import VatCategory
from domain.orders.model import CompletionRule, CustomerAccess, ReviewStart, ReviewUnit

MOST_DAYS = 3650


@dataclass(frozen=True, kw_only=True)
class TemplateInvoiceEntry:
    """One invoice that an order is planned with."""

    invoice_days: int | None = given(
        "Its date, in days after the order's first day; empty when it follows the acceptance.",
        default=None,
        least=0,
        most=MOST_DAYS,
    )
    text: str = given("What is invoiced.", shortest=1, longest=500)
    quantity: Decimal = given("How many units, up to three decimals.", default=Decimal(1))
    unit_price: Decimal = given("Net price of one unit in the order's currency, up to two decimals.")
    vat_category: VatCategory = given("How value added tax applies.", default=VatCategory.STANDARD)


@dataclass(frozen=True, kw_only=True)
class OrderTemplateEntry:
    """All facts of an order template; an amendment replaces them as a whole. Days count from the order's first."""

    name: str = given("What it is called where somebody chooses one.", shortest=1, longest=100)
    position: int = given("Its place among the templates.", least=1, most=10_000)
    project: str = given("Name of the project.", default="", longest=200)
    description: str = given("What is to be done.", default="")
    internal_notes: str = given("Notes the customer never sees.", default="")
    tags: tuple[str, ...] = given(
        "Words to find and sort by; never shown to customers.", default=(), longest=30, longest_entry=100
    )
    offer_days: int | None = given(
        "The last day of the offer, in days after the first.", default=None, least=0, most=MOST_DAYS
    )
    service_days: int | None = given(
        "Length of the service period in days, the first one among them.", default=None, least=1, most=MOST_DAYS
    )
    delivery_days: int | None = given(
        "The day the delivery is due at 18:00, in days after the first.", default=None, least=0, most=MOST_DAYS
    )
    completion_rule: CompletionRule = given("When the order is complete.", default=CompletionRule.FULLY_INVOICED)
    required_deliveries: int = given("Deliveries that must be accepted.", default=0, least=0, most=100)
    review_length: int = given("Length of the customer's review.", default=3, least=1, most=90)
    review_unit: ReviewUnit = given("How that length counts.", default=ReviewUnit.DAYS)
    review_start: ReviewStart = given("What the review counts from.", default=ReviewStart.DELIVERY)
    customer_access: CustomerAccess | None = given(
        "How much the customer sees; empty for the operator's setting.", default=None
    )
    stage_id: UUID | None = given("The stage of a pipeline that the order enters.", id_prefix="stg", default=None)
    status_template_id: UUID | None = given("The template that fills the client status.", id_prefix="stt", default=None)
    status_visibility: Visibility = given(
        "Whether that status is shown as soon as the client may see the order.", default=Visibility.HIDDEN
    )
    invoices: tuple[TemplateInvoiceEntry, ...] = given("The billing plan.", default=(), longest=120)
