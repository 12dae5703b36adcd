"""Inputs of the moves and commands of lines and invoices."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from uuid import UUID

from domain.engine.inputs import input_field
from domain.kernel.amendments import amendment_of
from domain.kernel.money import Currency, VatCategory
from domain.orders.model import Order, PlannedInvoice


@dataclass(frozen=True, kw_only=True)
class ManualLine:
    """A line entered by hand."""

    member_id: UUID = input_field("The member whose work is invoiced.", id_prefix="mem")
    customer_id: UUID = input_field("Who pays.", id_prefix="cus")
    text: str = input_field("What is invoiced.", shortest=1, longest=500)
    quantity: Decimal = input_field("How many units, up to four decimals.", default=Decimal(1))
    unit_price: Decimal = input_field("Net price of one unit, up to four decimals; negative for a credit.")
    currency: Currency = input_field("The currency of the price.", default=Currency.EUR)
    vat_category: VatCategory = input_field("How value added tax applies.", default=VatCategory.STANDARD)
    invoice_on: date | None = input_field("Day the invoice is to be dated.", default=None)
    service_from: date = input_field("First day of the service.")
    service_to: date = input_field("Last day of the service.")
    order_id: UUID | None = input_field("The order it belongs to, if any.", id_prefix="ord", default=None)
    delivery_id: UUID | None = input_field("The delivery it is for, if any.", id_prefix="del", default=None)


@dataclass(frozen=True, kw_only=True)
class ProposedInvoice:
    """A further invoice that a member proposes for a running order."""

    text: str = input_field("What is to be invoiced.", shortest=1, longest=500)
    quantity: Decimal = input_field("How many units, up to four decimals; 1 for an amount.", default=Decimal(1))
    unit_price: Decimal = input_field("Net price of one unit, up to four decimals; greater than zero.")
    vat_category: VatCategory = input_field("How value added tax applies.", default=VatCategory.STANDARD)
    invoice_on: date = input_field("Day the invoice is to be dated; today or later.")


@dataclass(frozen=True, kw_only=True)
class LineCancellation:
    """The reason for canceling a line, which its member reads where they proposed it."""

    reason: str | None = input_field("The reason; required for a proposed invoice.", default=None, longest=2000)


@dataclass(frozen=True, kw_only=True)
class PlannedLine:
    """The planned invoice that becomes a line, and its order, as they were read under the lock."""

    planned_invoice: PlannedInvoice = input_field("The planned invoice.")
    order: Order = input_field("Its order.")


@dataclass(frozen=True, kw_only=True)
class InvoicedLine(PlannedLine):
    """A planned invoice that was issued before its order was imported."""

    number: str = input_field("The number under which it was issued.", shortest=1, longest=40)


@dataclass(frozen=True, kw_only=True)
class LineValues:
    """The values of a line that finance may change."""

    text: str = input_field("What is invoiced.", shortest=1, longest=500)
    quantity: Decimal = input_field("How many units, up to four decimals.")
    unit_price: Decimal = input_field("Net price of one unit, up to four decimals.")
    vat_category: VatCategory = input_field("How value added tax applies.")
    invoice_on: date | None = input_field("Day the invoice is to be dated.", default=None)


LineChanges = amendment_of(LineValues, "LineChanges")


@dataclass(frozen=True, kw_only=True)
class AcceptanceDate:
    """The day of acceptance, which dates a line that waited for it."""

    accepted_on: date = input_field("The day of acceptance.")


@dataclass(frozen=True, kw_only=True)
class Composition:
    """The lines that become one invoice."""

    line_ids: tuple[UUID, ...] = input_field("Confirmed lines.", id_prefix="lin", shortest=1, longest=250)


@dataclass(frozen=True, kw_only=True)
class ForeseenComposition(Composition):
    """The lines of an invoice whose identifier is known before it is composed, so that it is composed once."""

    invoice_id: UUID = input_field("The identifier that the invoice will have.")


@dataclass(frozen=True, kw_only=True)
class ChangeRequest:
    """The change that the member wants before the invoice is issued."""

    message: str = input_field("What should be different.", shortest=1, longest=2000)


@dataclass(frozen=True, kw_only=True)
class HoldComment:
    """The reason for holding the invoice."""

    comment: str | None = input_field("Why the invoice is to wait.", default=None, longest=2000)


@dataclass(frozen=True, kw_only=True)
class ApprovalRefusal:
    """The reason for refusing the approval."""

    reason: str = input_field("The reason.", shortest=1, longest=2000)


@dataclass(frozen=True, kw_only=True)
class InvoiceDate:
    """The date of the document."""

    invoice_on: date = input_field("Today or an earlier day.")
    confirmed: bool = input_field("It is meant to be dated before the service period begins.", default=False)


@dataclass(frozen=True, kw_only=True)
class ExchangeRate:
    """The rate at which the value added tax of an invoice in another currency is converted."""

    rate: Decimal = input_field("What one euro is in the invoice's currency, up to six decimals, as it is published.")


@dataclass(frozen=True, kw_only=True)
class Sending:
    """The way in which the invoice reached the customer, when it was not mailed from here."""

    reason: str | None = input_field("How it was sent.", default=None, longest=2000)


@dataclass(frozen=True, kw_only=True)
class ReversedItem:
    """One item that is canceled, as a whole or in part."""

    item_id: UUID = input_field("The item of the original invoice.", id_prefix="itm")
    net: Decimal | None = input_field("Net amount to cancel; left out, all that is left.", default=None)


@dataclass(frozen=True, kw_only=True)
class Reversal:
    """The items of an issued invoice to cancel, and the reason."""

    reason: str = input_field("The reason, as the customer reads it.", shortest=1, longest=500)
    items: tuple[ReversedItem, ...] = input_field("What is canceled; left out, everything.", default=(), longest=250)
    rebill: bool = input_field("Make lines that can be corrected and invoiced anew.", default=False)


@dataclass(frozen=True, kw_only=True)
class RebilledItem:
    """An amount of an issued item that is to be invoiced again."""

    item_id: UUID = input_field("The item of the original invoice.", id_prefix="itm")
    net_cents: int = input_field("Net amount in cents.")
