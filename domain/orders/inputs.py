"""Inputs of the moves and commands of an order."""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from uuid import UUID

from domain.engine.inputs import input_field
from domain.kernel.amendments import amendment_of
from domain.kernel.money import VatCategory
from domain.operator.model import CustomerAccess
from domain.orders.model import CommentVisibility, CompletionRule, ReviewStart, ReviewUnit
from domain.orders.repetition import Repetition

CENTS_LIMIT = 10**12


@dataclass(frozen=True, kw_only=True)
class PlannedInvoiceEntry:
    """One entry of the billing plan; a repeated one becomes a planned invoice for each of its dates when saved."""

    invoice_on: date | None = input_field(
        "Day the invoice is dated, the first one of a repeated entry; empty when it follows the acceptance.",
        default=None,
    )
    text: str = input_field(
        "What is invoiced. In a repeated entry {month}, {year}, {quarter}, {period}, {pastPeriod}, {number} and "
        "{count} are filled for each invoice, in the customer's language.",
        shortest=1,
        longest=500,
    )
    quantity: Decimal = input_field("How many units, up to four decimals.", default=Decimal(1))
    unit_price: Decimal = input_field("Net price of one unit in the order's currency, up to four decimals.")
    vat_category: VatCategory = input_field("How value added tax applies.", default=VatCategory.STANDARD)
    service_from: date | None = input_field(
        "First day of what it invoices, of the first invoice of a repeated entry; empty for the order's period, and "
        "for its months where it repeats.",
        default=None,
    )
    service_to: date | None = input_field("Last day of that; given with the first.", default=None)
    repeats: Repetition | None = input_field("How often it comes again; empty for once.", default=None)
    repeat_months: int | None = input_field(
        "The months from one invoice to the next, for EVERY_N_MONTHS.", default=None, least=1, most=120
    )
    repeat_count: int | None = input_field(
        "How many invoices there are in all; this or the last day.", default=None, least=2, most=120
    )
    repeat_until: date | None = input_field(
        "The last day on which one may be dated; this or their number.", default=None
    )


@dataclass(frozen=True, kw_only=True)
class EvidenceEntry:
    """Proof of an agreement made elsewhere."""

    title: str = input_field("What it shows.", shortest=1, longest=200)
    link: str | None = input_field("Where it is kept (http or https).", default=None, longest=2000)
    file_ids: tuple[UUID, ...] = input_field(
        "Uploaded files that show it, as a whole.", id_prefix="fil", default=(), longest=50
    )


@dataclass(frozen=True, kw_only=True)
class DraftFacts:
    """All facts of a draft; what is left out is empty."""

    project: str = input_field("Name of the project.", default="", longest=200)
    description: str = input_field("What is to be done.", default="")
    customer_id: UUID | None = input_field("Who orders.", id_prefix="cus", default=None)
    contact_id: UUID | None = input_field("The person at the customer who is asked.", id_prefix="con", default=None)
    service_from: date | None = input_field("First day of the service period.", default=None)
    service_to: date | None = input_field("Last day of the service period.", default=None)
    offer_valid_until: date | None = input_field("Last day on which the offer can be confirmed.", default=None)
    skip_confirmation: bool = input_field("The customer has agreed elsewhere and is not asked.", default=False)
    delivery_due_at: datetime | None = input_field("When the work is to be delivered.", default=None)
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
    internal_notes: str = input_field("Notes the customer never sees.", default="")
    tags: tuple[str, ...] = input_field(
        "Words to find and sort by; never shown to customers.", default=(), longest=30, longest_entry=100
    )
    planned_invoices: tuple[PlannedInvoiceEntry, ...] = input_field("The billing plan.", default=(), longest=120)


@dataclass(frozen=True, kw_only=True)
class Draft(DraftFacts):
    """A new draft: its facts, and what proves that the customer has agreed already."""

    evidence: tuple[EvidenceEntry, ...] = input_field(
        "Proof that the customer agreed elsewhere, each with a link or files.", default=(), longest=20
    )


DraftAmendment = amendment_of(DraftFacts, "DraftAmendment")


@dataclass(frozen=True, kw_only=True)
class Duplication:
    """When the copy of an order begins."""

    starts_on: date | None = input_field(
        "First day of the copy's service period: all its dates move with it, those of its planned invoices and their "
        "periods too; empty for a copy without dates.",
        default=None,
    )


@dataclass(frozen=True, kw_only=True)
class OptionalComment:
    """An optional comment on a move."""

    comment: str | None = input_field("A sentence for the member.", default=None, longest=2000)


@dataclass(frozen=True, kw_only=True)
class Restoration:
    """Whether the client status is shown again when its order is restored from the archive."""

    show_client_status: bool = input_field("Whether the customer sees its status again.", default=False)


@dataclass(frozen=True, kw_only=True)
class RequiredComment:
    """A comment without which the move makes no sense."""

    comment: str = input_field("What is to be changed.", shortest=1, longest=2000)


@dataclass(frozen=True, kw_only=True)
class RequiredReason:
    """A required reason."""

    reason: str = input_field("The reason, as the member reads it.", shortest=1, longest=2000)


@dataclass(frozen=True, kw_only=True)
class OptionalReason:
    """An optional reason."""

    reason: str | None = input_field("The reason.", default=None, longest=2000)


@dataclass(frozen=True, kw_only=True)
class CancellationReason:
    """The reason for canceling an active order, long enough to decide on."""

    reason: str = input_field("The reason, at least 20 characters.", shortest=20, longest=2000)


@dataclass(frozen=True, kw_only=True)
class Confirmation:
    """The name of the person who confirms, and the revision of the offer that was shown."""

    name: str = input_field("Name of the person who confirms.", shortest=1, longest=200)
    revision: int = input_field("The revision of the offer that was shown.", least=1)


@dataclass(frozen=True, kw_only=True)
class ChangeMessage:
    """The change that the customer wants."""

    message: str = input_field("What should be different.", shortest=1, longest=2000)


@dataclass(frozen=True, kw_only=True)
class OfferEnd:
    """A new last day of the offer."""

    valid_until: date = input_field("The last day on which the offer can be confirmed.")


@dataclass(frozen=True, kw_only=True)
class DueProposal:
    """Another day for the delivery."""

    due_on: date = input_field("The proposed day, later than today.")
    reason: str | None = input_field("The reason, as the customer reads it.", default=None, longest=2000)


@dataclass(frozen=True, kw_only=True)
class ContactChoice:
    """The person at the customer who is asked from now on."""

    contact_id: UUID = input_field("The person at the customer who is asked.", id_prefix="con")


@dataclass(frozen=True, kw_only=True)
class FollowedCustomer:
    """The customer that an order belongs to after its own was merged."""

    customer_id: UUID = input_field("The customer that stays.", id_prefix="cus")


@dataclass(frozen=True, kw_only=True)
class CommentText:
    """A comment and its readers."""

    text: str = input_field("The comment.", shortest=1, longest=4000)
    visibility: CommentVisibility = input_field("Who reads it.", default=CommentVisibility.CUSTOMER)
    file_ids: tuple[UUID, ...] = input_field(
        "Uploaded files of one's own, which its readers may have.", id_prefix="fil", default=(), longest=5
    )


@dataclass(frozen=True, kw_only=True)
class Assignees:
    """The employees who are assigned to an order, as a whole."""

    account_ids: tuple[UUID, ...] = input_field("Accounts of employees.", id_prefix="acc", default=(), longest=50)
