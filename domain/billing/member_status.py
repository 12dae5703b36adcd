"""How a member calls the state of an invoice."""

from enum import StrEnum

from domain.billing.facts import InvoiceFacts
from domain.billing.model import InvoiceStatus


class PlainStatus(StrEnum):
    """The same invoice in plain words."""

    DRAFT = "DRAFT"
    AWAITING_UPDATE = "AWAITING_UPDATE"
    ISSUED = "ISSUED"
    DISPUTED = "DISPUTED"
    PAID = "PAID"
    CANCELED = "CANCELED"


PLAIN_STATUS_BY_STATUS = {
    InvoiceStatus.ON_HOLD: PlainStatus.AWAITING_UPDATE,
    InvoiceStatus.READY_TO_SUBMIT: PlainStatus.DRAFT,
    InvoiceStatus.PENDING_APPROVAL: PlainStatus.DRAFT,
    InvoiceStatus.READY_TO_PRINT: PlainStatus.DRAFT,
    InvoiceStatus.PRINTED: PlainStatus.ISSUED,
    InvoiceStatus.POSTED: PlainStatus.ISSUED,
    InvoiceStatus.CANCELED: PlainStatus.CANCELED,
}


def plain_status(invoice: InvoiceFacts) -> PlainStatus:
    """An invoice that was reversed as a whole is canceled, though the document itself stays issued."""
    return PlainStatus.CANCELED if invoice.is_fully_reversed else PLAIN_STATUS_BY_STATUS[invoice.status]
