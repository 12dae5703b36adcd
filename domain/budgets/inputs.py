"""Inputs of the moves of a budget."""

from dataclasses import dataclass
from decimal import Decimal
from uuid import UUID

from domain.budgets.model import BudgetEntryKind
from domain.engine.inputs import input_field


@dataclass(frozen=True, kw_only=True)
class Correction:
    """A correction that finance enters, up or down."""

    amount: Decimal = input_field("What is added; below zero what is taken away.")
    reason: str = input_field("Why, as the member reads it.", shortest=1, longest=500)


@dataclass(frozen=True, kw_only=True)
class BudgetBooking:
    """What another move entails for the budget."""

    kind: BudgetEntryKind = input_field("What it is.")
    amount_cents: int = input_field("What is added to what is available, in cents; below zero what is taken away.")
    invoice_id: UUID | None = input_field("The invoice it comes from.", default=None)
    order_id: UUID | None = input_field("The order it counts for.", default=None)
    claim_id: UUID | None = input_field("The claim that it follows.", default=None)
    note: str = input_field("The number of the invoice, or what is claimed.", default="")


@dataclass(frozen=True, kw_only=True)
class BudgetBookings:
    """All that one move entails for the budget."""

    bookings: tuple[BudgetBooking, ...] = input_field("The bookings.")
