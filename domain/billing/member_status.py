"""The plain status of an invoice, as members read it."""

from enum import StrEnum

from domain.billing.facts import InvoiceFacts
from domain.billing.model import InvoiceStatus


class PlainStatus(StrEnum):
    """The status of an invoice in plain words."""

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
    """The plain status; an invoice that was reversed as a whole is canceled, though its document stays issued.

    An invoice over nothing is paid as soon as it is issued, another one when its customer has paid it; what reminders
    have charged beside it may remain.
    """
    if invoice.is_fully_reversed:
        return PlainStatus.CANCELED
    status = PLAIN_STATUS_BY_STATUS[invoice.status]
    if status is not PlainStatus.ISSUED:
        return status
    if invoice.gross_cents == 0 or invoice.is_paid:
        return PlainStatus.PAID
    return PlainStatus.DISPUTED if invoice.is_disputed else status
