"""An electronic invoice by its business terms (EN 16931), independent of the syntax it is written in.

Amounts are decimals of the currency with two places, quantities and prices have up to four. A document that takes back
another one (type 381) has positive amounts, as the standard wants: see `docs/documents.md`.
"""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

VAT = "VAT"
CREDIT_TRANSFER, SEPA_TRANSFER, SETTLED_OTHERWISE, CLEARING = "30", "58", "1", "97"


class DocumentType(StrEnum):
    """The type of the document (BT-3)."""

    INVOICE = "380"
    CREDIT_NOTE = "381"


@dataclass(frozen=True, kw_only=True)
class ElectronicAddress:
    """Where the party receives electronic documents (BT-34, BT-49), with the code of its scheme."""

    scheme: str
    text: str


@dataclass(frozen=True, kw_only=True)
class Contact:
    """Whom the buyer asks (BG-6)."""

    name: str
    phone: str
    email: str


@dataclass(frozen=True, kw_only=True)
class Party:
    """The seller (BG-4) or the buyer (BG-7). `identifier` names a seller that has no VAT identification number."""

    name: str
    street: str
    postcode: str
    city: str
    country: str
    address: ElectronicAddress | None = None
    identifier: str = ""
    vat_id: str = ""
    tax_number: str = ""
    contact: Contact | None = None


@dataclass(frozen=True, kw_only=True)
class Period:
    """The first and the last day of the service (BG-14, BG-26)."""

    first: date
    last: date


@dataclass(frozen=True, kw_only=True)
class Line:
    """One line (BG-25). The price is never negative; the quantity has the sign. `rate` is None outside VAT's scope."""

    number: int
    text: str
    quantity: Decimal
    unit: str
    price: Decimal
    net: Decimal
    category: str
    rate: Decimal | None
    period: Period | None


@dataclass(frozen=True, kw_only=True)
class VatBreakdown:
    """The lines of one category and rate (BG-23), and why there is no tax where there is none."""

    category: str
    rate: Decimal
    net: Decimal
    tax: Decimal
    reason: str = ""
    reason_code: str = ""


@dataclass(frozen=True, kw_only=True)
class Payment:
    """How the amount is paid (BG-16) and the terms in words (BT-20)."""

    means: str
    terms: str
    iban: str = ""
    bic: str = ""
    account_name: str = ""


@dataclass(frozen=True, kw_only=True)
class Reference:
    """The document that this one takes back (BG-3)."""

    number: str
    issued_on: date


@dataclass(frozen=True, kw_only=True)
class AccountingTax:
    """The tax in the currency of the seller's country (BT-6, BT-111), where the invoice is in another one."""

    currency: str
    amount: Decimal


@dataclass(frozen=True, kw_only=True)
class EInvoice:
    """All business terms of one document."""

    number: str
    type: DocumentType
    issued_on: date
    due_on: date | None
    currency: str
    buyer_reference: str
    order_number: str
    notes: tuple[str, ...]
    seller: Party
    buyer: Party
    delivered_on: date
    period: Period
    payment: Payment
    lines: tuple[Line, ...]
    breakdown: tuple[VatBreakdown, ...]
    net: Decimal
    tax: Decimal
    gross: Decimal
    accounting_tax: AccountingTax | None = None
    preceding: Reference | None = None
