"""Inputs of the moves of a receivable."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from uuid import UUID

from domain.engine.inputs import input_field


@dataclass(frozen=True, kw_only=True)
class Payment:
    """A payment of the customer as finance enters it."""

    amount: Decimal = input_field("The amount that was received; greater than zero.")
    received_on: date = input_field("Day on which it was received; today or earlier.")
    note: str = input_field("Where it came from: account, reference.", default="", longest=500)


@dataclass(frozen=True, kw_only=True)
class PaymentReversal:
    """A payment that is taken back: it was booked by mistake, or the bank called it back."""

    entry_id: UUID = input_field("The payment among the entries.", id_prefix="rce")
    reason: str = input_field("Why it is taken back.", shortest=1, longest=500)


@dataclass(frozen=True, kw_only=True)
class Dispute:
    """Why the customer does not agree."""

    reason: str = input_field(
        "Why the invoice is not right, as the operator and the member read it.", shortest=1, longest=2000
    )


@dataclass(frozen=True, kw_only=True)
class Resolution:
    """How a dispute was resolved."""

    comment: str = input_field("What was agreed, as the customer reads it.", shortest=1, longest=2000)


@dataclass(frozen=True, kw_only=True)
class WriteOff:
    """Why the rest is given up."""

    reason: str = input_field("Why the rest is given up.", shortest=1, longest=500)


@dataclass(frozen=True, kw_only=True)
class Refund:
    """What is paid back to the customer of an overpayment."""

    amount: Decimal = input_field("The amount that was paid back; at most what was paid too much.")
    refunded_on: date = input_field("Day on which it was paid back; today or earlier.")
    note: str = input_field("The account it went to, or another remark.", default="", longest=500)


@dataclass(frozen=True, kw_only=True)
class Transfer:
    """A transaction of the bank that pays a receivable, all of it or a part; and who booked it."""

    bank_transaction_id: UUID = input_field("The transaction.")
    amount_cents: int = input_field("What of it pays this receivable, in cents.")
    received_on: date = input_field("Day on which the bank booked it.")
    note: str = input_field("The payer and what they wrote.")
    entered_by_id: UUID | None = input_field("Who booked it.")


@dataclass(frozen=True, kw_only=True)
class TransferReversal:
    """The entry of a transfer that is taken back, by whom and why."""

    entry_id: UUID = input_field("The payment among the entries.")
    reason: str = input_field("Why.")
    entered_by_id: UUID | None = input_field("Who takes it back.")


@dataclass(frozen=True, kw_only=True)
class CancellationDocument:
    """The cancellation invoice that takes back a part of what is owed."""

    document_id: UUID = input_field("The cancellation invoice.", id_prefix="inv")
    amount_cents: int = input_field("Its gross amount in cents, below zero.")
    number: str = input_field("Its number.")


@dataclass(frozen=True, kw_only=True)
class OpeningBalance:
    """What a customer still owes of an invoice of an earlier system."""

    number: str = input_field("The number of the invoice.", shortest=1, longest=40)
    issued_on: date = input_field("The date of the invoice.")
    due_on: date = input_field("Until when it is payable.")
    amount: Decimal = input_field("What is still to be paid of it, gross, in euros.")
    customer_id: UUID = input_field("The customer.", id_prefix="cus")
