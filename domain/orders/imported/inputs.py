"""The input by which an order is imported."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from uuid import UUID

from domain.engine.inputs import input_field
from domain.orders.facts import OrderFacts
from domain.orders.inputs import DraftFacts, PlannedInvoiceEntry
from domain.orders.model import OrderStatus


@dataclass(frozen=True, kw_only=True)
class ImportedInvoiceEntry(PlannedInvoiceEntry):
    """One entry of an imported billing plan."""

    invoiced_as: str | None = input_field(
        "The number under which it was invoiced before the import.", default=None, longest=40
    )


@dataclass(frozen=True, kw_only=True)
class OrderRecord(DraftFacts):
    """An order as it stands in another system."""

    number: str = input_field("Its number.", shortest=1, longest=40)
    status: OrderStatus = input_field("Its status.")
    member_id: UUID = input_field("The member who owns it.", id_prefix="mem")
    member_number: int = input_field("The number of that member.")
    created_on: date | None = input_field("The day on which it was begun.", default=None)
    submitted_on: date | None = input_field("The day on which it was handed in for review.", default=None)
    offered_on: date | None = input_field("The day on which it was offered to the customer.", default=None)
    activated_on: date | None = input_field("The day on which it became active.", default=None)
    completed_on: date | None = input_field("The day on which it was completed.", default=None)
    confirmed_by: str | None = input_field("The person who confirmed it.", default=None, longest=200)
    fee_percent: Decimal | None = input_field("The fee that was agreed, in percent.", default=None)
    planned_invoices: tuple[ImportedInvoiceEntry, ...] = input_field("The billing plan.", default=(), longest=120)


@dataclass(frozen=True, kw_only=True)
class ImportedOrder(OrderRecord):
    """An order to import, with the facts that it will have; its identifier is among them."""

    facts: OrderFacts = input_field("What the guards of the moves evaluate that lead to its status.")
