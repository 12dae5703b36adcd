"""Inputs of the moves of claims and payment files."""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from uuid import UUID

from domain.claims.model import ClaimKind
from domain.engine.inputs import input_field
from domain.kernel.amendments import amendment_of


@dataclass(frozen=True, kw_only=True)
class ReceiptInput:
    """One receipt, or the part of one with one tax rate."""

    spent_on: date = input_field("Its day.")
    text: str = input_field("What was bought.", shortest=1, longest=200)
    gross: Decimal = input_field("What was paid, with tax.")
    vat_rate: Decimal = input_field("The tax rate that it states, in percent; 0 for none.", default=Decimal(0))


@dataclass(frozen=True, kw_only=True)
class ClaimDraft:
    """A claim as its member enters it; what its kind does not need stays empty."""

    kind: ClaimKind = input_field("What is claimed.")
    purpose: str = input_field("What for; it stands on the transfer.", shortest=1, longest=140)
    order_id: UUID | None = input_field("The order it counts for.", id_prefix="ord", default=None)
    amount: Decimal | None = input_field("The amount of a payout or a direct payment.", default=None)
    payee_name: str | None = input_field("Who is paid directly.", default=None, longest=70)
    payee_iban: str | None = input_field("Their account.", default=None, longest=42)
    receipts: tuple[ReceiptInput, ...] = input_field("The receipts of an expense.", default=(), longest=50)
    country: str | None = input_field("The country whose travel rates hold, by ISO 3166.", default=None, longest=2)
    departed_at: datetime | None = input_field("When the journey began.", default=None)
    returned_at: datetime | None = input_field("When it ended.", default=None)
    kilometers: int = input_field("Kilometres by one's own car.", default=0, least=0, most=20_000)
    breakfasts: int = input_field("Breakfasts that were provided.", default=0, least=0, most=100)
    lunches: int = input_field("Lunches that were provided.", default=0, least=0, most=100)
    dinners: int = input_field("Dinners that were provided.", default=0, least=0, most=100)


@dataclass(frozen=True, kw_only=True)
class ClaimFiles:
    """The files that prove a claim; they take the place of those before."""

    file_ids: tuple[UUID, ...] = input_field("The files, whole ones of one's own.", id_prefix="fil", longest=20)


@dataclass(frozen=True, kw_only=True)
class Decision:
    """Why a claim is rejected, or comes back."""

    reason: str = input_field("Why, as the member reads it.", shortest=1, longest=500)


@dataclass(frozen=True, kw_only=True)
class PaidOn:
    """When the bank carried out the transfer."""

    paid_on: date = input_field("Day on which the bank booked it; today or earlier.")


@dataclass(frozen=True, kw_only=True)
class InPayment:
    """The payment file that a claim stands in, and to whom it is paid."""

    payment_file_id: UUID = input_field("The file.")
    payee_name: str = input_field("Who is paid.")
    payee_iban: str = input_field("Their account.")


@dataclass(frozen=True, kw_only=True)
class PaymentFileInput:
    """The approved claims that one file pays."""

    claim_ids: tuple[UUID, ...] = input_field(
        "The claims; none for all that are approved.", id_prefix="clm", default=(), longest=500
    )
    execute_on: date = input_field("Day on which the bank pays; today or later.")


ClaimAmendment = amendment_of(ClaimDraft, "ClaimAmendment")
